using System.Diagnostics;

namespace ModelVault.Storage;

/// <summary>
/// Hands out pages to the writer and takes back the ones it frees. A commit in one piece is written in one piece, and pieces are
/// what a commit costs: so short holes are left to grow while little of the file is free, and the file is lengthened instead. The
/// search goes round the file, because what was written longest ago has the longest holes. Free pages at the end go.
/// </summary>
/// <remarks>
/// The truth is the space map: a tree of bitmap chunks, read chunk by chunk when needed, written only when the events since
/// its last writing no longer fit in a commit slot. Neither opening nor committing looks at more of it than what changes.
/// Used by the one writer only.
/// </remarks>
internal sealed class PageAllocator
{
    private const int LongRun = 16;
    private const int ChunksPerSearch = 8;
    private const int CutPart = 16;

    private readonly Func<long, SpaceChunk?> _readChunk;
    private readonly int _shortestCut;
    private readonly Action<Extent> _forget;
    private readonly Dictionary<long, SpaceChunk> _chunks = [];
    private readonly Dictionary<long, List<SpaceEvent>> _unapplied = [];
    private readonly PendingFrees _pending = new();
    private List<SpaceEvent> _events = [];
    private long _committedPageCount;
    private long _committedFree;
    private Extent _run; // reusable pages that the next allocations come from

    // Of the running transaction:
    private readonly ExtentList _allocated = new();
    private readonly ExtentList _returned = new();
    private readonly ExtentList _unused = new();
    private readonly List<SpaceChunk> _written = [];
    private readonly List<FreedRun> _freed = [];
    private long _freedPages;
    private readonly AllocatorUndo _undo = new();

    /// <param name="commit">The commit the file is at.</param>
    /// <param name="readChunk">Reads a chunk of the stored space map; null where it holds none.</param>
    /// <param name="forget">Called with pages that no snapshot needs any more, before they are handed out again.</param>
    /// <param name="shortestCut">How many pages at the end must be free for the file to be cut.</param>
    public PageAllocator(CommitState commit, Func<long, SpaceChunk?> readChunk, Action<Extent> forget, int shortestCut)
    {
        _shortestCut = shortestCut;
        _readChunk = readChunk;
        _forget = forget;
        _committedPageCount = PageCount = commit.PageCount;
        _committedFree = commit.FreePages;
        _events = [.. commit.SpaceEvents];
        foreach (var change in _events) ForEachChunk(change.Run, (chunk, _, _) => UnappliedFor(chunk).Add(change));
    }

    /// <summary>The high-water mark, with what the running transaction added.</summary>
    public long PageCount { get; private set; }

    /// <summary>The last commit that lowered the high-water mark; 0 for none since the file was as long as the mark is high.</summary>
    public long CutBy { get; set; }

    /// <summary>Free pages that wait for a snapshot or for one more commit.</summary>
    public long PendingPages => _pending.PageCount;

    /// <summary>
    /// Whether the disk was full when the file was last to be lengthened. Then every hole is taken, however small: so a full disk
    /// lets rows be deleted, and what that frees be used.
    /// </summary>
    public bool IsTight { get; set; }

    /// <summary>One page for the running transaction.</summary>
    public long Allocate()
    {
        if (_returned.TryTake(out var page))
        {
            _undo.Taken(page);
            return page;
        }

        if (_run.Length == 0) _run = FindRun(LongRun);
        if (_run.Length == 0) return AllocateAtEnd(1);
        page = _run.Start;
        _run = new Extent(page + 1, _run.Length - 1);
        Take(new Extent(page, 1));
        return page;
    }

    /// <summary>A run of pages in one piece.</summary>
    public long AllocateRun(long length)
    {
        if (length == 1) return Allocate();
        if (length <= SpaceChunk.PageCount && _run.Length < length)
        {
            var found = FindRun((int)Math.Max(length, LongRun));
            if (found.Length >= length) _run = found;
        }

        if (_run.Length < length) return AllocateAtEnd(length);
        var start = _run.Start;
        _run = new Extent(start + length, _run.Length - length);
        Take(new Extent(start, length));
        return start;
    }

    /// <summary>Frees pages that an earlier commit wrote.</summary>
    public void Free(Extent run, long birth)
    {
        if (run.Start < FileLayout.FirstPage || run.End > _committedPageCount || run.Length <= 0)
            throw PageValidation.Damaged(run.Start, "a tree frees it though it is not in use");
        ForEachChunk(run, ThrowIfFree);
        ForEachChunk(run, (chunk, start, length) => ChunkAt(chunk).Free(start, length));
        _freed.Add(new FreedRun(run, birth));
        _freedPages += run.Length;
    }

