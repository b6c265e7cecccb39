namespace ModelVault.Storage;

/// <summary>The slots of the commit ring as they were read. Creation fills all of them, so one that cannot be read is torn or damaged.</summary>
internal sealed class CommitRing
{
    private readonly CommitState?[] _commits = new CommitState?[FileLayout.SlotCount];

    private CommitRing()
    {
    }

    /// <summary>The commit with the highest number; null when no slot can be read.</summary>
    public CommitState? Newest => _commits.MaxBy(static commit => commit?.Id ?? 0);

    /// <summary>Reads and checks all slots.</summary>
    public static CommitRing Read(IBlockStorage storage, Superblock file)
    {
        var bytes = new byte[FileLayout.SlotCount * FileLayout.SlotSize];
        storage.Read(FileLayout.RingOffset, bytes);
        var ring = new CommitRing();
        for (var place = 0; place < FileLayout.SlotCount; place++)
            ring._commits[place] = CommitSlot.TryRead(bytes.AsSpan(place * FileLayout.SlotSize, FileLayout.SlotSize), file, place);
        return ring;
    }

    /// <summary>The commit of this number; null when its slot is torn, or holds another.</summary>
    public CommitState? Find(long id) => At(id) is { } commit && commit.Id == id ? commit : null;

    /// <summary>Whether the slot of this number holds nothing that can be read: its writing was begun, or it is damaged.</summary>
    public bool IsTorn(long id) => At(id) is null;

    /// <summary>A commit that was durable for certain: another one says so.</summary>
    public long KnownDurable => _commits.Max(static commit => commit?.DurableId ?? 0);

    private CommitState? At(long id) => _commits[id % FileLayout.SlotCount];
}
