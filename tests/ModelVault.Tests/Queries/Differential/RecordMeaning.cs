namespace ModelVault.Tests.Queries.Differential;

/// <summary>The contract's comparisons of values without a model, stated anew on what a record holds.</summary>
internal static class RecordMeaning
{
    /// <summary>Whether a value meets a condition that the dynamic API writes as text.</summary>
    public static bool Meets(string operation, object? found, object? value, StringComparison comparison = StringComparison.Ordinal)
    {
        switch (operation)
        {
            case "is_null": return found is null;
            case "is_not_null": return found is not null;
            case "in": return ((IEnumerable<object?>)value!).Any(v => AreEqual(found, v));
            case "not_in": return !((IEnumerable<object?>)value!).Any(v => AreEqual(found, v));
            case "between": return value is (object from, object to) && Meets(">=", found, from) && Meets("<=", found, to);
            case "starts_with": return found is string starting && starting.StartsWith((string)value!, comparison);
            case "ends_with": return found is string ending && ending.EndsWith((string)value!, comparison);
            case "contains": return found is string holding && holding.Contains((string)value!, comparison);
        }

        bool areEqual = comparison == StringComparison.OrdinalIgnoreCase ? string.Equals((string?)found, (string?)value, comparison) : AreEqual(found, value);
        if (operation == "==") return areEqual;
        if (operation == "!=") return !areEqual;
        if (found is null || value is null || IsNaN(found) || IsNaN(value)) return false;
        int order = Order(found, value);
        return operation switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    /// <summary>Null first.</summary>
    public static int Compare(object? left, object? right) => left is null || right is null ? (left is null ? 0 : 1) - (right is null ? 0 : 1) : Order(left, right);

    private static bool AreEqual(object? left, object? right) => Compare(left, right) == 0;

    private static bool IsNaN(object value) => value is double.NaN or float.NaN || (value is Half h && Half.IsNaN(h));

    private static int Order(object left, object right) => (left, right) switch
    {
        (byte[] l, byte[] r) => l.AsSpan().SequenceCompareTo(r),
        (DateTime l, DateTime r) => Ticks(l).CompareTo(Ticks(r)),
        (Uri l, Uri r) => RowConditions.Order(l.OriginalString, r.OriginalString),
        (long l, string r) => l.CompareTo(CaseOf(r)),
        (string l, long r) => CaseOf(l).CompareTo(r),
        (string l, string r) when IsCase(l) && IsCase(r) => CaseOf(l).CompareTo(CaseOf(r)),
        (string l, string r) => RowConditions.Order(l, r),
        _ => Comparer<object>.Default.Compare(left, right),
    };

    private static long Ticks(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime().Ticks : time.Ticks;

    // The names of random enums; no random text is one of them.
    private static bool IsCase(string text) => text is "One" or "Two" or "Minus";

    private static long CaseOf(string name) => name switch { "One" => 1, "Two" => 2, _ => -1 };
}
