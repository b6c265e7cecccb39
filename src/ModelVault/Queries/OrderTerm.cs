using ModelVault.Runtime;

namespace ModelVault;

/// <summary>One <c>OrderBy</c> or <c>ThenBy</c>, linked to the one before it.</summary>
internal sealed class OrderTerm(FieldInfo field, bool isDescending, OrderTerm? previous)
{
    public FieldInfo Field { get; } = field;

    public bool IsDescending { get; } = isDescending;

    public OrderTerm? Previous { get; } = previous;

    public override string ToString() => IsDescending ? $"{Field.Path} desc" : Field.Path.ToString();
}
