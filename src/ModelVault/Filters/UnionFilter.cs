using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Whether a union's value is of one of some cases. Only the case's name is read.</summary>
internal sealed class UnionFilter<TModel>(FieldInfo union, UnionCases cases, bool[] accepted, string name) : VaultFilter<TModel>
{
    public override string ToString() => $"{union.Path} is {name}";

    internal override string Shape => ToString();

    internal override bool ReadsOnly(IFieldSet part) => part.Holds(union.Path);

    internal override bool Matches(ref RowContext row) =>
        union.TryLocate(row, out MessagePackReader reader) && !reader.TryReadNull() && accepted[reader.BeginUnion(cases)];
}
