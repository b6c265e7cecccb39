using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ModelVault.Storage;

/// <summary>
/// The pages in memory, by number. A hit takes no lock and allocates nothing. A page in here is never changed, but its memory
/// is used again after it was evicted: it may be looked at only inside a <see cref="ReadScope"/>.
/// </summary>
/// <remarks>
/// Two levels of arrays, whose lower blocks come and go with the pages in them, so that memory follows the budget and not the
/// size of the file. The budget covers every frame: of cached pages, of pages that a transaction has changed, retired and free
/// ones. Eviction gives each page that was read since the last round another chance, and pages that lead to many others three.
/// </remarks>
internal sealed class PageCache
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;
    private const int BlockCost = (BlockSize * 10) + 96;

    private readonly Lock _gate = new();
    private readonly Queue<long> _order = new();
    private readonly FramePool _frames;
    private Block?[] _blocks = new Block?[64];
    private int _blockCount;
    private bool _evicts;

    public PageCache(long budget)
    {
        Budget = budget;
        _frames = new FramePool(LimitFor(0));
    }

    /// <summary>Bytes in use, approximately.</summary>
    public long Bytes => ((long)_frames.Total * FramePool.FrameCost) + ((long)Volatile.Read(ref _blockCount) * BlockCost);

    /// <summary>The bytes to stay under.</summary>
    public long Budget { get; private set; }

    /// <summary>Whether another page can only come in when one goes.</summary>
    public bool IsFull => _frames.IsFull;

    /// <summary>The frames that pages stand in.</summary>
    public FramePool Frames => _frames;

    /// <summary>The page in memory under this number, of whatever generation; null when there is none. It counts as used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte[]? Find(long page, int level)
    {
        var blocks = Volatile.Read(ref _blocks);
        var at = (ulong)page >> BlockBits;
        if (at >= (uint)blocks.Length) return null;
        var block = blocks[(int)at];
        if (block is null) return null;
        var index = (int)page & (BlockSize - 1);
        var found = block.Pages[index];
        // While nothing has to be evicted, what is used does not matter.
        if (_evicts && found is not null) block.MarkUsed(index, level);
        return found;
    }

    /// <summary>The same for who only passes by: it does not count as a use.</summary>
    public byte[]? Peek(long page)
    {
        var blocks = Volatile.Read(ref _blocks);
        var at = (ulong)page >> BlockBits;
        return at < (uint)blocks.Length ? blocks[(int)at]?.Pages[(int)page & (BlockSize - 1)] : null;
    }

    /// <summary>A frame within the budget, for which others are evicted; false when they are all being looked at.</summary>
    public bool TryTakeFrame([NotNullWhen(true)] out byte[]? frame)
    {
        // Ahead of need: what is evicted can be used only when the scopes have ended that run now, the caller's among them.
        if (_frames.IsLow) Evict();
        Interleaving.Point();
        return _frames.TryTake(out frame);
    }

    /// <summary>A frame in any case.</summary>
    public byte[] TakeFrame() => TryTakeFrame(out var frame) ? frame : _frames.Take();

    /// <summary>Puts a page in, in place of an older one of its number. The cache takes its frame over.</summary>
    /// <param name="page">The page's number.</param>
    /// <param name="content">The page.</param>
    /// <param name="wasAskedFor">Whether somebody wanted this very page, and did not just pass by or write it.</param>
    public void Put(long page, byte[] content, bool wasAskedFor)
    {
        Interleaving.Point();
        lock (_gate)
        {
            var block = BlockFor(page);
            ref var place = ref block.Pages[(int)page & (BlockSize - 1)];
            var old = place;
            Volatile.Write(ref place, content);
            if (old is not null) _frames.Retire(old);
            if (!block.Enqueue((int)page & (BlockSize - 1))) return;
            _order.Enqueue(page);
            // Uses are not counted yet: what was wanted shall not be the first to go because it came first.
            if (wasAskedFor && !_evicts) block.MarkUsed((int)page & (BlockSize - 1), NodePage.Level(content));
        }
    }

    /// <summary>Keeps to the smallest budget from here on.</summary>
    public void Shrink()
    {
        lock (_gate)
        {
            Budget = Math.Min(Budget, StorageOptions.MinCacheSize);
            _frames.Limit = LimitFor(_blockCount);
        }

        Evict();
    }

    /// <summary>Lets go of pages that nobody can refer to any more. Their frames are free once all scopes have ended that run now.</summary>
    public void Forget(Extent run)
    {
        lock (_gate)
        {
            for (var page = run.Start; page < run.End; page++)
            {
                var at = page >> BlockBits;
                if (at >= _blocks.Length || _blocks[at] is not { } block) continue;
                ref var place = ref block.Pages[(int)page & (BlockSize - 1)];
                if (place is not { } content) continue;
                // It keeps its place in the queue, for the page that will have the number next.
                Volatile.Write(ref place, null);
                _frames.Retire(content);
            }
        }
    }

    /// <summary>Evicts what is due, and makes frames available that nobody looks at any more.</summary>
    public void Evict()
    {
        lock (_gate)
        {
            _evicts = true;
            var due = Math.Min(_frames.EvictionsDue, _order.Count);
            // Readers go on marking pages as used meanwhile, so the rounds are counted. Places whose pages were let go of fill the queue, but nothing is evicted there.
            for (var looks = 4L * _order.Count; due > 0 && looks > 0 && _order.Count > 0; looks--)
            {
                if (EvictNext()) due--;
            }
        }

        Interleaving.Point();
        _frames.Reclaim();
    }

    private int LimitFor(int blocks) => (int)Math.Clamp((Budget - ((long)blocks * BlockCost)) / FramePool.FrameCost, 4, int.MaxValue);

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
        _frames.Limit = LimitFor(++_blockCount);
        return block;
    }

    // Looks at the next page in turn; false when it gets another chance, or is no longer there.
    private bool EvictNext()
    {
        var page = _order.Dequeue();
        var at = (int)(page >> BlockBits);
        var index = (int)page & (BlockSize - 1);
        var block = _blocks[at]!;
        var content = block.Pages[index];
        if (content is not null && block.Marks[index] > 0)
        {
            block.Marks[index]--;
            _order.Enqueue(page);
            return false;
        }

        if (content is not null)
        {
            Volatile.Write(ref block.Pages[index], null);
            _frames.Retire(content);
        }

        if (block.Dequeue(index)) return content is not null;
        _blocks[at] = null;
        _frames.Limit = LimitFor(--_blockCount);
        return content is not null;
    }

    private sealed class Block
    {
        // In the object itself, so that a lookup follows one reference less and needs no check of an array's bounds.
        public PagePlaces Pages;
        public UseMarks Marks;
        private UseMarks _isQueued;
        private int _count;

        /// <summary>False when the place is in the queue already, perhaps from a page that was let go of since.</summary>
        public bool Enqueue(int index)
        {
            if (_isQueued[index] != 0) return false;
            _isQueued[index] = 1;
            _count++;
            return true;
        }

        /// <summary>False when the block has no other place in the queue.</summary>
        public bool Dequeue(int index)
        {
            _isQueued[index] = 0;
            Marks[index] = 0;
            return --_count > 0;
        }

        // Written only when it changes, so that readers share the line. Unsynchronised: a lost mark is a chance less.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void MarkUsed(int index, int level)
        {
            if (Marks[index] == 0) Marks[index] = level == 0 ? (byte)1 : (byte)3;
        }
    }

    [InlineArray(BlockSize)]
    private struct PagePlaces
    {
        private byte[]? _first;
    }

    [InlineArray(BlockSize)]
    private struct UseMarks
    {
        private byte _first;
    }
}
