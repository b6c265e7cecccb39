using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ModelVault.Storage;

/// <summary>Reads committed pages and overflow values: from memory where it can, else from storage, checked before use.</summary>
internal sealed class Pager(IBlockStorage storage, ulong salt, long cacheSize)
{
    private const int StripeCount = 16;

    private readonly PageCache _cache = new(cacheSize);
    private readonly Lock[] _loading = [.. Enumerable.Range(0, StripeCount).Select(_ => new Lock())];
    private long _misses;

    public PageCache Cache => _cache;

    /// <summary>Pages read from storage so far.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    public ulong Salt => salt;

    /// <summary>
    /// The page that a reference means; <paramref name="level"/> is where it must stand in its tree. Valid until the caller's
    /// <see cref="ReadScope"/> ends.
    /// </summary>
    /// <exception cref="VaultCorruptionException">The page is damaged or is not the one meant.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte[] Load(PageReference reference, int level)
    {
        Debug.Assert(EpochSlot.IsInScope, "A page's memory may be used again at any time outside of a scope.");
        var page = _cache.Find(reference.Page, level);
        Interleaving.Point();
        if (page is not null)
        {
            if (level == 0) LeafFingerprints.Touch(page);
            else PageBytes.Touch(page);
        }

        return page is not null && Is(page, reference, level) ? page : LoadFromStorage(reference, level);
    }

    /// <summary>The leaf that a reference means, to be gone over: the same without what a look-up of a single key reads.</summary>
    /// <inheritdoc cref="Load"/>
    public byte[] LoadRows(PageReference reference)
    {
        Debug.Assert(EpochSlot.IsInScope, "A page's memory may be used again at any time outside of a scope.");
        var page = _cache.Find(reference.Page, 0);
        Interleaving.Point();
        if (page is null || !Is(page, reference, 0)) return LoadFromStorage(reference, 0);
        NodePage.TouchSlots(page);
        return page;
    }

    /// <summary>Fetches the lines of a page that is in memory with which <see cref="Load"/> and a look-up in it will begin.</summary>
    public void Foresee(PageReference reference, int level)
    {
        if (_cache.Peek(reference.Page) is not { } page) return;
        if (level == 0)
        {
            LeafFingerprints.Foresee(page);
            return;
        }

        // Where in the slots a search goes on, nobody knows yet: the header, and the prefix at the end.
        Prefetch.Line(page, 0);
        Prefetch.Line(page, FileLayout.PageSize - 1);
    }

    /// <summary>Fetches the lines of a leaf that is in memory which going over it begins with: header, slots, and the records that were written first.</summary>
    public void ForeseeScan(PageReference reference)
    {
        if (_cache.Peek(reference.Page) is not { } page) return;
        Prefetch.Lines(page, 0, 512);
        Prefetch.Lines(page, FileLayout.PageSize - 1024, FileLayout.PageSize);
    }

    /// <summary>The leaf that a reference means if it is in memory, else null. It does not count as used.</summary>
    public byte[]? Peek(PageReference reference) => _cache.Peek(reference.Page) is { } page && Is(page, reference, 0) ? page : null;

    /// <summary>Reads consecutive pages into a buffer, unchecked: fewer than there is room for where the storage ends before.</summary>
    /// <returns>How many were read; none where one of several cannot be.</returns>
    public int ReadAhead(long first, int count, byte[] buffer)
    {
        // At least one, which reading reports where it lies outside the file.
        var whole = (int)Math.Clamp((storage.Length / FileLayout.PageSize) - first, 1, count);
        try
        {
            Read(first, buffer.AsSpan(0, whole * FileLayout.PageSize));
            return whole;
        }
        catch (Exception error) when (count > 1 && error is VaultCorruptionException or IOException)
        {
            return 0;
        }
    }

    /// <summary>Throws unless a page that was read ahead is the leaf meant. While there is room, it is kept in memory.</summary>
    public void Admit(byte[] leaf, PageReference reference)
    {
        Check(leaf, reference, 0);
        Interlocked.Increment(ref _misses);
        if (_cache.IsFull || !_cache.TryTakeFrame(out var frame)) return;
        leaf.AsSpan(0, FileLayout.PageSize).CopyTo(frame);
        _cache.Put(reference.Page, frame, wasAskedFor: false);
    }