    /// <summary>Takes back pages that the running transaction itself allocated.</summary>
    public void Return(Extent run)
    {
        // A page that a savepoint may need back is not handed out again.
        if (_undo.IsActive) _undo.Held.Add(run);
        else _returned.Add(run);
    }

    /// <summary>Begins a savepoint; savepoints nest.</summary>
    public AllocatorMark BeginSavepoint()
    {
        _undo.IsActive = true;
        return new AllocatorMark(PageCount, _run, _allocated.End, _freed.Count, _freedPages, _undo.Held.End, _undo.TakenCount);
    }

    /// <summary>Gives back what was allocated since a savepoint, and takes back what was freed since.</summary>
    public void RollBackTo(AllocatorMark mark)
    {
        for (var i = mark.FreedCount; i < _freed.Count; i++) Unfree(_freed[i].Run);
        _freed.RemoveRange(mark.FreedCount, _freed.Count - mark.FreedCount);
        _freedPages = mark.FreedPages;
        foreach (var run in _allocated.TakeSince(mark.Allocated)) Untake(run);
        _undo.Held.TakeSince(mark.Held);
        foreach (var page in _undo.TakeBack(mark.TakenCount)) _returned.Add(new Extent(page, 1));
        PageCount = mark.PageCount;
        _run = mark.Run;
    }

    /// <summary>There is no savepoint any more: what was done since the oldest one stays.</summary>
    public void ReleaseSavepoints()
    {
        foreach (var run in _undo.Held.ToSorted()) _returned.Add(run);
        _undo.Clear();
    }

    /// <summary>Whether the events up to and with the running transaction are too many for a slot.</summary>
    public bool NeedsMap() => _events.Count + NetEvents().Count > CommitSlot.MaxSpaceEvents;

    /// <summary>Whether enough pages at the end are free to be worth a commit that lowers the high-water mark.</summary>
    public bool ShouldCut() => Reusable >= LeastCut && PageCount == _committedPageCount && FreeTail() >= LeastCut;

    /// <summary>Lowers the high-water mark if that is worth it: the pages above are nobody's, neither used nor free.</summary>
    public void Cut()
    {
        if (!ShouldCut()) return;
        var tail = FreeTail();
        PageCount -= tail;
        ForEachChunk(new Extent(PageCount, tail), (chunk, start, length) => ChunkAt(chunk).Take(start, length));
        if (_run.End > PageCount) _run = default;
    }

    /// <summary>The chunks that differ from the stored space map.</summary>
    public List<long> DirtyChunks()
    {
        foreach (var chunk in _unapplied.Keys.ToArray()) ChunkAt(chunk);
        return [.. _chunks.Where(static pair => pair.Value.IsDirty).Select(static pair => pair.Key).Order()];
    }

    /// <summary>Puts a chunk as the running transaction leaves it into a buffer, and counts it as written.</summary>
    public void WriteChunk(long chunk, Span<byte> destination)
    {
        var bits = ChunkAt(chunk);
        bits.Write(destination);
        bits.IsDirty = false;
        _written.Add(bits);
    }

    /// <summary>
    /// Marks what the transaction took and gave back as free, so that the map can be written. Until here it might have taken
    /// those pages again; what the map itself still needs comes from elsewhere.
    /// </summary>
    public void SettleReturned()
    {
        foreach (var run in _returned.ToSorted())
        {
            _unused.Add(run);
            ForEachChunk(run, (chunk, start, length) => ChunkAt(chunk).Free(start, length));
        }

        _returned.Clear();
    }

    /// <summary>What the commit's slot is to say about space.</summary>
    /// <param name="mapWritten">Whether the space map was written within this commit.</param>
    public (List<SpaceEvent> Events, long FreePages) Describe(bool mapWritten)
    {
        var net = NetEvents();
        var free = _committedFree + NetFree(net) - Math.Max(0, _committedPageCount - PageCount);
        if (free < 0 || free > PageCount)
            throw new VaultCorruptionException($"The commit counts {_committedFree} free pages, which cannot be: after this one there would be {free} of {PageCount}.");
        return (mapWritten ? [] : [.. _events, .. net], free);
    }

