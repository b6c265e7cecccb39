using System.Runtime.CompilerServices;

namespace ModelVault.Storage;

/// <summary>
/// The pages in memory, by number. A hit takes no lock and allocates nothing; a page in here is never changed again, so spans
/// into it stay valid for as long as anybody holds them, evicted or not.
/// </summary>
/// <remarks>
/// Two levels of arrays, whose lower blocks come and go with the pages in them, so that memory follows the budget and not the
/// size of the file. Eviction gives each page that was read since the last round a second chance.
/// </remarks>
internal sealed class PageCache(long budget)
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;
    private const int PageCost = FileLayout.PageSize + 48; // the array's header, its place in the block and in the queue
    private const int BlockCost = (BlockSize * 9) + 96;

    private readonly Lock _gate = new();
    private readonly Queue<long> _order = new();
    private Block?[] _blocks = new Block?[64];
    private long _bytes;
    private bool _evicts;

    /// <summary>Bytes in use, approximately.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The bytes to stay under.</summary>
    public long Budget => budget;

    /// <summary>The page in memory under this number, of whatever generation; null when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte[]? Find(long page)
    {
        var blocks = Volatile.Read(ref _blocks);
        var at = (ulong)page >> BlockBits;
        if (at >= (uint)blocks.Length) return null;
        var block = blocks[(int)at];
        if (block is null) return null;
        var index = (int)page & (BlockSize - 1);
        var found = block.Pages[index];
        // While nothing has to be evicted, what is used does not matter.
        if (_evicts && found is not null && !block.Used[index]) block.Used[index] = true;
        return found;
    }

    /// <summary>Puts a page in, in place of an older one of its number, and evicts others when the budget is passed.</summary>
    public void Put(long page, byte[] content)
    {
        lock (_gate)
        {
            var block = BlockFor(page);
            ref var place = ref block.Pages[(int)page & (BlockSize - 1)];
            if (place is null)
            {
                block.Count++;
                _order.Enqueue(page);
                _bytes += PageCost;
            }

            Volatile.Write(ref place, content);
            if (_bytes <= budget) return;
            _evicts = true;
            while (_bytes > budget && _order.Count > 1) EvictOne(page);
        }
    }

    private Block BlockFor(long page)
    {
        var at = (int)(page >> BlockBits);
        if (at >= _blocks.Length)
        {
            var grown = new Block?[Math.Max(at + 1, _blocks.Length * 2)];
            _blocks.CopyTo(grown, 0);
            Volatile.Write(ref _blocks, grown);
        }

        if (_blocks[at] is { } block) return block;
        block = new Block();
        Volatile.Write(ref _blocks[at], block);
        _bytes += BlockCost;
        return block;
    }

    private void EvictOne(long keep)
    {
        var page = _order.Dequeue();
        var at = (int)(page >> BlockBits);
        var index = (int)page & (BlockSize - 1);
        var block = _blocks[at]!;
        if (page == keep || block.Used[index])
        {
            block.Used[index] = false;
            _order.Enqueue(page);
            return;
        }

        block.Pages[index] = null;
        _bytes -= PageCost;
        if (--block.Count > 0) return;
        _blocks[at] = null;
        _bytes -= BlockCost;
    }

    private sealed class Block
    {
        // In the object itself, so that a lookup follows one reference less and needs no check of an array's bounds.
        public PagePlaces Pages;
        public UseMarks Used;
        public int Count;
    }

    [InlineArray(BlockSize)]
    private struct PagePlaces
    {
        private byte[]? _first;
    }

    [InlineArray(BlockSize)]
    private struct UseMarks
    {
        private bool _first;
    }
}
