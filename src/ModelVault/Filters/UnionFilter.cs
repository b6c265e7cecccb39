using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Whether a union's value is of one of some cases. Only the case's name is read.</summary>
internal sealed class UnionFilter<TModel>(FieldInfo union, UnionCases cases, bool[] accepted, string name) : FieldFilter<TModel>(union)
{
    public override string ToString() => $"{Field.Path} is {name}";

    internal override string Shape => ToString();

    protected override bool Accepts(ReadOnlySpan<byte> record, int position)
    {
        MessagePackReader reader = new(record, position);
        return position >= 0 && !reader.TryReadNull() && accepted[reader.BeginUnion(cases)];
    }
}
