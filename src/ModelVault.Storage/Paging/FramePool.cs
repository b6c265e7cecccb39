using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ModelVault.Storage;

/// <summary>
/// The memory for pages, and behind each for what makes it fast to look into (<see cref="LeafFingerprints"/>): arrays on the
/// pinned heap, which the garbage collector neither moves nor has to look into, used again and again. Page after page given to
/// the collector instead costs a collection of its oldest generations every few thousand.
/// </summary>
/// <remarks>
/// A frame that others may still read is retired, and free once every scope has ended in which it could be seen. Free frames
/// are kept while the pool is within its limit; what a big transaction needed beyond it goes to the collector afterwards.
/// </remarks>
internal sealed class FramePool
{
    /// <summary>What a frame takes: its bytes, the array's header, its places in the cache's table and queue and in this pool.</summary>
    public const int FrameCost = FrameSize + 64;

    private const int FrameSize = FileLayout.PageSize + LeafFingerprints.Size;

    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _free = new();
    private readonly Queue<byte[]> _retired = new();
    private readonly Queue<(long Epoch, int Count)> _batches = new(); // the older part of the retired frames
    private int _unbatched; // the younger part
    private int _total;
    private int _limit;

    public FramePool(int limit) => _limit = limit;

    /// <summary>Frames that exist: in use, retired and free.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>Frames that wait for scopes to end.</summary>
    public int RetiredCount
    {
        get
        {
            lock (_gate) return _retired.Count;
        }
    }

    /// <summary>How many frames there may be. A few of them are held back for readers that cannot wait for others' scopes to end.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, value);
    }

    /// <summary>How many frames are evicted and reclaimed at a time, so that they share the price of a barrier.</summary>
    public int BatchSize => Math.Clamp(Limit / 16, 1, 32);

    /// <summary>Whether the pool has grown as far as it should, so that more frames have to come from eviction.</summary>
    public bool IsFull => Total >= SoftLimit - BatchSize;

    // Frames that are not free, under the gate.
    private int InUse => _total - _free.Count;

    private int SoftLimit => Limit - Math.Clamp(Limit / 6, 2, 256);

    /// <summary>Whether it is time to evict, because few frames are free and no more should be made.</summary>
    public bool IsLow
    {
        get
        {
            lock (_gate) return InUse > SoftLimit - ((BatchSize + 1) / 2);
        }
    }

    /// <summary>Whether frames that were held back are in use.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return InUse > SoftLimit;
        }
    }

    /// <summary>How many frames should be evicted now: none while many wait already for scopes to end, all that are too many.</summary>
    public int EvictionsDue
    {
        get
        {
            lock (_gate)
            {
                var excess = InUse - SoftLimit - _retired.Count;
                return Math.Max(excess, _retired.Count < 3 * BatchSize ? BatchSize : 0);
            }
        }
    }

    /// <summary>A frame that is not one of those held back; false when there is none. Its content is anything.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? frame)
    {
        lock (_gate)
        {
            frame = null;
            if (InUse >= SoftLimit) return false;
            if (!_free.TryPop(out frame)) _total++;
        }

        frame = Clean(frame ?? Make());
        return true;
    }

    /// <summary>A frame in any case: one of those held back or, when they are all in use, one beyond the limit.</summary>
    public byte[] Take()
    {
        byte[]? frame;
        lock (_gate)
        {
            if (!_free.TryPop(out frame)) _total++;
        }

        return Clean(frame ?? Make());
    }

    /// <summary>Takes a frame back that nobody else has seen.</summary>
    public void Release(byte[] frame)
    {
        lock (_gate) Free(frame);
    }

    /// <summary>Takes a frame back that has just been unlinked and that others may still read.</summary>
    public void Retire(byte[] frame)
    {
        lock (_gate)
        {
            _retired.Enqueue(frame);
            _unbatched++;
        }
    }

    /// <summary>Frees the retired frames that nobody can see any more.</summary>
    public void Reclaim()
    {
        lock (_gate)
        {
            if (_unbatched > 0)
            {
                _batches.Enqueue((Epochs.Advance(), _unbatched));
                _unbatched = 0;
            }

            if (_batches.Count == 0) return;
        }

        Interleaving.Point();
        var oldest = Epochs.OldestActive();
        Interleaving.Point();
        lock (_gate)
        {
            while (_batches.TryPeek(out var batch) && batch.Epoch < oldest)
            {
                _batches.Dequeue();
                for (var i = 0; i < batch.Count; i++) Free(_retired.Dequeue());
            }
        }
    }

    private void Free(byte[] frame)
    {
        Poison(frame);
        if (_total > Limit) _total--;
        else _free.Push(frame);
    }

    // Who still reads it shall notice.
    [Conditional("DEBUG")]
    private static void Poison(byte[] frame) => frame.AsSpan().Fill(0xDB);

    private static byte[] Make() => GC.AllocateUninitializedArray<byte>(FrameSize, pinned: true);

    private static byte[] Clean(byte[] frame)
    {
        LeafFingerprints.Forget(frame);
        return frame;
    }
}