    /// <summary>The running transaction is committed: its frees wait from now on, and older ones may be over.</summary>
    public void Committed(CommitState commit, long settled, List<long> live, List<long> dead)
    {
        SettleReturned();
        foreach (var run in _unused.ToSorted()) ForEachChunk(run, (chunk, start, length) => ChunkAt(chunk).Release(start, length));
        _pending.Add(commit.Id, [.. _freed]);
        _events = [.. commit.SpaceEvents];
        if (PageCount < _committedPageCount) CutBy = commit.Id;
        _committedPageCount = PageCount;
        _committedFree = commit.FreePages;
        ForgetTransaction();
        _pending.Settle(settled, live, dead, run =>
        {
            ForEachChunk(run, (chunk, start, length) => ChunkAt(chunk).Release(start, length));
            _forget(run);
        });
    }

    /// <summary>The running transaction never happened.</summary>
    public void RolledBack()
    {
        foreach (var freed in _freed) Unfree(freed.Run);
        foreach (var run in _unused.ToSorted()) Unfree(run);
        foreach (var run in _allocated.ToSorted()) Untake(run);
        foreach (var chunk in _written) chunk.IsDirty = true;
        var cut = new Extent(PageCount, _committedPageCount - PageCount);
        if (cut.Length > 0) ForEachChunk(cut, (chunk, start, length) => Restore(ChunkAt(chunk), start, length));
        PageCount = _committedPageCount;
        _run = default;
        ForgetTransaction();
    }

    private void Unfree(Extent run) => ForEachChunk(run, (chunk, start, length) => ChunkAt(chunk).Unfree(start, length));

    // What lay above the high-water mark is nothing again, neither used nor free.
    private void Untake(Extent run)
    {
        var old = run with { Length = Math.Min(run.Length, _committedPageCount - run.Start) };
        if (old.Length > 0) ForEachChunk(old, (chunk, start, length) => Restore(ChunkAt(chunk), start, length));
    }

    private void ThrowIfFree(long chunk, int start, int length)
    {
        var bits = ChunkAt(chunk);
        for (var page = start; page < start + length; page++)
        {
            if (bits.IsFree(page)) throw PageValidation.Damaged((chunk * SpaceChunk.PageCount) + page, "a tree uses it though the space map has it free");
        }
    }

    private static void Restore(SpaceChunk chunk, int start, int length)
    {
        chunk.Free(start, length);
        chunk.Release(start, length);
    }

    private void ForgetTransaction()
    {
        _allocated.Clear();
        _returned.Clear();
        _unused.Clear();
        _written.Clear();
        _freed.Clear();
        _freedPages = 0;
        _undo.Clear();
    }

    private void Take(Extent run)
    {
        _allocated.Add(run);
        ForEachChunk(run, (chunk, start, length) => ChunkAt(chunk).Take(start, length));
    }

    private long AllocateAtEnd(long length)
    {
        var start = PageCount;
        if (start + length > FileLayout.MaxPages) throw new IOException("The file has reached the largest size that the format allows.");
        PageCount += length;
        _allocated.Add(new Extent(start, length));
        return start;
    }

    // About how many pages may be handed out.
    private long Reusable => _committedFree - _pending.PageCount - _allocated.Count;

    private long LeastCut => Math.Max(_shortestCut, _committedPageCount / CutPart);

    // How many pages right below the high-water mark may be handed out.
    private long FreeTail()
    {
        long tail = 0;
        while (PageCount - tail > FileLayout.FirstPage)
        {
            var last = PageCount - tail - 1;
            var inChunk = (int)(last % SpaceChunk.PageCount) + 1;
            var free = ChunkAt(last / SpaceChunk.PageCount).ReusableBefore(inChunk);
            tail += free;
            if (free < inChunk) break;
        }

        return tail;
    }

    // Looks through a bounded number of chunks, from where the last run ended; what is not found in them is not worth more reading.
    private Extent FindRun(int wanted)
    {
        var reusable = Reusable;
        if (reusable <= 0) return default;
        var free = (double)reusable / _committedPageCount;
        var shortest = IsTight ? 1 : Math.Min(wanted, ShortestRun(free));
        var chunkCount = (_committedPageCount + SpaceChunk.PageCount - 1) / SpaceChunk.PageCount;
        // A file that has become too long is filled from the beginning, so that its end gets free.
        var from = free < 0.5 && _run.Start < _committedPageCount ? _run.Start : 0;
        var first = from / SpaceChunk.PageCount;
        var best = new Extent(from, 0);
        for (var i = 0; i < (IsTight ? chunkCount : Math.Min(ChunksPerSearch, chunkCount)) && best.Length < wanted; i++)
        {
            var chunk = (first + i) % chunkCount;
            var bits = ChunkAt(chunk);
            if (bits.LongestRunBound <= best.Length || bits.LongestRunBound < shortest) continue;
            var (start, length) = bits.FindRun(wanted, i == 0 ? (int)(from % SpaceChunk.PageCount) : 0);
            if (length > best.Length) best = new Extent((chunk * SpaceChunk.PageCount) + start, length);
        }

        return best.Length >= shortest ? best : new Extent((first + ChunksPerSearch) % chunkCount * SpaceChunk.PageCount, 0);
    }

