using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ModelVault;

/// <summary>
/// A record without a model: stored field names and values. Nested objects are records themselves, lists are
/// <c>List&lt;object?&gt;</c>, maps are dictionaries. A value read from a collection has the CLR type of its field's kind
/// (<c>int64</c> is <see cref="long"/>, <c>date</c> is <see cref="DateOnly"/>; docs/dynamic-api.md); one to be written may have any type
/// that converts without loss. Not thread-safe while it is changed.
/// </summary>
public sealed partial class VaultRecord : IEnumerable<KeyValuePair<string, object?>>, IEquatable<VaultRecord>
{
    private readonly Dictionary<string, object?> _values;

    /// <summary>Makes an empty record.</summary>
    public VaultRecord() => _values = new(StringComparer.Ordinal);

    /// <summary>Makes a record with a copy of these values.</summary>
    public VaultRecord(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = new(values, StringComparer.Ordinal);
    }

    internal VaultRecord(int capacity) => _values = new(capacity, StringComparer.Ordinal);

    /// <summary>The number of fields that are there, those with null included.</summary>
    public int Count => _values.Count;

    /// <summary>The names of the fields that are there, in the order in which they were added.</summary>
    public IReadOnlyCollection<string> Fields => _values.Keys;

    /// <summary>A field's value. Reading one that is not there throws <see cref="KeyNotFoundException"/>.</summary>
    /// <param name="field">The stored name.</param>
    public object? this[string field]
    {
        get => _values.TryGetValue(field, out object? value) ? value : throw new KeyNotFoundException($"The record has no field '{field}'.");
        set
        {
            ArgumentNullException.ThrowIfNull(field);
            _values[field] = value;
        }
    }

    /// <summary>A field's value. False if it is not there; one that is there may be null.</summary>
    public bool TryGet(string field, out object? value) => _values.TryGetValue(field, out value);

    /// <summary>Whether the field is there.</summary>
    public bool Contains(string field) => _values.ContainsKey(field);

    /// <summary>Takes a field out. False if it is not there.</summary>
    public bool Remove(string field) => _values.Remove(field);

    /// <summary>Adds a field. Throws <see cref="ArgumentException"/> if it is there.</summary>
    public void Add(string field, object? value) => _values.Add(field, value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both have the same fields with equal values, to any depth, in whatever order.</summary>
    public bool Equals([NotNullWhen(true)] VaultRecord? other)
    {
        if (other is null || other.Count != Count) return false;
        foreach ((string field, object? value) in _values)
            if (!other._values.TryGetValue(field, out object? found) || !RecordValues.AreEqual(value, found)) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VaultRecord);

    /// <summary>The same for equal records. A record that is a key of a dictionary must not be changed.</summary>
    public override int GetHashCode()
    {
        int hash = Count;
        foreach (string field in _values.Keys) hash ^= field.GetHashCode(StringComparison.Ordinal);
        return hash;
    }
}
