using System.Globalization;

namespace ModelVault.Tests.Models;

/// <summary>Sample values and their comparison.</summary>
internal static class Samples
{
    /// <summary>Changes a new object and returns it.</summary>
    public static T With<T>(this T value, Action<T> change)
        where T : class
    {
        change(value);
        return value;
    }

    /// <summary>Every member set, with the values that are easily lost.</summary>
    public static Everything Full() => new()
    {
        Id = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        Bool = true,
        Byte = 255,
        SByte = -128,
        Int16 = short.MinValue,
        UInt16 = ushort.MaxValue,
        Int32 = int.MinValue,
        UInt32 = uint.MaxValue,
        Int64 = long.MinValue,
        UInt64 = ulong.MaxValue,
        Single = float.Epsilon,
        Double = double.NaN,
        Decimal = 1.500m,
        Char = 'ß',
        String = "zero \0, pair 😀, Ω",
        Guid = Guid.AllBitsSet,
        DateTime = new DateTime(2024, 2, 29, 23, 59, 59, 999, DateTimeKind.Utc).AddTicks(7),
        DateTimeOffset = new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.FromMinutes(-330)),
        DateOnly = new DateOnly(1, 1, 1),
        TimeOnly = TimeOnly.MaxValue,
        TimeSpan = TimeSpan.MinValue,
        Color = Color.Blue,
        Access = Access.Read | Access.Admin,
        ColorNumber = Color.Green,
        Bytes = [0, 255, 0],
        MaybeBool = false,
        MaybeInt32 = 0,
        MaybeDecimal = 0.00m,
        MaybeString = "",
        MaybeGuid = Guid.Empty,
        MaybeDateTime = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
        MaybeColor = (Color)99,
        MaybeBytes = [],
        List = [1, -1, int.MaxValue],
        Array = ["a", "", "b"],
        MaybeList = [],
        ReadOnlyList = [1.5, -0d],
        Map = new Dictionary<string, int> { ["a"] = 1, [""] = 2 },
        IntMap = new Dictionary<int, string> { [-1] = "minus", [int.MaxValue] = "max" },
        MaybeMap = new Dictionary<Guid, Point> { [Guid.AllBitsSet] = new Point { X = 1, Y = 2 } },
        Publisher = new Publisher("Ace", "New York"),
        MaybePublisher = new Publisher("", null),
        Point = new Point { X = -1, Y = int.MinValue },
        MaybePoint = new Point { X = 7 },
        Publishers = [new Publisher("a", "b"), new Publisher("c", null)],
        AuthorId = new AuthorId(Guid.AllBitsSet),
        MaybeAuthorId = new AuthorId(Guid.Empty),
    };

    /// <summary>Compares member by member, collections by content and dates with kind and offset.</summary>
    public static void AssertEqual(Everything expected, Everything actual, string? except = null)
    {
        foreach (System.Reflection.PropertyInfo property in typeof(Everything).GetProperties().Where(p => p.GetMethod!.IsStatic == false && p.Name != except))
            Assert.Equal(Text(property.GetValue(expected)), Text(property.GetValue(actual)));
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string s => $"\"{s}\"",
        DateTime d => $"{d.Ticks} {d.Kind}",
        DateTimeOffset d => $"{d.Ticks} {d.Offset}",
        double d => BitConverter.DoubleToInt64Bits(d).ToString(CultureInfo.InvariantCulture),
        Point p => $"({p.X}, {p.Y})",
        System.Collections.IDictionary map => string.Join(";", map.Keys.Cast<object>().Select(k => $"{k}={Text(map[k])}").Order(StringComparer.Ordinal)),
        System.Collections.IEnumerable items => "[" + string.Join(",", items.Cast<object?>().Select(Text)) + "]",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
