namespace ModelVault;

/// <summary>How a database is opened. Checked when it is.</summary>
public sealed record VaultOptions
{
    /// <summary>Opens for reading only; the file must exist.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another process that holds the file, and for other writers of this one. Five seconds unless said.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What writes wait for unless a transaction says otherwise: the disk, unless set.</summary>
    public Durability Durability { get; init; }

    /// <summary>How many bytes of pages to keep in memory; null for a quarter of what is available, at most 1 GiB.</summary>
    public long? CacheSize { get; init; }

    /// <summary>What happens when a query reads a whole collection because no key or index answers it; <see cref="VaultDatabase.Scans"/> counts in any case.</summary>
    public ScanPolicy OnScan { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
