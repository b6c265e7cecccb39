namespace ModelVault;

/// <summary>What a write changes among a record's entries in one index: goes over those that are removed, added, or given another value, in the order of their keys.</summary>
internal struct EntryChanges(IndexEntries before, IndexEntries after)
{
    private int _nextBefore;
    private int _nextAfter;

    /// <summary>The entries before the write.</summary>
    public readonly IndexEntries Before => before;

    /// <summary>The entries after it.</summary>
    public readonly IndexEntries After => after;

    /// <summary>Which entry it is: of those before the write if it is removed, else of those after it.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the entry is no longer there after the write.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Whether the entry was not there before it.</summary>
    public bool IsAdded { get; private set; }

    /// <summary>Moves to the next entry that changes.</summary>
    public bool MoveNext()
    {
        while (_nextBefore < before.Count || _nextAfter < after.Count)
        {
            int order = _nextBefore == before.Count ? 1 : _nextAfter == after.Count ? -1 : before.Key(_nextBefore).SequenceCompareTo(after.Key(_nextAfter));
            IsRemoved = order < 0;
            IsAdded = order > 0;
            Number = IsRemoved ? _nextBefore : _nextAfter;
            if (order <= 0) _nextBefore++;
            if (order >= 0) _nextAfter++;
            if (order != 0 || !before.Value.SequenceEqual(after.Value)) return true;
        }

        return false;
    }
}
