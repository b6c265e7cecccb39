namespace ModelVault;

/// <summary>What the database itself puts into a field when a record is written.</summary>
public enum GeneratedValue
{
    /// <summary>Nothing: the field holds what it is given.</summary>
    None,

    /// <summary><c>auto_increment</c>: a key that is 0 becomes the next number.</summary>
    AutoIncrement,

    /// <summary><c>guid_v7</c>: a key that is empty becomes a Guid of version 7.</summary>
    GuidV7,

    /// <summary><c>created_at</c>: when the record was first written, unless it says so itself.</summary>
    CreatedAt,

    /// <summary><c>updated_at</c>: when the record was last written.</summary>
    UpdatedAt,

    /// <summary><c>concurrency_token</c>: counts the writes of the record, and refuses one that did not see the last.</summary>
    ConcurrencyToken,
}
