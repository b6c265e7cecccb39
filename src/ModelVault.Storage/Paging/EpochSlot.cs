using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelVault.Storage;

/// <summary>
/// What one thread says of the scope it is in. Only that thread writes here, with plain stores; who recycles frames reads it
/// after a barrier that all threads of the process take part in, so that entering and leaving a scope need none.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 192)] // alone on its cache lines, wherever it stands
internal sealed class EpochSlot
{
    [ThreadStatic]
    private static EpochSlot? t_slot;

    /// <summary>The epoch in which the thread entered its outermost scope; 0 outside of any.</summary>
    [FieldOffset(64)]
    private long _epoch;

    [FieldOffset(72)]
    private int _depth;

    [FieldOffset(80)]
    private List<(FramePool Pool, byte[] Frame)>? _borrowed;

    /// <summary>The slot of the calling thread.</summary>
    public static EpochSlot OfThread
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_slot ?? Register();
    }

    /// <summary>Whether the calling thread is inside a scope.</summary>
    public static bool IsInScope
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_slot is { _depth: > 0 };
    }

    /// <summary>The epoch in which the thread entered; 0 when it is in no scope.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (_depth++ > 0) return;
        var current = Epochs.Current;
        Interleaving.Point();
        Volatile.Write(ref _epoch, current);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        if (--_depth > 0) return;
        Interleaving.Point();
        if (_borrowed is not null || _depth < 0) LeaveSpecially();
        Volatile.Write(ref _epoch, 0);
    }

    /// <summary>Keeps a frame that nobody else knows for this thread until its scope ends.</summary>
    public void Borrow(FramePool pool, byte[] frame) => (_borrowed ??= []).Add((pool, frame));

    /// <summary>Gives borrowed frames back: at the end of the scope, or of the thread.</summary>
    public void ReturnBorrowed()
    {
        if (_borrowed is not { } borrowed) return;
        _borrowed = null;
        foreach (var (pool, frame) in borrowed) pool.Release(frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveSpecially()
    {
        if (_depth < 0)
        {
            _depth = 0;
            throw new InvalidOperationException("The read scope has ended already: each one is to be disposed once.");
        }

        ReturnBorrowed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EpochSlot Register()
    {
        var slot = new EpochSlot();
        Epochs.Register(slot, Thread.CurrentThread);
        return t_slot = slot;
    }
}
