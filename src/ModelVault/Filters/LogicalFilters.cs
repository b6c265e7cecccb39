using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Two filters of which both must pass.</summary>
internal interface IConjunction
{
    VaultFilter Left { get; }

    VaultFilter Right { get; }
}

/// <summary>Two filters of which one must pass.</summary>
internal interface IDisjunction
{
    VaultFilter Left { get; }

    VaultFilter Right { get; }
}

/// <summary>The opposite of a filter.</summary>
internal interface INegation
{
    VaultFilter Negated { get; }
}

internal sealed class AndFilter<TModel>(VaultFilter<TModel> left, VaultFilter<TModel> right) : VaultFilter<TModel>, IConjunction
{
    VaultFilter IConjunction.Left => left;

    VaultFilter IConjunction.Right => right;

    public override string ToString() => $"{left} && {right}";

    internal override string Shape => $"{left.Shape} && {right.Shape}";

    internal override bool ReadsOnly(IFieldSet part) => left.ReadsOnly(part) && right.ReadsOnly(part);

    internal override bool Matches(ref RowContext row) => left.Matches(ref row) && right.Matches(ref row);
}

internal sealed class OrFilter<TModel>(VaultFilter<TModel> left, VaultFilter<TModel> right) : VaultFilter<TModel>, IDisjunction
{
    VaultFilter IDisjunction.Left => left;

    VaultFilter IDisjunction.Right => right;

    public override string ToString() => $"({left} || {right})";

    internal override string Shape => $"({left.Shape} || {right.Shape})";

    internal override bool ReadsOnly(IFieldSet part) => left.ReadsOnly(part) && right.ReadsOnly(part);

    internal override bool Matches(ref RowContext row) => left.Matches(ref row) || right.Matches(ref row);
}

internal sealed class NotFilter<TModel>(VaultFilter<TModel> filter) : VaultFilter<TModel>, INegation
{
    VaultFilter INegation.Negated => filter;

    public override string ToString() => $"!({filter})";

    internal override VaultFilter<TModel> Negate() => filter;

    internal override string Shape => $"!({filter.Shape})";

    internal override bool ReadsOnly(IFieldSet part) => filter.ReadsOnly(part);

    internal override bool Matches(ref RowContext row) => !filter.Matches(ref row);
}
