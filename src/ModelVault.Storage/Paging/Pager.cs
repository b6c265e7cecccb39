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

    /// <summary>The page that a reference means; <paramref name="level"/> is where it must stand in its tree.</summary>
    /// <exception cref="VaultCorruptionException">The page is damaged or is not the one meant.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte[] Load(PageReference reference, int level)
    {
        var page = _cache.Find(reference.Page);
        if (page is not null) PageBytes.Touch(page);
        return page is not null && reference.IsGenerationOf(NodePage.CommitId(page)) && NodePage.Level(page) == level
            ? page
            : LoadFromStorage(reference, level);
    }

    /// <summary>Takes over the pages that a commit has made durable.</summary>
    public void Adopt(byte[] page) => _cache.Put(NodePage.PageNumber(page), page);

    /// <summary>Reads an overflow value into an array of its own.</summary>
    public byte[] ReadOverflow(OverflowValue value)
    {
        value.Check(storage.Length);
        var content = GC.AllocateUninitializedArray<byte>((int)value.Length);
        storage.Read(FileLayout.OffsetOf(value.StartPage), content);
        var hash = OverflowValue.ComputeHash(content, salt, value.StartPage);
        if (hash != value.Hash)
            throw PageValidation.Damaged(value.StartPage, $"the overflow value of {value.Length} bytes that begins there does not match its checksum", $"{value.Hash:X16}", $"{hash:X16}");
        return content;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte[] LoadFromStorage(PageReference reference, int level)
    {
        // One thread reads a page, the others that want it wait for that.
        lock (_loading[(int)(reference.Page % StripeCount)])
        {
            var page = _cache.Find(reference.Page);
            if (page is not null && reference.IsGenerationOf(NodePage.CommitId(page)) && NodePage.Level(page) == level) return page;
            page = ReadPage(reference.Page);
            PageValidation.Check(page, reference, level, salt);
            Interlocked.Increment(ref _misses);
            _cache.Put(reference.Page, page);
            return page;
        }
    }

    private byte[] ReadPage(long number)
    {
        if (number < FileLayout.FirstPage || FileLayout.OffsetOf(number + 1) > storage.Length)
            throw PageValidation.Damaged(number, "it lies outside the file");
        var page = GC.AllocateUninitializedArray<byte>(FileLayout.PageSize);
        storage.Read(FileLayout.OffsetOf(number), page);
        return page;
    }
}
