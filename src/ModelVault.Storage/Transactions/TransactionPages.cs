using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelVault.Storage;

/// <summary>
/// The pages that the running write transaction has made. They get their numbers when they are made and stay in memory until
/// the commit writes them, so a transaction that is rolled back has never touched the storage.
/// </summary>
internal sealed class TransactionPages(Pager pager, PageAllocator space, long commitId)
{
    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly Dictionary<long, byte[]> _overflow = [];
    private readonly PageUndoLog _undo = new();

    /// <summary>The commit these pages will belong to.</summary>
    public long CommitId => commitId;

    /// <summary>A page for whoever rebuilds another one in place. Its content never outlives an edit.</summary>
    public byte[] Scratch { get; } = new byte[FileLayout.PageSize];

    /// <summary>Whether the transaction has a savepoint, so that its own pages have to be kept before they are edited.</summary>
    public bool HasSavepoint => _undo.IsActive;

    public bool IsEmpty => _pages.Count == 0 && _overflow.Count == 0;

    /// <summary>The tree pages, by number.</summary>
    public IReadOnlyDictionary<long, byte[]> Nodes => _pages;

    /// <summary>The overflow values, by the number of their first page.</summary>
    public IReadOnlyDictionary<long, byte[]> OverflowValues => _overflow;

    /// <summary>The page a reference means: one of the transaction's own, or a committed one.</summary>
    public byte[] Load(PageReference reference, int level) =>
        reference.IsGenerationOf(commitId) && _pages.TryGetValue(reference.Page, out var page) && NodePage.Level(page) == level
            ? page
            : pager.Load(reference, level);

    /// <summary>Whether a page is the transaction's own and may be edited.</summary>
    public bool Owns(byte[] page) => NodePage.CommitId(page) == commitId;

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

    /// <summary>A new, empty page.</summary>
    public byte[] Create(int level, uint treeId)
    {
        var number = space.Allocate();
        var page = GC.AllocateUninitializedArray<byte>(FileLayout.PageSize);
        NodePage.Initialize(page, number, commitId, level, treeId);
        Add(number, page);
        return page;
    }

    /// <summary>The transaction's own copy of a committed page, which is thereby freed.</summary>
    private byte[] CopyForEdit(byte[] page)
    {
        Debug.Assert(!Owns(page), "The page can be edited as it is.");
        var number = space.Allocate();
        var copy = GC.AllocateUninitializedArray<byte>(FileLayout.PageSize);
        page.CopyTo(copy, 0);
        NodePage.SetPlace(copy, number, commitId);
        Add(number, copy);
        Free(page);
        return copy;
    }

    /// <summary>Frees a page that a tree no longer leads to.</summary>
    public void Free(byte[] page) => Free(NodePage.PageNumber(page), NodePage.CommitId(page), Owns(page));

    /// <summary>Frees a page that was not read. Its birth is then not known, so that every older snapshot holds it.</summary>
    public void FreeUnread(PageReference reference) =>
        Free(reference.Page, birth: 0, reference.IsGenerationOf(commitId) && _pages.ContainsKey(reference.Page));

    private void Free(long number, long birth, bool isOwn)
    {
        if (_pages.ContainsKey(number) != isOwn) throw PageValidation.Damaged(number, "two trees, or the free space and one, claim it");
        if (_pages.Remove(number, out var own))
        {
            _undo.Freed(number, own);
            space.Return(new Extent(number, 1));
        }
        else
        {
            space.Free(new Extent(number, 1), birth);
        }
    }

    private void Add(long number, byte[] page)
    {
        _pages.Add(number, page);
        _undo.Created(number);
    }

    /// <summary>Stores a value outside its leaf.</summary>
    public OverflowValue StoreOverflow(ReadOnlySpan<byte> value)
    {
        var start = space.AllocateRun(FileLayout.PagesFor(value.Length));
        _overflow.Add(start, value.ToArray());
        _undo.OverflowStored(start);
        return new OverflowValue(value.Length, start, commitId, OverflowValue.ComputeHash(value, pager.Salt, start));
    }

    public ReadOnlySpan<byte> LoadOverflow(OverflowValue value) =>
        value.CommitId == commitId && _overflow.TryGetValue(value.StartPage, out var content) ? content : pager.ReadOverflow(value);

    public void FreeOverflow(OverflowValue value)
    {
        if (value.CommitId == commitId && _overflow.Remove(value.StartPage, out var content))
        {
            _undo.OverflowFreed(value.StartPage, content);
            space.Return(new Extent(value.StartPage, FileLayout.PagesFor(content.Length)));
        }
        else
        {
            space.Free(value.Pages, value.CommitId);
        }
    }

    /// <summary>Begins a savepoint.</summary>
    public (int Steps, AllocatorMark Space) BeginSavepoint(int savepoint) => (_undo.Begin(savepoint), space.BeginSavepoint());

    /// <summary>Takes back what was done since a savepoint, which remains.</summary>
    public void RollBackTo(SavepointState savepoint)
    {
        _undo.RollBackTo(savepoint.Serial, savepoint.PageSteps, _pages, _overflow);
        space.RollBackTo(savepoint.Space);
    }

    /// <summary>What was done stays. An older savepoint (0: none) is the newest from here on.</summary>
    public void ReleaseSavepoints(int older)
    {
        _undo.Release(older);
        if (older == 0) space.ReleaseSavepoints();
    }
}
