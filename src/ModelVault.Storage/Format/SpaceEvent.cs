namespace ModelVault.Storage;

/// <summary>
/// What a commit did to a run of pages since the space map was last written: it came into use or became free. Slots carry
/// these, so that opening needs neither a free list nor a scan. Encoded as start:40 | length:23 | free:1.
/// </summary>
internal readonly record struct SpaceEvent(ulong Value)
{
    private const int LengthBits = 23;

    /// <summary>The longest run one event can name.</summary>
    public const long MaxLength = (1L << LengthBits) - 1;

    public SpaceEvent(Extent run, bool isFree)
        : this(((ulong)run.Start << (LengthBits + 1)) | ((ulong)run.Length << 1) | (isFree ? 1UL : 0UL))
    {
    }

    public bool IsFree => (Value & 1) != 0;

    public Extent Run => new((long)(Value >> (LengthBits + 1)), (long)(Value >> 1) & MaxLength);
}
