using System.Text.Json.Serialization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// A model's fields without those that the database sets (generated keys and stamps), for inserts. What is not set gets what the
/// type gives it. In JSON (by <see cref="VaultJsonTypeInfoResolver"/>) an object with the model's members but those. Not
/// thread-safe while it is being built.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
[JsonConverter(typeof(VaultJsonConverterFactory))]
public sealed class VaultInput<TModel>
    where TModel : notnull
{
    internal FieldChanges Changes { get; } = new();

    /// <summary>Whether nothing is set.</summary>
    public bool IsEmpty => Changes.IsEmpty;

    /// <summary>Sets a field. Throws <see cref="ArgumentException"/> for one inside a list or a map. Returns this input.</summary>
    public VaultInput<TModel> Set<T>(IStoredField<TModel, T> field, T value)
    {
        Changes.Set(field, value);
        return this;
    }
}

/// <summary>What can be done with inputs. Extensions, so that <c>Insert(new() { … })</c> still means a model.</summary>
public static class VaultInputs
{
    /// <summary>
    /// Makes the model. Throws <see cref="VaultValidationException"/> with everything that is missing, and with every constraint that
    /// is broken beside it; constraints alone are checked when the model is written.
    /// </summary>
    public static TModel ToModel<TModel>(this VaultInput<TModel> input)
        where TModel : IVaultModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(input);
        return SparseModel.Read<TModel>(TModel.Schema, input.Changes.ForInsert(TModel.Schema));
    }

    /// <summary>Adds the record that an input makes and returns its key. Throws what <c>ToModel</c> and <c>Insert</c> of a model throw.</summary>
    public static TKey Insert<TModel, TKey>(this VaultCollection<TModel, TKey> collection, VaultInput<TModel> input)
        where TModel : notnull
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        return collection.Insert(collection.ModelOf(input));
    }

    /// <summary>Adds the record that an input makes and returns its key; completes when durable. Throws what <c>ToModel</c> and <c>InsertAsync</c> of a model throw.</summary>
    public static Task<TKey> InsertAsync<TModel, TKey>(this VaultCollection<TModel, TKey> collection, VaultInput<TModel> input, CancellationToken ct = default)
        where TModel : notnull
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        return collection.InsertAsync(collection.ModelOf(input), ct);
    }
}
