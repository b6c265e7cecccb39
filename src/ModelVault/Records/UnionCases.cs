using System.ComponentModel;
using System.Text;

namespace ModelVault.Runtime;

/// <summary>The cases of a union: their stored names and types, ordered by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UnionCases
{
    private readonly byte[][] _names;
    private readonly Type[] _types;

    /// <summary>Makes the table. Called by generated code, which refers to a case by its place in it.</summary>
    public UnionCases(params (string Name, Type Type)[] cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        _names = Array.ConvertAll(cases, static c => Encoding.UTF8.GetBytes(c.Name));
        _types = Array.ConvertAll(cases, static c => c.Type);
    }

    /// <summary>The table of a union whose values are records.</summary>
    internal static UnionCases Of(FieldTypeSchema union) => new([.. union.UnionCases.Select(static c => (c.Name, typeof(VaultRecord)))]);

    /// <summary>How many cases there are.</summary>
    public int Count => _types.Length;

    /// <summary>The place of a case's name, or −1.</summary>
    public int OrdinalOf(ReadOnlySpan<byte> utf8Name)
    {
        for (int i = 0; i < _names.Length; i++)
            if (utf8Name.SequenceEqual(_names[i])) return i;
        return -1;
    }

    /// <summary>The place of a value's case. Throws <see cref="VaultValidationException"/> if it is of a type that is no case.</summary>
    public int OrdinalOf(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int ordinal = Array.IndexOf(_types, value.GetType());
        return ordinal >= 0 ? ordinal : throw new VaultValidationException(null, [new VaultViolation("", "Union", value, Unknown(value))]);
    }

    /// <summary>Whether a value is one of the cases, and not of a type derived from one, whose own members would be lost.</summary>
    public bool Contains(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Array.IndexOf(_types, value.GetType()) >= 0;
    }

    /// <summary>What is wrong with a value that is none of the cases.</summary>
    public string Unknown(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return $"'{value.GetType().Name}' is not a case of the union; its cases are {string.Join(", ", _types.Select(static t => $"'{t.Name}'"))}";
    }

    /// <summary>Which cases are of a type.</summary>
    internal bool[] Of(Type type) => Array.ConvertAll(_types, type.IsAssignableFrom);
}
