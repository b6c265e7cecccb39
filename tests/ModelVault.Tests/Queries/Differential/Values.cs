using ModelVault.Tests.Types;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>A few values of a type, taken for records and for conditions alike so that they meet, and what comparing them means by the contract.</summary>
internal sealed class Values<T>(T[] all, Comparison<T> compare, Func<T, bool>? isUnordered = null, IEqualityComparer<T>? equality = null)
{
    private readonly bool _isOddlyEqual = equality is not null;

    /// <summary>What <c>Distinct</c> takes for equal: what the type does.</summary>
    public IEqualityComparer<T> Equality { get; } = equality ?? EqualityComparer<T>.Default;

    public IComparer<T> Order { get; } = Comparer<T>.Create(compare);

    public T Next(Random random) => all[random.Next(all.Length)];

    public T[] Some(Random random, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => Next(random))];

    /// <summary>In the contract's order, NaN first.</summary>
    public int Compare(T left, T right) => compare(left, right);

    public bool AreEqual(T left, T right) => compare(left, right) == 0;

    /// <summary>Less by <c>&lt;</c>: never of NaN.</summary>
    public bool IsLess(T left, T right) => IsOrdered(left, right) && compare(left, right) < 0;

    public bool IsLessOrEqual(T left, T right) => IsOrdered(left, right) && compare(left, right) <= 0;

    /// <summary>Whether two are the same to the last bit.</summary>
    public bool AreSame(T? left, T? right) => (left is null || right is null)
        ? left is null && right is null
        : !_isOddlyEqual && typeof(T).IsPrimitive && left is not (double or float) ? EqualityComparer<T>.Default.Equals(left, right) : Exact.Text(left) == Exact.Text(right);

    private bool IsOrdered(T left, T right) => isUnordered is null || (!isUnordered(left) && !isUnordered(right));
}

/// <summary>The values of the models' fields.</summary>
internal static class Values
{
    /// <summary>Texts that case folding, encodings and prefixes can get wrong.</summary>
    public static Values<string> Text { get; } = new(
        ["", "a", "A", "ab", "Ab", "AB", "abc", "b", "B", "é", "É", "e\u0301", "ß", "i", "İ", "ı", "\0", "a\0", "a\0b", "ÿ", "\ue000", "😀", "\U00010400", "\U00010428"], RowConditions.Order);

    public static Values<string> Word { get; } = new(["a", "A", "aa", "aB", "b", "bb", ""], RowConditions.Order);

    public static Values<int> Small { get; } = Of([.. Enumerable.Range(-3, 10)], static (l, r) => l.CompareTo(r));

    public static Values<long> SmallInt64 { get; } = Of([.. Enumerable.Range(-3, 10).Select(static i => (long)i)], static (l, r) => l.CompareTo(r));

    public static Values<int> Count { get; } = Of([0, 1, 2, 3, 5], static (l, r) => l.CompareTo(r));

    /// <summary>Of which every sum is exact, in whatever order it is made.</summary>
    public static Values<double> Quarters { get; } = Of([.. Enumerable.Range(-4, 9).Select(static i => i / 4d)], static (l, r) => l.CompareTo(r));

    public static Values<decimal> Amount { get; } = Of([-1m, 0m, 0.00m, 0.1m, 1m, 1.0m, 1.50m, 2m, 10m], static (l, r) => l.CompareTo(r));

    public static Values<bool> Bool { get; } = Of([false, true], static (l, r) => l.CompareTo(r));

    /// <summary>The edges of a type and some values between them.</summary>
    public static Values<T> Of<T>(TypeValues<T> values, IEqualityComparer<T>? equality = null) => new(values.Some(), values.Compare, values.IsUnordered, equality);

    public static Values<T> Of<T>(T[] all, Comparison<T> compare) => new(all, compare);

    public static T? NextOrNull<T>(this Values<T> values, Random random) where T : struct => random.Next(4) == 0 ? null : values.Next(random);

    public static T? NextOrNothing<T>(this Values<T> values, Random random) where T : class => random.Next(4) == 0 ? null : values.Next(random);
}
