using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelVault.Storage;

/// <summary>
/// The pages that the running write transaction has made. They get their numbers when they are made and stay in memory until
/// the commit writes them; when they become too many, those made longest ago are written ahead (see <see cref="SpilledPages"/>).
/// </summary>
/// <param name="pager">Where committed pages and frames come from.</param>
/// <param name="space">Where page numbers come from.</param>
/// <param name="spilled">Where pages go that there is no room for.</param>
/// <param name="bound">How many bytes of pages and values to keep in memory.</param>
/// <param name="commitId">The commit these pages will belong to.</param>
internal sealed class TransactionPages(Pager pager, PageAllocator space, SpilledPages spilled, long bound, long commitId)
{
    private readonly PageTable _pages = new();
    private readonly Dictionary<long, byte[]> _overflow = [];
    private readonly Queue<long> _order = new(); // the pages in memory as they were made or read back, and some that are gone
    private readonly HashSet<long> _pinned = [];
    private readonly PageUndoLog _undo = new();
    private byte[]? _scratch;
    private bool _isPublishing;
    private long _overflowBytes;

    /// <summary>The commit these pages will belong to.</summary>
    public long CommitId => commitId;

    /// <summary>A page for whoever rebuilds another one in place. Its content never outlives an edit.</summary>
    public byte[] Scratch => _scratch ??= pager.Cache.TakeFrame();

    /// <summary>Whether some of its pages are on the storage already.</summary>
    public bool HasSpilled => spilled.Any;

    /// <summary>Grows when pages leave memory: who holds on to one from one operation to the next must look for it again.</summary>
    public int Departures { get; private set; }

    /// <summary>Whether the transaction has a savepoint, so that its own pages have to be kept before they are edited.</summary>
    public bool HasSavepoint => _undo.IsActive;

    /// <summary>The tree pages, by number.</summary>
    public PageTable Nodes => _pages;

    /// <summary>The overflow values, by the number of their first page.</summary>
    public IReadOnlyDictionary<long, byte[]> OverflowValues => _overflow;

    private long Bytes => ((long)_pages.Count * FileLayout.PageSize) + _overflowBytes;

    /// <summary>The page a reference means: one of the transaction's own, or a committed one.</summary>
    public byte[] Load(PageReference reference, int level)
    {
        if (!reference.IsGenerationOf(commitId)) return pager.Load(reference, level);
        if (_pages.TryGet(reference.Page, out var page))
        {
            PageBytes.Touch(page);
            if (NodePage.Level(page) == level) return page;
        }

        if (!spilled.Contains(reference.Page)) return pager.Load(reference, level);
        page = spilled.TakeBack(reference, level);
        Keep(reference.Page, page);
        return page;
    }

    /// <summary>
    /// Makes room when the transaction has become too big for memory. Called between operations on trees only: pages leave
    /// memory here, and nobody may be about to edit one of them. While there is a savepoint all that was done since stays in
    /// memory, so that it can be taken back.
    /// </summary>
    /// <exception cref="IOException">They could not be written. The transaction is as it was.</exception>
    public void Relieve()
    {
        if (Bytes > bound && !HasSavepoint) WriteAhead();
    }

    /// <summary>Keeps a page of the transaction's own in memory between operations, until it is unpinned or gone back from.</summary>
    public void Pin(byte[] page) => _pinned.Add(NodePage.PageNumber(page));

    public void Unpin(byte[] page) => _pinned.Remove(NodePage.PageNumber(page));

    /// <summary>Whether a page is the transaction's own and may be edited.</summary>
    public bool Owns(byte[] page) => NodePage.CommitId(page) == commitId;

    /// <summary>A new, empty page.</summary>
    public byte[] Create(int level, uint treeId)
    {
        var number = space.Allocate();
        var page = pager.Cache.TakeFrame();
        NodePage.Initialize(page, number, commitId, level, treeId);
        Add(number, page);
        return page;
    }

