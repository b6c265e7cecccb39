namespace ModelVault.Storage;

/// <summary>A run of pages.</summary>
internal readonly record struct Extent(long Start, long Length)
{
    /// <summary>The first page behind the run.</summary>
    public long End => Start + Length;
}
