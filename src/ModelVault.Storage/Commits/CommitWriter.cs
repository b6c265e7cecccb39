using System.Buffers.Binary;

namespace ModelVault.Storage;

/// <summary>
/// Puts a finished transaction on the storage: its pages in as few pieces as they have runs, then its slot, then one flush, or
/// none for now. Big or scattered commits, whose pages a slot cannot list, and those that wrote some ahead, flush their pages first.
/// </summary>
internal sealed class CommitWriter(IBlockStorage storage, Superblock file)
{
    private const int MaxRequest = 1 << 20;
    private const long LeastAhead = 256 << 10;
    private const long MostAhead = 16 << 20;

    private readonly byte[] _slot = new byte[FileLayout.SlotSize];
    private bool _announces;
    private byte[] _staging = new byte[16 * FileLayout.PageSize];

    /// <summary>Whether the disk was full when room on it was last looked for.</summary>
    public bool IsDiskFull { get; private set; }

    /// <summary>
    /// Brings the space map up to date if the slot can no longer carry the changes to it, and says what the slot will hold.
    /// Nothing has been written when this returns.
    /// </summary>
    public static CommitState Prepare(WriteTransaction transaction, PageAllocator space, long wallClockTicks)
    {
        transaction.WriteCatalog();
        var mapWritten = space.NeedsMap() || space.ShouldCut();
        if (mapWritten) WriteSpaceMap(transaction.SpaceMap, space);
        var (events, freePages) = space.Describe(mapWritten);
        return transaction.Describe(wallClockTicks) with { PageCount = space.PageCount, FreePages = freePages, SpaceEvents = events };
    }

    /// <summary>
    /// Lengthens the storage where the commit needs it, with zeros ahead of need: blocks that were written before are the
    /// cheapest to write again. When this throws, nothing of the vault has been touched.
    /// </summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    public void Grow(CommitState commit)
    {
        try
        {
            Grow(commit.PageCount);
        }
        catch (IOException error) when (DiskFullException.IsCause(error))
        {
            IsDiskFull = true;
            throw DiskFullException.InCommit(commit.Id, error);
        }
    }

    private void Grow(long pageCount)
    {
        var needed = FileLayout.OffsetOf(pageCount);
        var length = storage.Length;
        if (needed <= length) return;
        if (needed - length > MaxRequest)
        {
            storage.SetLength(needed);
            IsDiskFull = false;
            return;
        }

        var target = needed + (Math.Clamp(length / 16, LeastAhead, MostAhead) / FileLayout.PageSize * FileLayout.PageSize);
        var zeros = new byte[Math.Min(target - length, MaxRequest)];
        try
        {
            for (var at = length; at < target; at += zeros.Length) storage.Write(at, zeros.AsSpan(0, (int)Math.Min(zeros.Length, target - at)));
        }
        catch (IOException error) when (DiskFullException.IsCause(error) && storage.Length >= needed)
        {
            // There was room for what is needed now, and no more.
            IsDiskFull = true;
            return;
        }

        IsDiskFull = false;
    }

    /// <summary>
    /// Writes, and flushes if the commit is to be durable. When this throws anything but the exception below, it is not known
    /// whether the commit will be found.
    /// </summary>
    /// <returns>The commit as its slot has it.</returns>
    /// <exception cref="DiskFullException">There was no room for its pages; nothing that can be reached was written.</exception>
    public CommitState Write(CommitState commit, TransactionPages pages, Durability durability, DurableCommits durable)
    {
        if (commit.Id - durable.Newest.Id > CommitSlot.MaxUnflushed) durable.Flush();
        var numbers = pages.Nodes.All.Select(static entry => entry.Number).ToArray();
        Array.Sort(numbers);
        var runs = Runs(numbers, pages.OverflowValues.Keys, pages);
        var isListed = !pages.HasSpilled && runs.Count <= CommitSlot.MaxManifestRuns && runs.Sum(static run => run.Length) <= CommitSlot.MaxManifestPages;
        var startsEarly = !isListed || durability == Durability.Full;
        var manifest = new List<ManifestRun>();
        try
        {
            foreach (var run in runs)
            {
                var checksum = WriteRun(run, pages, withChecksum: isListed, startsEarly);
                if (isListed) manifest.Add(new ManifestRun(run, checksum));
            }
        }
        catch (IOException error) when (DiskFullException.IsCause(error))
        {
            IsDiskFull = true;
            throw DiskFullException.InCommit(commit.Id, error);
        }

        if (!isListed) durable.Flush();
        commit = WithChain(durable.Newest, commit with { Manifest = manifest }, durability);
        WriteSlot(commit);
        durable.Written(commit);
        if (!commit.IsUnflushed) durable.Flush();
        return commit;
    }

    /// <summary>What the slot says of the commits before. The first commit that need not be flushed announces the others, and is.</summary>
    private CommitState WithChain(CommitState durable, CommitState commit, Durability durability)
    {
        _announces |= durability != Durability.Full;
        return commit with
        {
            // A clean mark may have been lost with the flush of closing; what it stands for, the commit before it, was durable.
            DurableId = durable.IsClean ? durable.Id - 1 : durable.Id,
            ChainLength = (int)(commit.Id - 1 - durable.Id),
            IsUnflushed = durability != Durability.Full && durable.AnnouncesUnflushed,
            AnnouncesUnflushed = _announces,
        };
    }