    /// <summary>
    /// The page to edit in place of one of a tree's: itself when it is the transaction's own, else its copy. Every edit of a page
    /// that was there before goes through here, so that a savepoint can bring back what it was.
    /// </summary>
    public byte[] Edit(byte[] page)
    {
        if (!Owns(page)) return CopyForEdit(page);
        _undo.Editing(page);
        return page;
    }

    /// <summary>The transaction's own copy of a committed page, which is thereby freed.</summary>
    private byte[] CopyForEdit(byte[] page)
    {
        Debug.Assert(!Owns(page), "The page can be edited as it is.");
        var number = space.Allocate();
        var copy = pager.Cache.TakeFrame();
        page.AsSpan(0, FileLayout.PageSize).CopyTo(copy);
        NodePage.SetPlace(copy, number, commitId);
        Add(number, copy);
        Free(page);
        return copy;
    }

    /// <summary>Frees a page that a tree no longer leads to.</summary>
    public void Free(byte[] page) => Free(NodePage.PageNumber(page), NodePage.CommitId(page), Owns(page));

    /// <summary>Frees a page that was not read. Its birth is then not known, so that every older snapshot holds it.</summary>
    public void FreeUnread(PageReference reference) =>
        Free(reference.Page, birth: 0, reference.IsGenerationOf(commitId) && IsOwn(reference.Page));

    private void Free(long number, long birth, bool isOwn)
    {
        if (IsOwn(number) != isOwn) throw pager.Damaged(number, "two trees, or the free space and one, claim it");
        if (_pages.Remove(number, out var frame))
        {
            // The caller may still be looking at it.
            if (HasSavepoint) _undo.Freed(number, frame);
            else pager.Cache.Frames.Retire(frame);
            space.Return(new Extent(number, 1));
        }
        else if (spilled.Forget(number))
        {
            _undo.SpilledFreed(number);
            space.Return(new Extent(number, 1));
        }
        else
        {
            space.Free(new Extent(number, 1), birth);
        }
    }

    private bool IsOwn(long number) => _pages.TryGet(number, out _) || spilled.Contains(number);

    private void Add(long number, byte[] page)
    {
        Keep(number, page);
        _undo.Created(number);
    }

    private void Keep(long number, byte[] page)
    {
        _pages.Add(number, page);
        _order.Enqueue(number);
    }

    // Values first, because they are never edited; then leaves, then what leads to them. A quarter more than must be, so that
    // the next pages do not have to be written one by one.
    private void WriteAhead()
    {
        if (_overflow.Count > 0) WriteAheadValues();
        foreach (var level in (ReadOnlySpan<int>)[0, TreeRecord.MaxLevel])
        {
            var excess = Bytes - (bound / 4 * 3);
            if (excess <= 0) return;
            WriteAheadPages((int)((excess + FileLayout.PageSize - 1) / FileLayout.PageSize), level);
        }
    }

    private void WriteAheadValues()
    {
        spilled.WriteValues([.. _overflow.Keys], this);
        _overflow.Clear();
        _overflowBytes = 0;
    }

    private void WriteAheadPages(int most, int maxLevel)
    {
        var chosen = new List<long>();
        var kept = new List<long>();
        var seen = new HashSet<long>();
        while (_order.TryDequeue(out var number))
        {
            if (!_pages.TryGet(number, out var page) || !seen.Add(number)) continue;
            var isChosen = chosen.Count < most && NodePage.Level(page) <= maxLevel && !_pinned.Contains(number);
            (isChosen ? chosen : kept).Add(number);
        }

        foreach (var number in kept) _order.Enqueue(number);
        if (chosen.Count == 0) return;
        try
        {
            spilled.Write(chosen, this);
        }
        catch
        {
            foreach (var number in chosen) _order.Enqueue(number);
            throw;
        }

        Departures++;
        foreach (var number in chosen)
        {
            // Who has just read from it may still be looking at it.
            _pages.Remove(number, out var page);
            pager.Cache.Frames.Retire(page!);
        }
    }

    /// <summary>The transaction is committed: its pages are everybody's.</summary>
    public void Publish()
    {
        _isPublishing = true;
        foreach (var (_, page) in _pages.All)
        {
            Interleaving.Point();
            pager.Adopt(page);
        }

        End();
    }

