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
    private byte[]? _scratch;

    /// <summary>The commit these pages will belong to.</summary>
    public long CommitId => commitId;

    /// <summary>A page for whoever rebuilds another one in place. Its content never outlives an edit.</summary>
    public byte[] Scratch => _scratch ??= pager.Cache.TakeFrame();

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

    /// <summary>A new, empty page.</summary>
    public byte[] Create(int level, uint treeId)
    {
        var number = space.Allocate();
        var page = pager.Cache.TakeFrame();
        NodePage.Initialize(page, number, commitId, level, treeId);
        _pages.Add(number, page);
        return page;
    }

    /// <summary>The transaction's own copy of a committed page, which is thereby freed.</summary>
    public byte[] CopyForEdit(byte[] page)
    {
        Debug.Assert(!Owns(page), "The page can be edited as it is.");
        var number = space.Allocate();
        var copy = pager.Cache.TakeFrame();
        page.AsSpan(0, FileLayout.PageSize).CopyTo(copy);
        NodePage.SetPlace(copy, number, commitId);
        _pages.Add(number, copy);
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
        if (_pages.Remove(number, out var frame))
        {
            // The caller may still be looking at it.
            pager.Cache.Frames.Retire(frame);
            space.Return(new Extent(number, 1));
        }
        else space.Free(new Extent(number, 1), birth);
    }

    /// <summary>The transaction is committed: its pages are everybody's.</summary>
    public void Publish()
    {
        foreach (var page in _pages.Values) pager.Adopt(page);
        End();
    }

    /// <summary>The transaction never happened.</summary>
    public void Discard()
    {
        foreach (var page in _pages.Values) pager.Cache.Frames.Release(page);
        End();
    }

    private void End()
    {
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
        return new OverflowValue(value.Length, start, commitId, OverflowValue.ComputeHash(value, pager.Salt, start));
    }

    public ReadOnlySpan<byte> LoadOverflow(OverflowValue value) =>
        value.CommitId == commitId && _overflow.TryGetValue(value.StartPage, out var content) ? content : pager.ReadOverflow(value);

    public void FreeOverflow(OverflowValue value)
    {
        if (value.CommitId == commitId && _overflow.Remove(value.StartPage, out var content)) space.Return(new Extent(value.StartPage, FileLayout.PagesFor(content.Length)));
        else space.Free(value.Pages, value.CommitId);
    }
}
