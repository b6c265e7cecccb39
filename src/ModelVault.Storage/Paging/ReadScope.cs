using System.Runtime.CompilerServices;

namespace ModelVault.Storage;

/// <summary>
/// Keeps what is read on this thread in memory: spans that a <see cref="Tree"/> returns are valid until the scope ends in
/// which they were asked for. Entering and leaving takes a nanosecond and no lock. Scopes may be nested; then the outermost counts.
/// </summary>
/// <remarks>
/// A scope is for a moment, not for a wait: while a thread stays inside, memory that the page cache lets go of is not reused,
/// and every page that is read beyond the cache's budget is kept until the scope ends. Cursors need no scope.
/// </remarks>
public readonly ref struct ReadScope : IDisposable
{
    private readonly EpochSlot? _slot;

    private ReadScope(EpochSlot slot) => _slot = slot;

    /// <summary>Enters a scope on this thread; dispose what is returned, once, to leave it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadScope Enter()
    {
        var slot = EpochSlot.OfThread;
        slot.Enter();
        return new ReadScope(slot);
    }

    /// <summary>Leaves the scope.</summary>
    /// <exception cref="InvalidOperationException">It was left more often than entered.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose() => _slot?.Exit();

    /// <summary>Throws unless this thread is inside a scope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Demand()
    {
        if (!EpochSlot.IsInScope) ThrowOutside();
    }

    private static void ThrowOutside() => throw new InvalidOperationException(
        "A span into the page cache is only valid inside a read scope: put 'using var scope = ReadScope.Enter();' around the read and the use of the span, or call Get, which returns a copy.");
}
