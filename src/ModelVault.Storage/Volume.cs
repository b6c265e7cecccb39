using System.Buffers.Binary;

namespace ModelVault.Storage;

/// <summary>
/// One storage of a vault with all that belongs to it: its page cache, and what writes to it. Compaction puts another volume in
/// its place; each is closed when the engine and the last snapshot on it have let go of it.
/// </summary>
internal sealed class Volume
{
    private readonly CommitWriter? _writer;
    private readonly PageAllocator? _space;
    private readonly DurableCommits? _durable;
    private CommitState _newest;
    private int _uses = 1;
    private int _isClosed;

    /// <summary>Finds the commit that the storage is at, and heals what a crash may have left when the storage is to be written.</summary>
    public Volume(IBlockStorage storage, StorageOptions options)
    {
        Storage = storage;
        var file = Recovery.ReadSuperblock(storage, forWriting: !options.ReadOnly);
        var recovered = Recovery.FindCommit(storage, file);
        _newest = recovered.Commit;
        Pager = new Pager(storage, file.Salt, options.CacheSize);
        if (options.ReadOnly) return;
        _writer = new CommitWriter(storage, file);
        if (!Newest.IsClean) Newest = Recovery.Heal(storage, _writer, recovered);
        _durable = new DurableCommits(storage, Newest);
        _space = new PageAllocator(Newest, ReadSpaceChunk, Pager.Cache.Forget, options.ShortestCut);
    }

    public IBlockStorage Storage { get; }

    public Pager Pager { get; }

    /// <summary>The newest commit on it that was published. Set by the one writer.</summary>
    public CommitState Newest
    {
        get => Volatile.Read(ref _newest);
        set => Volatile.Write(ref _newest, value);
    }

    public CommitWriter Writer => _writer ?? throw ReadOnly();

    public PageAllocator Space => _space ?? throw ReadOnly();

    public DurableCommits Durable => _durable ?? throw ReadOnly();

    public long PendingPages => _space?.PendingPages ?? 0;

    /// <summary>The newest commit known to be on the disk.</summary>
    public long DurableId => _durable?.Newest.Id ?? Newest.Id;

    /// <summary>Whether something was published that a power failure could take.</summary>
    public bool HasUnflushed => _durable is not null && _durable.Newest.Id < Newest.Id;

    /// <summary>
    /// Cuts off what lies above the high-water mark. To be called when no commit that a crash may fall back to reaches further.
    /// A file that stays too long is no failure.
    /// </summary>
    public void Trim()
    {
        Space.CutBy = 0;
        var length = FileLayout.OffsetOf(Newest.PageCount);
        if (Storage.Length <= length) return;
        try
        {
            Storage.SetLength(length);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Adds a use, unless the last one has ended.</summary>
    public bool TryAcquire()
    {
        var uses = Volatile.Read(ref _uses);
        while (uses > 0)
        {
            var seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses) return true;
            uses = seen;
        }

        return false;
    }

    /// <summary>Ends a use; the last one closes the storage.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _uses) == 0) Close();
    }

    /// <summary>Closes the storage, though it may be in use.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0) Storage.Dispose();
    }

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    private SpaceChunk? ReadSpaceChunk(long chunk)
    {
        Span<byte> key = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(key, chunk);
        var map = new Tree("space map", Pager, null, Newest.SpaceMap);
        using var scope = ReadScope.Enter();
        if (!map.TryGet(key, out var stored)) return null;
        return stored.Length == SpaceChunk.StoredSize
            ? SpaceChunk.Read(stored)
            : throw new VaultCorruptionException($"Chunk {chunk} of the space map has {stored.Length} bytes instead of {SpaceChunk.StoredSize}.");
    }

    private static InvalidOperationException ReadOnly() => new("The vault is open for reading only.");
}
