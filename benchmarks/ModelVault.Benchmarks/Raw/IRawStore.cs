namespace ModelVault.Benchmarks;

/// <summary>A store of rows of bytes, used as directly as it can be.</summary>
internal interface IRawStore : IDisposable
{
    /// <summary>Adds rows in one transaction; returns when it is durable.</summary>
    void Insert(ReadOnlySpan<long> numbers);

    /// <summary>Gives rows the value of another number, in one transaction.</summary>
    void Update(ReadOnlySpan<long> numbers);

    /// <summary>Removes rows in one transaction.</summary>
    void Delete(ReadOnlySpan<long> numbers);

    /// <summary>One state of the store to read from.</summary>
    IRawReader OpenReader();
}

/// <summary>Reads one state of a store.</summary>
internal interface IRawReader : IDisposable
{
    /// <summary>The digest of a key's value; −1 when there is none.</summary>
    long Get(ReadOnlySpan<byte> key);

    /// <summary>Goes over all rows in key order. Returns their number and the sum of their digests and of the last bytes of their keys.</summary>
    (long Rows, long Sum) Scan();
}
