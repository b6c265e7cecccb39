namespace ModelVault;

/// <summary>What went wrong, as a value to switch on: one code per kind of failure, stable across releases.</summary>
public enum VaultErrorCode
{
    /// <summary>No more specific code applies.</summary>
    Unknown = 0,

    /// <summary>A model broke one or more of its constraints.</summary>
    Validation = 1,

    /// <summary>An insert met a record with the same primary key.</summary>
    DuplicateKey = 2,

    /// <summary>A write would have put one value twice into a unique index.</summary>
    UniqueConstraint = 3,

    /// <summary>The model and the stored schema do not fit together, or a schema is itself wrong.</summary>
    Schema = 4,

    /// <summary>A query asks for something that cannot be answered.</summary>
    Query = 5,

    /// <summary>A transaction was used wrongly or is no longer usable.</summary>
    Transaction = 6,

    /// <summary>The writer was not free within the lock timeout.</summary>
    LockTimeout = 7,

    /// <summary>An earlier write or flush failed; the file must be reopened before it can be written again.</summary>
    WriterPoisoned = 8,

    /// <summary>A concurrency token did not match.</summary>
    Conflict = 9,

    /// <summary>Another process holds the file.</summary>
    Locked = 10,

    /// <summary>The file is damaged, or is not a ModelVault file.</summary>
    Corruption = 11,

    /// <summary>The file was written by a newer version of the format.</summary>
    UnsupportedFormat = 12,

    /// <summary>The pages of a snapshot have been reused.</summary>
    SnapshotExpired = 13,

    /// <summary>A write was tried on a read-only handle.</summary>
    ReadOnly = 14,

    /// <summary>No number is left for an auto-increment key.</summary>
    KeysExhausted = 15,
}