    /// <summary>
    /// Writes pages and values of a transaction before its commit, without a flush. When this throws, nothing is lost: they go to
    /// places that no commit uses yet.
    /// </summary>
    /// <exception cref="DiskFullException">There was no room for them.</exception>
    public void WriteAhead(List<long> numbers, List<long> values, TransactionPages pages, long pageCount)
    {
        try
        {
            Grow(pageCount);
            foreach (var run in Runs(numbers, values, pages)) WriteRun(run, pages, withChecksum: false, startsEarly: true);
        }
        catch (IOException error) when (DiskFullException.IsCause(error))
        {
            IsDiskFull = true;
            throw DiskFullException.BeforeCommit(pages.CommitId, error);
        }
    }

    /// <summary>Writes a commit's slot, without a flush.</summary>
    public void WriteSlot(CommitState commit)
    {
        CommitSlot.Write(commit, file, _slot);
        storage.Write(FileLayout.SlotOffset(commit.Id), _slot);
    }

    /// <summary>The checksum of a manifest run, from the bytes of its pages in order.</summary>
    public static ulong Extend(ulong checksum, ReadOnlySpan<byte> page) => Checksum.Compute(page, checksum);

    public static ulong ManifestSeed(Superblock file, Extent run) => Checksum.PageSeed(file.Salt ^ 0x6D616E6966657374, run.Start);

    private static void WriteSpaceMap(WritableTree map, PageAllocator space)
    {
        space.SettleReturned();
        space.Cut();
        Span<byte> key = stackalloc byte[8];
        Span<byte> bits = stackalloc byte[SpaceChunk.StoredSize];
        // Writing a chunk can change others, because the map's own pages come from somewhere. Once its leaves are the
        // transaction's own, writing them again changes nothing more: the second round is the last but for new leaves.
        for (var dirty = space.DirtyChunks(); dirty.Count > 0; dirty = space.DirtyChunks())
        {
            foreach (var chunk in dirty)
            {
                BinaryPrimitives.WriteInt64BigEndian(key, chunk);
                space.WriteChunk(chunk, bits);
                map.Put(key, bits);
            }
        }
    }

    private static List<Extent> Runs(IEnumerable<long> numbers, IEnumerable<long> values, TransactionPages pages)
    {
        var runs = new ExtentList();
        foreach (var number in numbers) runs.Add(new Extent(number, 1));
        foreach (var start in values) runs.Add(new Extent(start, FileLayout.PagesFor(pages.OverflowValues[start].Length)));
        return runs.ToSorted();
    }

    private ulong WriteRun(Extent run, TransactionPages pages, bool withChecksum, bool startsEarly)
    {
        var checksum = ManifestSeed(file, run);
        var capacity = (int)Math.Min(MaxRequest, run.Length * FileLayout.PageSize);
        if (_staging.Length < capacity) _staging = new byte[MaxRequest];
        var staged = 0;
        var at = FileLayout.OffsetOf(run.Start);
        for (var page = run.Start; page < run.End;)
        {
            var isNode = pages.Nodes.TryGet(page, out var content);
            var value = isNode ? content! : pages.OverflowValues[page];
            var length = isNode ? FileLayout.PageSize : value.Length;
            // Here and not for all pages first, so that what computing the checksum has brought into the processor's cache is copied from there.
            if (isNode) Seal(value, pages);
            // The longest values end less than a page before the largest number.
            for (long from = 0; from < length; from += FileLayout.PageSize, page++)
            {
                var part = value.AsSpan((int)from, (int)Math.Min(FileLayout.PageSize, length - from));
                var target = _staging.AsSpan(staged, FileLayout.PageSize);
                part.CopyTo(target);
                target[part.Length..].Clear();
                if (withChecksum) checksum = Extend(checksum, target);
                staged += FileLayout.PageSize;
                if (staged < capacity) continue;
                WriteStaged(at, staged, startsEarly);
                at += staged;
                staged = 0;
            }
        }

        if (staged > 0) WriteStaged(at, staged, startsEarly);
        return checksum;
    }

    // Pages take on a prefix when they get full. Those above the leaves do so here too: the root and the last page of a level are rarely
    // full, every look-up goes through them, and without a prefix the heads in their slots may all be the same.
    private void Seal(byte[] page, TransactionPages pages)
    {
        if (NodePage.Level(page) > 0) NodeEdit.SealPrefix(page, pages.Scratch);
        NodePage.Seal(page, file.Salt);
    }

    // Each piece at once: the disk works meanwhile, and to wait until there is more is slower even for the smallest commits.
    private void WriteStaged(long at, int length, bool startsEarly)
    {
        storage.Write(at, _staging.AsSpan(0, length));
        if (startsEarly) storage.StartFlush(at, length);
    }
}
