namespace ModelVault.Storage;

/// <summary>
/// A reference to a page: its number (40 bits) and its generation (the low 24 bits of the commit that wrote it). A page that
/// does not carry the generation its parent expects is a lost or stale write, and is never read as data.
/// </summary>
internal readonly record struct PageReference(ulong Value)
{
    private const int GenerationBits = 24;
    private const uint GenerationMask = (1u << GenerationBits) - 1;

    public static PageReference To(long page, long commitId) =>
        new(((ulong)page << GenerationBits) | ((ulong)commitId & GenerationMask));

    /// <summary>True for the reference to nothing: the root of an empty tree.</summary>
    public bool IsNone => Value == 0;

    public long Page => (long)(Value >> GenerationBits);

    public uint Generation => (uint)Value & GenerationMask;

    /// <summary>Whether a page that this commit wrote is of the generation referred to.</summary>
    public bool IsGenerationOf(long commitId) => ((uint)commitId & GenerationMask) == Generation;
}
