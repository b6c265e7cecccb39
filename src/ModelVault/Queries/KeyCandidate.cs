using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The primary key or an index, held against one query's conditions: which it answers, by which intervals.</summary>
internal sealed class KeyCandidate
{
    private readonly IReadOnlyList<ResolvedField> _components;
    private readonly List<IFieldCondition> _served = [];

    public KeyCandidate(IndexLayout? index, IReadOnlyList<ResolvedField> components, IReadOnlyList<string> paths, IReadOnlyList<IFieldCondition> conditions, IReadOnlyList<ConditionShape> shapes)
    {
        Index = index;
        Paths = paths;
        _components = components;
        Match = IndexMatcher.Match(paths, shapes);
        Choose(conditions, shapes);
    }

    /// <summary>The index, or null for the primary key.</summary>
    public IndexLayout? Index { get; }

    /// <summary>The components' dotted paths.</summary>
    public IReadOnlyList<string> Paths { get; }

    public IndexMatch Match { get; }

    /// <summary>The conditions that the intervals answer exactly.</summary>
    public IReadOnlyList<IFieldCondition> Served => _served;

    /// <summary>Whether every component is fixed.</summary>
    public bool IsFull => Match.Equalities == _components.Count;

    /// <summary>Whether at most one record per interval can be there.</summary>
    public bool IsSingle => (IsFull || (Match.Equalities == _components.Count - 1 && Match.Last == ConditionClass.Values))
        && (Index is null || (Index.Schema.IsUnique && _served.TrueForAll(static c => c.Operator != FilterOperator.IsNull && !c.IncludesNull)));

    /// <summary>The intervals, ascending and apart.</summary>
    public List<KeyRange> Ranges()
    {
        KeyWriter key = new(stackalloc byte[256]);
        try
        {
            for (int i = 0; i < Match.Equalities; i++) WriteEquality(_served[i], ref key);
            return Match.Last switch
            {
                ConditionClass.Values => ValueRanges(_served[^1], ref key),
                ConditionClass.Range => Interval(ref key),
                _ => [KeyRange.Prefix(key.Written)],
            };
        }
        finally
        {
            key.Dispose();
        }
    }

    private bool HasTags => Index is not null;

    private void Choose(IReadOnlyList<IFieldCondition> conditions, IReadOnlyList<ConditionShape> shapes)
    {
        for (int i = 0; i < Match.Equalities; i++) _served.Add(conditions[IndexOf(shapes, Paths[i], ConditionClass.Equality)]);
        if (Match.Last == ConditionClass.Values)
        {
            _served.Add(conditions[IndexOf(shapes, Paths[Match.Equalities], ConditionClass.Values)]);
        }
        else if (Match.Last == ConditionClass.Range)
        {
            for (int i = 0; i < shapes.Count; i++)
                if (shapes[i].Class == ConditionClass.Range && shapes[i].Path == Paths[Match.Equalities]) _served.Add(conditions[i]);
        }
    }

    private static int IndexOf(IReadOnlyList<ConditionShape> shapes, string path, ConditionClass conditionClass)
    {
        int i = 0;
        while (shapes[i].Class != conditionClass || shapes[i].Path != path) i++;
        return i;
    }

    private void WriteEquality(IFieldCondition condition, ref KeyWriter key)
    {
        bool present = condition.Operator != FilterOperator.IsNull;
        if (HasTags) key.WriteTag(present);
        if (present) condition.WriteKey(ref key, 0);
    }

    private List<KeyRange> ValueRanges(IFieldCondition condition, ref KeyWriter key)
    {
        List<KeyRange> ranges = [];
        int prefix = key.Length;
        if (condition.IncludesNull && HasTags)
        {
            key.WriteTag(present: false);
            ranges.Add(KeyRange.Prefix(key.Written));
        }

        for (int i = 0; i < condition.ValueCount; i++)
        {
            key.Truncate(prefix);
            if (HasTags) key.WriteTag(present: true);
            condition.WriteKey(ref key, i);
            ranges.Add(KeyRange.Prefix(key.Written));
        }

        return ranges;
    }

    // The intersection of all intervals on the component behind the equalities.
    private List<KeyRange> Interval(ref KeyWriter key)
    {
        if (HasTags) key.WriteTag(present: true);
        int prefix = key.Length;
        byte[] start = FirstOrdered(ref key, prefix);
        byte[]? end = KeyRange.After(key.Written[..prefix]);
        for (int i = Match.Equalities; i < _served.Count; i++)
        {
            key.Truncate(prefix);
            _served[i].WriteKey(ref key, 0);
            Narrow(_served[i].Operator, key.Written, ref start, ref end);
        }

        KeyRange range = new(start, end);
        return range.IsEmpty ? [] : [range];
    }

    private static void Narrow(FilterOperator op, ReadOnlySpan<byte> key, ref byte[] start, ref byte[]? end)
    {
        if (op is FilterOperator.GreaterOrEqual or FilterOperator.StartsWith) Raise(ref start, key);
        if (op is FilterOperator.Greater) Raise(ref start, KeyRange.After(key) ?? start);
        if (op is FilterOperator.Less) Lower(ref end, key);
        if (op is FilterOperator.LessOrEqual or FilterOperator.StartsWith) Lower(ref end, KeyRange.After(key));
    }

    private static void Raise(ref byte[] start, ReadOnlySpan<byte> key)
    {
        if (key.SequenceCompareTo(start) > 0) start = key.ToArray();
    }

    private static void Lower(ref byte[]? end, ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty && (end is null || key.SequenceCompareTo(end) < 0)) end = key.ToArray();
    }

    // NaN sorts first but is in no interval: its key is all zeros, so the first number's is at least one more.
    private byte[] FirstOrdered(ref KeyWriter key, int prefix)
    {
        int zeros = _components[Match.Equalities].Type.Kind switch
        {
            FieldKind.Float32 => 4,
            FieldKind.Float64 => 8,
            _ => 0,
        };
        for (int i = 0; i < zeros; i++) key.WriteBoolean(i == zeros - 1);
        byte[] first = key.Written.ToArray();
        key.Truncate(prefix);
        return first;
    }
}
