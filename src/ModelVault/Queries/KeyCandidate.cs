using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The primary key or an index, held against one query's conditions: which it answers, by which intervals.</summary>
internal readonly struct KeyCandidate
{
    private readonly CollectionLayout _layout;
    private readonly Conjunction _conditions;

    public KeyCandidate(CollectionLayout layout, IndexLayout? index, Conjunction conditions)
    {
        _layout = layout;
        _conditions = conditions;
        Index = index;
        Match = conditions.Shapes.Length == 0 ? default : IndexMatcher.Match(Paths, conditions.Shapes);
    }

    /// <summary>The index, or null for the primary key.</summary>
    public IndexLayout? Index { get; }

    public IndexMatch Match { get; }

    /// <summary>The components' dotted paths.</summary>
    public string[] Paths => Index?.Paths ?? _layout.KeyPaths;

    /// <summary>The primary key's dotted paths.</summary>
    public string[] KeyPaths => _layout.KeyPaths;

    /// <summary>Whether every component is fixed, the last one perhaps to one of several values.</summary>
    public bool IsLookup => Match.Equalities == Paths.Length || (Match.Equalities == Paths.Length - 1 && Match.Last == ConditionClass.Values);

    /// <summary>Whether at most one record per interval can be there.</summary>
    public bool IsSingle => IsLookup
        && (Index is null || (Index.Schema.IsUnique && Served().TrueForAll(static c => c.Operator != FilterOperator.IsNull && !c.IncludesNull)));

    private ResolvedField Component(int position) => Index is null ? _layout.Key[position] : Index.Components[position].Field;

    private bool HasTags => Index is not null;

    /// <summary>The conditions that the intervals answer exactly: those of the fixed components, then those on the one behind them.</summary>
    public List<IFieldCondition> Served()
    {
        if (!Match.IsServed) return [];
        List<IFieldCondition> served = new(Match.Equalities + 1);
        for (int i = 0; i < Match.Equalities; i++) served.Add(_conditions.First(Paths[i], ConditionClass.Equality));
        if (Match.Last == ConditionClass.Values) served.Add(_conditions.First(Paths[Match.Equalities], ConditionClass.Values));
        else if (Match.Last == ConditionClass.Range) _conditions.AddRanges(Paths[Match.Equalities], served);
        return served;
    }

    /// <summary>The intervals, ascending and apart.</summary>
    public KeyRange[] Ranges(List<IFieldCondition> served)
    {
        // Nothing in the primary key is null.
        if (!HasTags && served.Exists(static c => c.Operator == FilterOperator.IsNull)) return [];
        KeyWriter key = new(stackalloc byte[256]);
        try
        {
            for (int i = 0; i < Match.Equalities; i++) WriteEquality(served[i], ref key);
            return Match.Last switch
            {
                ConditionClass.Values => ValueRanges(served[^1], ref key),
                ConditionClass.Range => Interval(served, ref key),
                _ => [KeyRange.Prefix(key.Written)],
            };
        }
        finally
        {
            key.Dispose();
        }
    }

    private void WriteEquality(IFieldCondition condition, ref KeyWriter key)
    {
        bool present = condition.Operator != FilterOperator.IsNull;
        if (HasTags) key.WriteTag(present);
        if (present) condition.WriteKey(ref key, 0);
    }

    private KeyRange[] ValueRanges(IFieldCondition condition, ref KeyWriter key)
    {
        List<KeyRange> ranges = new(condition.ValueCount + 1);
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

        return [.. ranges];
    }

    // The intersection of all intervals on the component behind the equalities.
    private KeyRange[] Interval(List<IFieldCondition> served, ref KeyWriter key)
    {
        if (HasTags) key.WriteTag(present: true);
        int prefix = key.Length;
        byte[] start = FirstOrdered(ref key, prefix);
        byte[]? end = KeyRange.After(key.Written[..prefix]);
        for (int i = Match.Equalities; i < served.Count; i++)
        {
            key.Truncate(prefix);
            served[i].WriteKey(ref key, 0);
            Narrow(served[i].Operator, key.Written, ref start, ref end);
        }

        KeyRange range = new(start, end);
        return range.IsEmpty ? [] : [range];
    }

    private static void Narrow(FilterOperator op, ReadOnlySpan<byte> key, ref byte[] start, ref byte[]? end)
    {
        if (op is FilterOperator.GreaterOrEqual or FilterOperator.StartsWith) Raise(ref start, key);
        if (op is FilterOperator.Greater)
        {
            // Behind a key of nothing but 0xFF, such as the greatest integer's, there is none.
            if (KeyRange.After(key) is { } after) Raise(ref start, after);
            else end = [];
        }

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
        int zeros = Component(Match.Equalities).Type.Kind switch
        {
            FieldKind.Float16 or FieldKind.Float32 => 4,
            FieldKind.Float64 => 8,
            _ => 0,
        };
        for (int i = 0; i < zeros; i++) key.WriteBoolean(i == zeros - 1);
        byte[] first = key.Written.ToArray();
        key.Truncate(prefix);
        return first;
    }
}
