namespace ModelVault.Storage;

/// <summary>The end of an <see cref="ExtentList"/> at some moment.</summary>
internal readonly record struct ExtentMark(int Count, long LastLength);

/// <summary>Runs of pages in the order they were added; neighbours added one after the other become one run.</summary>
internal sealed class ExtentList
{
    private readonly List<Extent> _runs = [];

    public int Count => _runs.Count;

    public void Add(Extent run)
    {
        if (_runs.Count > 0 && _runs[^1].End == run.Start) _runs[^1] = _runs[^1] with { Length = _runs[^1].Length + run.Length };
        else _runs.Add(run);
    }

    /// <summary>Takes the first page of the run added last.</summary>
    public bool TryTake(out long page)
    {
        page = 0;
        if (_runs.Count == 0) return false;
        var last = _runs[^1];
        page = last.Start;
        if (last.Length == 1) _runs.RemoveAt(_runs.Count - 1);
        else _runs[^1] = new Extent(page + 1, last.Length - 1);
        return true;
    }

    public void Clear() => _runs.Clear();

    /// <summary>Where the list ends now, to go back to.</summary>
    public ExtentMark End => new(_runs.Count, _runs.Count == 0 ? 0 : _runs[^1].Length);

    /// <summary>Takes out what was added since, of a list from which nothing else was taken.</summary>
    public List<Extent> TakeSince(ExtentMark mark)
    {
        var since = new List<Extent>();
        if (mark.Count > 0 && _runs[mark.Count - 1] is var last && last.Length > mark.LastLength)
        {
            since.Add(new Extent(last.Start + mark.LastLength, last.Length - mark.LastLength));
            _runs[mark.Count - 1] = last with { Length = mark.LastLength };
        }

        since.AddRange(_runs[mark.Count..]);
        _runs.RemoveRange(mark.Count, _runs.Count - mark.Count);
        return since;
    }

    /// <summary>The runs in ascending order, neighbours joined.</summary>
    public List<Extent> ToSorted()
    {
        var sorted = new List<Extent>(_runs);
        sorted.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var joined = 0;
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[joined].End == sorted[i].Start) sorted[joined] = sorted[joined] with { Length = sorted[joined].Length + sorted[i].Length };
            else sorted[++joined] = sorted[i];
        }

        if (sorted.Count > 0) sorted.RemoveRange(joined + 1, sorted.Count - joined - 1);
        return sorted;
    }

    /// <summary>What is left of ascending runs when other ascending runs, which lie inside them, are taken out.</summary>
    public static List<Extent> Subtract(List<Extent> runs, List<Extent> taken)
    {
        var rest = new List<Extent>(runs.Count);
        var next = 0;
        foreach (var run in runs)
        {
            var start = run.Start;
            for (; next < taken.Count && taken[next].Start < run.End; next++)
            {
                if (taken[next].Start > start) rest.Add(new Extent(start, taken[next].Start - start));
                start = taken[next].End;
            }

            if (start < run.End) rest.Add(new Extent(start, run.End - start));
        }

        return rest;
    }
}
