using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>The errors of records that do not hold what their type needs, for generated code to throw.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordErrors
{
    /// <summary>Under which an error about a missing field has the field's stored name.</summary>
    internal const string Field = "field";

    /// <summary>A field that can't be null is not in the record, and its type gives it no value.</summary>
    /// <param name="type">The collection's stored name, or the object's type.</param>
    /// <param name="field">The field's stored name.</param>
    public static VaultCorruptionException MissingField(string type, string field) =>
        new($"A record of '{type}' lacks the field '{field}', which can't be null.", expected: "a value", found: "nothing") { Data = { [Field] = field } };

    /// <summary>A set holds one item twice.</summary>
    public static VaultCorruptionException DuplicateItem() => new("A stored set holds an item twice.");

    /// <summary>A value of a union is of none of its cases.</summary>
    internal static VaultCorruptionException UnknownCase(string name) => new("A stored value of a union is of a case that the union lacks.", found: name);

    /// <summary>A map holds one key twice.</summary>
    public static VaultCorruptionException DuplicateEntry<TKey>(TKey key) => new($"A stored map holds the key '{key}' twice.");
}
