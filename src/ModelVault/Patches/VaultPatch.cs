using System.Text.Json.Serialization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Changes of some fields of a record, for <c>Patch</c>: what is not set stays as it is, null is a value like any other. In JSON
/// (by <see cref="VaultJsonTypeInfoResolver"/>) an object whose members are the model's, all of them optional; a nested object is a
/// patch of that object, a list replaces the list. Not thread-safe while it is being built.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
[JsonConverter(typeof(VaultJsonConverterFactory))]
public sealed class VaultPatch<TModel>
    where TModel : notnull
{
    internal FieldChanges Changes { get; } = new();

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => Changes.IsEmpty;

    /// <summary>
    /// Sets a field, which may be one of a nested object: <c>Book.Fields.Publisher.City</c>. An object that is null is made where its
    /// other members need no value. Throws <see cref="ArgumentException"/> for a field inside a list or a map. Returns this patch.
    /// </summary>
    public VaultPatch<TModel> Set<T>(IStoredField<TModel, T> field, T value)
    {
        Changes.Set(field, value);
        return this;
    }

    /// <summary>Takes a field's value away: it becomes null or, where it can't be null, what the type gives it. Throws as <see cref="Set"/> does. Returns this patch.</summary>
    public VaultPatch<TModel> Remove<T>(IStoredField<TModel, T> field)
    {
        Changes.Remove(field);
        return this;
    }
}