    // The more of the file is free, the shorter the runs that are worth filling: so it stays below twice what is in use.
    private static int ShortestRun(double free) => free switch
    {
        < 0.25 => LongRun,
        < 0.33 => 8,
        < 0.40 => 4,
        < 0.45 => 2,
        _ => 1,
    };

    private List<SpaceEvent> NetEvents()
    {
        var events = new List<SpaceEvent>();
        var returned = UnusedRuns();
        foreach (var run in ExtentList.Subtract(_allocated.ToSorted(), returned)) AddEvents(events, run, false);
        var freed = new ExtentList();
        foreach (var run in _freed) freed.Add(run.Run);
        foreach (var run in returned) freed.Add(run);
        foreach (var run in freed.ToSorted()) AddEvents(events, run, true);
        return events;
    }

    private List<Extent> UnusedRuns()
    {
        var runs = new ExtentList();
        foreach (var run in _returned.ToSorted()) runs.Add(run);
        foreach (var run in _unused.ToSorted()) runs.Add(run);
        return runs.ToSorted();
    }

    private static void AddEvents(List<SpaceEvent> events, Extent run, bool isFree)
    {
        for (; run.Length > SpaceEvent.MaxLength; run = new Extent(run.Start + SpaceEvent.MaxLength, run.Length - SpaceEvent.MaxLength))
            events.Add(new SpaceEvent(run with { Length = SpaceEvent.MaxLength }, isFree));
        if (run.Length > 0) events.Add(new SpaceEvent(run, isFree));
    }

    // Pages above the old high-water mark were not free before, so taking them into use does not lower the count.
    private long NetFree(List<SpaceEvent> net)
    {
        long change = 0;
        foreach (var item in net)
        {
            var fresh = Math.Max(0, item.Run.End - Math.Max(item.Run.Start, _committedPageCount));
            var old = item.Run.Length - fresh;
            change += item.IsFree ? fresh : -old;
        }

        return change + _freedPages;
    }

    private SpaceChunk ChunkAt(long chunk)
    {
        if (_chunks.TryGetValue(chunk, out var bits)) return bits;
        bits = _readChunk(chunk) ?? new SpaceChunk();
        CheckBounds(bits, chunk);
        _chunks.Add(chunk, bits);
        if (_unapplied.Remove(chunk, out var events))
        {
            foreach (var change in events) Apply(bits, chunk, change);
        }

        return bits;
    }

    // What lies before the first page or above the high-water mark is nobody's, and must never be handed out.
    private void CheckBounds(SpaceChunk bits, long chunk)
    {
        var first = Math.Clamp(FileLayout.FirstPage - (chunk * SpaceChunk.PageCount), 0, SpaceChunk.PageCount);
        var end = Math.Clamp(_committedPageCount - (chunk * SpaceChunk.PageCount), 0, SpaceChunk.PageCount);
        if (bits.HasFree(0, (int)first) || bits.HasFree((int)end, SpaceChunk.PageCount))
            throw new VaultCorruptionException($"Chunk {chunk} of the space map has pages that are none as free.");
    }

    private static void Apply(SpaceChunk bits, long chunk, SpaceEvent change) => ForEachChunk(change.Run, (at, start, length) =>
    {
        if (at != chunk) return;
        bits.Take(start, length);
        if (!change.IsFree) return;
        bits.Free(start, length);
        bits.Release(start, length);
    });

    private List<SpaceEvent> UnappliedFor(long chunk)
    {
        if (!_unapplied.TryGetValue(chunk, out var events)) _unapplied.Add(chunk, events = []);
        return events;
    }

    private static void ForEachChunk(Extent run, Action<long, int, int> visit)
    {
        Debug.Assert(run.Length > 0, "A run has pages.");
        while (run.Length > 0)
        {
            var chunk = run.Start / SpaceChunk.PageCount;
            var start = (int)(run.Start % SpaceChunk.PageCount);
            var length = (int)Math.Min(run.Length, SpaceChunk.PageCount - start);
            visit(chunk, start, length);
            run = new Extent(run.Start + length, run.Length - length);
        }
    }
}