    /// <summary>
    /// Takes over the frame of a page that a commit has made durable. Where the transaction needed more than its share, the frame
    /// is free at once: nobody else has seen it, so this does not have to wait for readers, however long one of them stays in a scope.
    /// </summary>
    public void Adopt(byte[] page)
    {
        if (_cache.Frames.IsOver) _cache.Frames.Release(page);
        else _cache.Put(NodePage.PageNumber(page), page, wasAskedFor: false);
    }

    /// <summary>Reads an overflow value into an array of its own.</summary>
    public byte[] ReadOverflow(OverflowValue value)
    {
        ThrowUnlessPossible(value);
        var content = GC.AllocateUninitializedArray<byte>((int)value.Length);
        ReadInside(value.StartPage, content);
        var hash = OverflowValue.ComputeHash(content, salt, value.StartPage);
        if (hash != value.Hash)
            throw PageValidation.Damaged(value.StartPage, $"the overflow value of {value.Length} bytes that begins there does not match its checksum", $"{value.Hash:X16}", $"{hash:X16}").In(storage.Path);
        return content;
    }

    /// <summary>Throws when a file of this length cannot hold the value described: before anything is done or allocated for it.</summary>
    public void ThrowUnlessPossible(OverflowValue value)
    {
        if (!value.IsPossible(storage.Length)) throw Damaged(value.StartPage, $"an overflow value of {value.Length} bytes cannot begin there");
    }

    /// <summary>An error about a page of this file.</summary>
    public VaultCorruptionException Damaged(long page, string how, Exception? cause = null) => PageValidation.Damaged(page, how, cause: cause).In(storage.Path);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Is(byte[] page, PageReference reference, int level) =>
        reference.IsGenerationOf(NodePage.CommitId(page)) && NodePage.Level(page) == level;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] LoadFromStorage(PageReference reference, int level)
    {
        // One thread reads a page, the others that want it wait for that.
        Interleaving.BeforeLock(_loading[(int)(reference.Page % StripeCount)]);
        lock (_loading[(int)(reference.Page % StripeCount)])
        {
            var page = _cache.Find(reference.Page, level);
            if (page is not null && Is(page, reference, level)) return page;
            var isWithinBudget = _cache.TryTakeFrame(out page);
            page ??= _cache.Frames.Take();
            ReadInto(page, reference, level);
            // While all frames are being looked at, the page is this reader's alone and goes with its scope.
            if (isWithinBudget) _cache.Put(reference.Page, page, wasAskedFor: true);
            else EpochSlot.OfThread.Borrow(_cache.Frames, page);
            return page;
        }
    }

    /// <summary>Reads a page past the cache into a frame that becomes the caller's.</summary>
    public byte[] ReadPrivately(PageReference reference, int level)
    {
        var page = _cache.TakeFrame();
        ReadInto(page, reference, level);
        return page;
    }

    // Gives the frame back when the page is not what it should be.
    private void ReadInto(byte[] page, PageReference reference, int level)
    {
        try
        {
            Read(reference.Page, page.AsSpan(0, FileLayout.PageSize));
            Check(page, reference, level);
        }
        catch
        {
            _cache.Frames.Release(page);
            throw;
        }

        Interlocked.Increment(ref _misses);
    }

    private void Read(long first, Span<byte> destination)
    {
        if (first < FileLayout.FirstPage || FileLayout.OffsetOf(first + 1) > storage.Length)
            throw Damaged(first, "it lies outside the file");
        ReadInside(first, destination);
    }

    private void ReadInside(long first, Span<byte> destination)
    {
        try
        {
            storage.Read(FileLayout.OffsetOf(first), destination);
        }
        catch (EndOfStreamException error)
        {
            throw Damaged(first, $"the file ends before the {destination.Length} bytes that begin there do, so it has been cut short while it was open", error);
        }
    }

    private void Check(byte[] page, PageReference reference, int level)
    {
        try
        {
            PageValidation.Check(page, reference, level, salt);
        }
        catch (VaultCorruptionException error)
        {
            error.In(storage.Path);
            throw;
        }
    }
}
