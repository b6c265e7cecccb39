using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Writes the conditions that a key serves as intervals of it.</summary>
internal readonly ref struct KeyIntervals(CollectionLayout layout, IndexLayout? index, IndexMatch match, Conjunction conditions)
{
    private KeyPart[] Parts => index?.Parts ?? layout.KeyParts;

    private bool HasTags => index is not null;

    /// <summary>The intervals, ascending and apart.</summary>
    public KeyRange[] ToRanges()
    {
        KeyWriter key = new(stackalloc byte[256]);
        try
        {
            for (int i = 0; i < match.Equalities; i++)
            {
                IFieldCondition condition = conditions.Condition(Position(i, ConditionClass.Equality));

                // Nothing in the primary key is null.
                if (!HasTags && condition.Operator == FilterOperator.IsNull) return [];
                WriteEquality(i, condition, ref key);
            }

            return match.Last switch
            {
                ConditionClass.Values => Values(ref key),
                ConditionClass.Range => Interval(ref key),
                _ => [KeyRange.Prefix(key.Written)],
            };
        }
        finally
        {
            key.Dispose();
        }
    }

    private int Position(int component, ConditionClass conditionClass, int from = 0) => conditions.IndexOf(Parts[component], conditionClass, match.Item, from);

    private bool Descends(int component) => index is not null && index.Components[component].IsDescending;

    private void WriteEquality(int component, IFieldCondition condition, ref KeyWriter key)
    {
        int start = key.Length;
        bool present = condition.Operator != FilterOperator.IsNull;
        if (HasTags) key.WriteTag(present);
        if (present) condition.WriteKey(ref key, 0);
        if (Descends(component)) key.Complement(start);
    }

    private KeyRange[] Values(ref KeyWriter key)
    {
        int component = match.Equalities, prefix = key.Length, next = 0;
        IFieldCondition condition = conditions.Condition(Position(component, ConditionClass.Values));
        bool descends = Descends(component), includesNull = condition.IncludesNull && HasTags;
        KeyRange[] ranges = new KeyRange[condition.ValueCount + (includesNull ? 1 : 0)];
        if (includesNull)
        {
            key.WriteTag(present: false);
            if (descends) key.Complement(prefix);
            ranges[next++] = KeyRange.Prefix(key.Written);
        }

        for (int i = 0; i < condition.ValueCount; i++)
        {
            key.Truncate(prefix);
            if (HasTags) key.WriteTag(present: true);
            condition.WriteKey(ref key, i);
            if (descends) key.Complement(prefix);
            ranges[next++] = KeyRange.Prefix(key.Written);
        }

        if (descends) Array.Reverse(ranges);
        return ranges;
    }

    // The intersection of all intervals on the component behind the equalities.
    private KeyRange[] Interval(ref KeyWriter key)
    {
        int component = match.Equalities, before = key.Length;
        if (HasTags) key.WriteTag(present: true);
        int prefix = key.Length;
        byte[]? start = null;
        byte[]? end = KeyRange.After(key.Written);
        for (int i = Position(component, ConditionClass.Range); i >= 0; i = Position(component, ConditionClass.Range, i + 1))
        {
            key.Truncate(prefix);
            IFieldCondition condition = conditions.Condition(i);
            if (condition.Operator == FilterOperator.IsNotNull) continue;
            condition.WriteKey(ref key, 0);
            Narrow(condition.Operator, key.Written, ref start, ref end);
        }

        // An interval that begins at a value is behind NaN and null anyhow.
        key.Truncate(prefix);
        start ??= IsOrdered(component) ? FirstOrdered(component, ref key) : key.Written.ToArray();
        KeyRange range = new(start, end);
        if (range.IsEmpty) return [];
        if (Descends(component)) range = range.Complemented(before);
        return [range];
    }

    private static void Narrow(FilterOperator op, ReadOnlySpan<byte> key, ref byte[]? start, ref byte[]? end)
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

    private static void Raise(ref byte[]? start, ReadOnlySpan<byte> key)
    {
        if (start is null || key.SequenceCompareTo(start) > 0) start = key.ToArray();
    }

    private static void Lower(ref byte[]? end, ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty && (end is null || key.SequenceCompareTo(end) < 0)) end = key.ToArray();
    }

    // That there is a value is the one thing asked of an interval that NaN meets.
    private bool IsOrdered(int component)
    {
        for (int i = Position(component, ConditionClass.Range); i >= 0; i = Position(component, ConditionClass.Range, i + 1))
            if (conditions.Condition(i).Operator != FilterOperator.IsNotNull) return true;
        return false;
    }

    // NaN sorts first but is in no interval: its key is all zeros, so the first number's is at least one more.
    private byte[] FirstOrdered(int component, ref KeyWriter key)
    {
        int prefix = key.Length;
        FieldTypeSchema type = index is null ? layout.Key[component].Type : index.Components[component].Field.Type;
        int zeros = type.Kind switch
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
