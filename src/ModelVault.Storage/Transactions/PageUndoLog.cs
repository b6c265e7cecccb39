using System.Buffers;

namespace ModelVault.Storage;

/// <summary>
/// What a transaction has done to its own pages since its oldest savepoint, in order. Pages are edited in place, so the first
/// edit of one after a savepoint keeps what it was before. Without a savepoint nothing is kept.
/// </summary>
internal sealed class PageUndoLog
{
    /// <summary>What was done.</summary>
    public enum Kind : byte
    {
        Created,
        Edited,
        Freed,
        OverflowStored,
        OverflowFreed,
        SpilledFreed,
        SpilledOverflowFreed,
    }

    /// <summary>One thing that was done, and what was there before.</summary>
    public readonly record struct Step(Kind Kind, long Page, byte[]? Content, int SavedAt);

    private readonly List<Step> _steps = [];

    // The savepoint (by its serial) after which a page was last made or kept; later ones have higher serials.
    private readonly Dictionary<long, int> _savedAt = [];
    private int _newest;

    /// <summary>Whether there is a savepoint.</summary>
    public bool IsActive => _newest > 0;

    /// <summary>From here on what is done is kept for this savepoint.</summary>
    /// <returns>The place in the log to go back to.</returns>
    public int Begin(int savepoint)
    {
        _newest = savepoint;
        return _steps.Count;
    }

    public void Created(long page)
    {
        if (IsActive) _steps.Add(new Step(Kind.Created, page, null, Mark(page)));
    }

    /// <summary>A page is about to be edited.</summary>
    public void Editing(byte[] page)
    {
        if (!IsActive) return;
        var number = NodePage.PageNumber(page);
        if (_savedAt.TryGetValue(number, out var savedAt) && savedAt >= _newest) return;
        var kept = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        page.AsSpan(0, FileLayout.PageSize).CopyTo(kept);
        _steps.Add(new Step(Kind.Edited, number, kept, Mark(number)));
    }

    /// <summary>A page is given back. Its frame is kept as it is, so nobody may write to it any more.</summary>
    public void Freed(long number, byte[] page)
    {
        if (IsActive) _steps.Add(new Step(Kind.Freed, number, page, 0));
    }

    public void OverflowStored(long start)
    {
        if (IsActive) _steps.Add(new Step(Kind.OverflowStored, start, null, 0));
    }

    /// <summary>A page that was written ahead is given back. It stays as it is on the storage, to which nothing is written while there is a savepoint.</summary>
    public void SpilledFreed(long number)
    {
        if (IsActive) _steps.Add(new Step(Kind.SpilledFreed, number, null, 0));
    }

    /// <summary>The same with a value.</summary>
    public void SpilledOverflowFreed(long start)
    {
        if (IsActive) _steps.Add(new Step(Kind.SpilledOverflowFreed, start, null, 0));
    }

    public void OverflowFreed(long start, byte[] content)
    {
        if (IsActive) _steps.Add(new Step(Kind.OverflowFreed, start, content, 0));
    }

    /// <summary>Takes back what was done since a savepoint, which remains.</summary>
    public void RollBackTo(int savepoint, int place, TransactionPages pages)
    {
        for (var i = _steps.Count - 1; i >= place; i--)
        {
            var step = _steps[i];
            pages.Undo(step);
            if (step.Kind is Kind.Created or Kind.Edited) _savedAt[step.Page] = step.SavedAt;
            if (step.Kind == Kind.Edited) ArrayPool<byte>.Shared.Return(step.Content!);
        }

        _steps.RemoveRange(place, _steps.Count - place);
        _newest = savepoint;
    }

    /// <summary>What was done stays. An older savepoint (0: none) is the newest from here on.</summary>
    public void Release(int older, FramePool frames)
    {
        _newest = older;
        if (older > 0) return;
        foreach (var step in _steps)
        {
            if (step.Kind == Kind.Edited) ArrayPool<byte>.Shared.Return(step.Content!);
            else if (step.Kind == Kind.Freed) frames.Retire(step.Content!);
        }

        _steps.Clear();
        _savedAt.Clear();
    }

    private int Mark(long page)
    {
        _savedAt.TryGetValue(page, out var before);
        _savedAt[page] = _newest;
        return before;
    }
}
