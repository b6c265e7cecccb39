using System.Globalization;

namespace ModelVault;

/// <summary>An insert met a record with the same primary key; nothing was written.</summary>
public sealed class DuplicateKeyException : VaultException
{
    /// <summary>Makes an error about a key that is there already.</summary>
    public DuplicateKeyException(string collection, object? key)
        : base(VaultErrorCode.DuplicateKey, string.Create(CultureInfo.InvariantCulture, $"The collection '{collection}' already has a record with the key {key}. Use Upsert to replace it."))
    {
        Collection = collection;
        Key = key;
    }

    /// <summary>The collection's stored name.</summary>
    public string Collection { get; }

    /// <summary>The key.</summary>
    public object? Key { get; }
}

/// <summary>A write would have put one value twice into a unique index; nothing was written.</summary>
public sealed class UniqueConstraintException : VaultException
{
    /// <summary>Makes an error about a value that another record holds.</summary>
    public UniqueConstraintException(string collection, string index, object? value, object? key, object? existingKey)
        : base(VaultErrorCode.UniqueConstraint, string.Create(CultureInfo.InvariantCulture, $"The unique index '{index}' of '{collection}' already holds the value {value}: record {existingKey} has it, record {key} cannot."))
    {
        Collection = collection;
        Index = index;
        Value = value;
        Key = key;
        ExistingKey = existingKey;
    }

    /// <summary>The collection's stored name.</summary>
    public string Collection { get; }

    /// <summary>The index's stored name.</summary>
    public string Index { get; }

    /// <summary>The value; for a compound index the values, comma-separated.</summary>
    public object? Value { get; }

    /// <summary>The key of the record that was to be written.</summary>
    public object? Key { get; }

    /// <summary>The key of the record that holds the value.</summary>
    public object? ExistingKey { get; }
}

/// <summary>A record was changed by another writer since the model was read; nothing was written. Read it again and repeat the change.</summary>
public sealed class VaultConflictException : VaultException
{
    /// <summary>Makes an error about a concurrency token that is not the stored one.</summary>
    public VaultConflictException(string collection, object? key, object? expected, object? actual)
        : base(VaultErrorCode.Conflict, string.Create(CultureInfo.InvariantCulture, $"The record {key} of '{collection}' was changed meanwhile: its concurrency token is {actual}, the model's {expected}. Read it again and repeat the change."))
    {
        Collection = collection;
        Key = key;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The collection's stored name.</summary>
    public string Collection { get; }

    /// <summary>The record's key.</summary>
    public object? Key { get; }

    /// <summary>The model's token, as a <see cref="long"/> or <see cref="ulong"/>.</summary>
    public object? Expected { get; }

    /// <summary>The stored token, likewise.</summary>
    public object? Actual { get; }
}