    /// <summary>The transaction never happened.</summary>
    public void Discard()
    {
        // What failed while it was published may be in the cache already: then the frames are left to it.
        if (!_isPublishing)
        {
            foreach (var (_, page) in _pages.All) pager.Cache.Frames.Release(page);
        }

        End();
    }

    private void End()
    {
        if (HasSavepoint) ReleaseSavepoints(0);
        _pages.Clear();
        if (_scratch is not null) pager.Cache.Frames.Release(_scratch);
        _scratch = null;
        // What the transaction retired while it ran is not waited for.
        if (pager.Cache.Frames.IsOver) pager.Cache.Evict();
    }

    /// <summary>Stores a value outside its leaf.</summary>
    public OverflowValue StoreOverflow(ReadOnlySpan<byte> value)
    {
        var start = space.AllocateRun(FileLayout.PagesFor(value.Length));
        _overflow.Add(start, value.ToArray());
        _overflowBytes += value.Length;
        _undo.OverflowStored(start);
        return new OverflowValue(value.Length, start, commitId, OverflowValue.ComputeHash(value, pager.Salt, start));
    }

    public ReadOnlySpan<byte> LoadOverflow(OverflowValue value) =>
        value.CommitId == commitId && _overflow.TryGetValue(value.StartPage, out var content) ? content : pager.ReadOverflow(value);

    public void FreeOverflow(OverflowValue value)
    {
        if (value.CommitId == commitId && _overflow.Remove(value.StartPage, out var content))
        {
            _overflowBytes -= content.Length;
            _undo.OverflowFreed(value.StartPage, content);
            space.Return(new Extent(value.StartPage, FileLayout.PagesFor(content.Length)));
        }
        else if (value.CommitId == commitId && spilled.ForgetValue(value.StartPage))
        {
            pager.ThrowUnlessPossible(value);
            _undo.SpilledOverflowFreed(value.StartPage);
            space.Return(value.Pages);
        }
        else
        {
            pager.ThrowUnlessPossible(value);
            space.Free(value.Pages, value.CommitId);
        }
    }

    /// <summary>Begins a savepoint.</summary>
    public (int Steps, AllocatorMark Space) BeginSavepoint(int savepoint) => (_undo.Begin(savepoint), space.BeginSavepoint());

    /// <summary>Takes back what was done since a savepoint, which remains.</summary>
    public void RollBackTo(SavepointState savepoint)
    {
        _undo.RollBackTo(savepoint.Serial, savepoint.PageSteps, this);
        space.RollBackTo(savepoint.Space);
        _pinned.Clear();
    }

    /// <summary>What was done stays. An older savepoint (0: none) is the newest from here on.</summary>
    public void ReleaseSavepoints(int older)
    {
        _undo.Release(older, pager.Cache.Frames);
        if (older == 0) space.ReleaseSavepoints();
    }

    /// <summary>Takes back one step of the log, the last one that is left.</summary>
    internal void Undo(PageUndoLog.Step step)
    {
        switch (step.Kind)
        {
            case PageUndoLog.Kind.Created:
                // Cursors and callers may still be looking at it.
                if (_pages.Remove(step.Page, out var frame)) pager.Cache.Frames.Retire(frame);
                break;
            case PageUndoLog.Kind.Edited:
                step.Content.AsSpan(0, FileLayout.PageSize).CopyTo(_pages[step.Page]);
                break;
            case PageUndoLog.Kind.Freed:
                Keep(step.Page, step.Content!);
                break;
            case PageUndoLog.Kind.OverflowStored:
                if (_overflow.Remove(step.Page, out var value)) _overflowBytes -= value.Length;
                break;
            case PageUndoLog.Kind.OverflowFreed:
                _overflow.Add(step.Page, step.Content!);
                _overflowBytes += step.Content!.Length;
                break;
            case PageUndoLog.Kind.SpilledFreed:
                spilled.Remember(step.Page);
                break;
            case PageUndoLog.Kind.SpilledOverflowFreed:
                spilled.RememberValue(step.Page);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
