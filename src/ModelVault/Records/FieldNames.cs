using System.Text;

namespace ModelVault.Runtime;

/// <summary>The stored names of a type's fields in schema order, in UTF-8, for sources that name their fields.</summary>
public sealed class FieldNames
{
    private readonly byte[][] _names;

    /// <summary>Makes the list from the stored names in schema order.</summary>
    public FieldNames(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        _names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
    }

    /// <summary>How many fields there are.</summary>
    public int Count => _names.Length;

    /// <summary>The place of a name, or −1.</summary>
    public int OrdinalOf(ReadOnlySpan<byte> utf8Name)
    {
        for (int i = 0; i < _names.Length; i++)
            if (utf8Name.SequenceEqual(_names[i])) return i;
        return -1;
    }
}
