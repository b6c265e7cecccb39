using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Types;

/// <summary>Values of a type, and the contract's order of them, written down a second time.</summary>
/// <param name="edges">Values that are easily lost or mistaken for each other.</param>
/// <param name="make">Makes any value of 16 bytes.</param>
internal sealed class TypeValues<T>(T[] edges, Func<byte[], T> make)
{
    public Comparison<T> Compare { get; init; } = Comparer<T>.Default.Compare;

    public Func<T, bool> IsUnordered { get; init; } = static _ => false;

    public Gen<T> Any => Gen.OneOf(Gen.Elements(edges), Gen.Choose(0, 255).Select(static i => (byte)i).ArrayOf(16).Select(make));

    /// <summary>The edges and some more, the same ones each time.</summary>
    public T[] Some()
    {
        Random random = new(20261121);
        byte[] bytes = new byte[16];
        return [.. edges, .. Enumerable.Range(0, 10).Select(_ =>
        {
            random.NextBytes(bytes);
            return make([.. bytes]);
        })];
    }
}

/// <summary>The values of every type.</summary>
internal static class TypeValues
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    public static TypeValues<bool> Bool { get; } = new([false, true], static b => b[0] > 127);

    public static TypeValues<sbyte> SByte { get; } = new([0, -1, sbyte.MinValue, sbyte.MaxValue], static b => (sbyte)b[0]);

    public static TypeValues<byte> Byte { get; } = new([0, 127, 128, 255], static b => b[0]);

    public static TypeValues<short> Int16 { get; } = new([0, -1, short.MinValue, short.MaxValue], static b => BitConverter.ToInt16(b));

    public static TypeValues<ushort> UInt16 { get; } = new([0, 255, 256, ushort.MaxValue], static b => BitConverter.ToUInt16(b));

    public static TypeValues<int> Int32 { get; } = new([0, -1, -32, -33, int.MinValue, int.MaxValue], static b => BitConverter.ToInt32(b));

    public static TypeValues<uint> UInt32 { get; } = new([0, 65535, 65536, uint.MaxValue], static b => BitConverter.ToUInt32(b));

    public static TypeValues<long> Int64 { get; } = new([0, -1, long.MinValue, long.MaxValue, int.MinValue, 1L << 32], static b => BitConverter.ToInt64(b));

    public static TypeValues<ulong> UInt64 { get; } = new([0, long.MaxValue, 1UL << 63, ulong.MaxValue], static b => BitConverter.ToUInt64(b));

    public static TypeValues<Int128> Int128 { get; } = new(
        [0, -1, 1, System.Int128.MinValue, System.Int128.MaxValue, long.MinValue, (Int128)long.MinValue - 1, ulong.MaxValue, (Int128)ulong.MaxValue + 1], static b => BinaryPrimitives.ReadInt128BigEndian(b));

    public static TypeValues<UInt128> UInt128 { get; } = new([0, 1, System.UInt128.MaxValue, ulong.MaxValue, (UInt128)ulong.MaxValue + 1], static b => BinaryPrimitives.ReadUInt128BigEndian(b));

    public static TypeValues<Half> Half { get; } = new(
        [System.Half.NaN, System.Half.NegativeInfinity, System.Half.MinValue, -System.Half.Epsilon, System.Half.NegativeZero, System.Half.Zero, System.Half.Epsilon, System.Half.MaxValue, System.Half.PositiveInfinity],
        static b => BitConverter.ToHalf(b)) { IsUnordered = System.Half.IsNaN };

    public static TypeValues<float> Single { get; } = new(
        [float.NaN, float.NegativeInfinity, float.MinValue, -float.Epsilon, -0f, 0f, float.Epsilon, 1.5f, float.MaxValue, float.PositiveInfinity], static b => BitConverter.ToSingle(b)) { IsUnordered = float.IsNaN };

    public static TypeValues<double> Double { get; } = new(
        [double.NaN, double.NegativeInfinity, double.MinValue, -double.Epsilon, -0d, 0d, double.Epsilon, 0.1, double.MaxValue, double.PositiveInfinity], static b => BitConverter.ToDouble(b)) { IsUnordered = double.IsNaN };

    public static TypeValues<decimal> Decimal { get; } = new(
        [0m, 0.00m, -0.0m, 1m, 1.0m, 1.00m, -1.000m, 0.1m, 10m, decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m], MakeDecimal);

    public static TypeValues<char> Char { get; } = new(['\0', 'i', 'I', 'İ', 'ı', 'ß', '\ud800', '\uffff'], static b => (char)BitConverter.ToUInt16(b));

    public static TypeValues<string> String { get; } = new(
        ["", "\0", "a", "A", "i", "I", "İ", "ı", "ß", "ss", "a\0", "a\0b", "é", "e\u0301", "\u200d", "\ud7ff", "\ue000", "\uffff", "😀", "٣", "-1", new string('x', 300)], MakeText) { Compare = CompareText };

    public static TypeValues<Guid> Guid { get; } = new([System.Guid.Empty, System.Guid.AllBitsSet, new("00112233-4455-6677-8899-aabbccddeeff"), new("80000000-0000-0000-0000-000000000000")], static b => new Guid(b));

    public static TypeValues<DateTime> DateTime { get; } = new(
        [Noon, System.DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified), Noon.ToLocalTime(), Noon.AddTicks(1), System.DateTime.MinValue, System.DateTime.MaxValue, System.DateTime.UnixEpoch, System.DateTime.UnixEpoch.AddTicks(-1)],
        MakeDateTime) { Compare = static (a, b) => Instant(a).CompareTo(Instant(b)) };

    public static TypeValues<DateTimeOffset> DateTimeOffset { get; } = new(
        [new(Noon), new(2024, 2, 29, 14, 0, 0, System.TimeSpan.FromHours(2)), new(2024, 2, 29, 6, 30, 0, System.TimeSpan.FromMinutes(-330)), System.DateTimeOffset.MinValue, System.DateTimeOffset.MaxValue],
        static b => new DateTimeOffset(2 + b[0] * 39, 1 + b[1] % 12, 1 + b[2] % 28, b[3] % 24, b[4] % 60, b[5] % 60, System.TimeSpan.FromMinutes(b[6] * 6 - 765)));

    public static TypeValues<DateOnly> DateOnly { get; } = new([System.DateOnly.MinValue, System.DateOnly.MaxValue, new(2024, 2, 29)], static b => System.DateOnly.FromDayNumber((int)(BitConverter.ToUInt32(b) % System.DateOnly.MaxValue.DayNumber)));

    public static TypeValues<TimeOnly> TimeOnly { get; } = new([System.TimeOnly.MinValue, System.TimeOnly.MaxValue, new(12, 0)], static b => new TimeOnly((long)(BitConverter.ToUInt64(b) % (ulong)System.TimeOnly.MaxValue.Ticks)));

    public static TypeValues<TimeSpan> TimeSpan { get; } = new([System.TimeSpan.Zero, System.TimeSpan.MinValue, System.TimeSpan.MaxValue, System.TimeSpan.FromTicks(-1)], static b => System.TimeSpan.FromTicks(BitConverter.ToInt64(b)));

    public static TypeValues<Color> Color { get; } = new([Models.Color.Red, Models.Color.Green, Models.Color.Blue, (Color)99, (Color)int.MinValue], static b => (Color)(sbyte)b[0]);

    public static TypeValues<Access> Access { get; } = new([Models.Access.None, Models.Access.Read | Models.Access.Write, Models.Access.Admin, (Access)255], static b => (Access)b[0]);

    public static TypeValues<byte[]> Bytes { get; } = new([[], [0], [0, 0], [0, 255], [1], [255]], static b => b[..(b[15] % 16)]) { Compare = static (a, b) => a.AsSpan().SequenceCompareTo(b) };

    public static TypeValues<ReadOnlyMemory<byte>> Memory { get; } = new(
        [default, new byte[] { 0 }, new byte[] { 0, 255 }, new byte[] { 9, 1, 9 }.AsMemory(1, 1)], static b => b.AsMemory(0, b[15] % 16)) { Compare = static (a, b) => a.Span.SequenceCompareTo(b.Span) };

    public static TypeValues<Uri> Uri { get; } = new(
        [new("http://example.com/"), new("HTTP://EXAMPLE.com"), new("http://example.com/#a"), new("http://user@example.com/%7Ea?q=é"), new("urn:isbn:0439023483"), new("mailto:a@b.c"), new("file:///tmp/x"), new(@"C:\dir\file"),
            new("", UriKind.Relative), new("/a", UriKind.Relative), new("//host/a", UriKind.Relative), new("a b", UriKind.Relative), new("?q", UriKind.Relative), new("#f", UriKind.Relative), new("../ü", UriKind.Relative)],
        static b => b[0] < 128 ? new Uri($"http://h{b[1] % 4}.example/{b[2]:x}") : new Uri($"p{b[1] % 4}/{b[2]:X}", UriKind.Relative)) { Compare = static (a, b) => CompareText(a.OriginalString, b.OriginalString) };

    public static TypeValues<Version> Version { get; } = new(
        [new(), new(0, 0, 0), new(0, 0, 0, 0), new(1, 2), new(1, 2, 0), new(1, 2, 0, 0), new(1, 10), new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)],
        static b => (b[0] % 3) switch { 0 => new Version(b[1], b[2]), 1 => new Version(b[1] % 3, b[2] % 3, b[3]), _ => new Version(b[1] % 3, b[2] % 3, b[3] % 3, BitConverter.ToUInt16(b, 4)) });

    public static TypeValues<AuthorId> GuidId { get; } = new([new(System.Guid.Empty), new(System.Guid.AllBitsSet)], static b => new AuthorId(new Guid(b))) { Compare = static (a, b) => a.Value.CompareTo(b.Value) };

    public static TypeValues<Label> Label { get; } = new([new(""), new("i"), new("I"), new("\uffff"), new("😀")], static b => new Label(MakeText(b))) { Compare = static (a, b) => CompareText(a.Text, b.Text) };

    public static TypeValues<Money> Money { get; } = new([new(0m), new(0.00m), new(-1m), new(1.50m), new(decimal.MaxValue)], static b => new Money(MakeDecimal(b))) { Compare = static (a, b) => a.Amount.CompareTo(b.Amount) };

    public static TypeValues<Code> Code { get; } = new([new('A', 0), new('A', 9), new('A', 10), new('a', 1), new('İ', 1)], static b => new Code((char)('A' + b[0] % 26), BitConverter.ToUInt16(b, 1)))
    {
        Compare = static (a, b) => a.Letter != b.Letter ? a.Letter.CompareTo(b.Letter) : a.Number.CompareTo(b.Number),
    };

    private static decimal MakeDecimal(byte[] b) => new(BitConverter.ToInt32(b), BitConverter.ToInt32(b, 4), b[8], b[12] > 127, (byte)(b[13] % 29));

    // A local time that the machine's zone skips is no instant: it would come back as the one that it is taken for.
    private static DateTime MakeDateTime(byte[] b)
    {
        DateTime any = new((long)(BitConverter.ToUInt64(b) % (ulong)System.DateTime.MaxValue.Ticks), (DateTimeKind)(b[8] % 3));
        return TimeZoneInfo.Local.IsInvalidTime(any) ? any.ToUniversalTime().ToLocalTime() : any;
    }

    private static string MakeText(byte[] b)
    {
        string[] parts = ["\0", "a", "B", "i", "İ", "é", "\ud7ff", "\ue000", "\uffff", "😀", "𐀀"];
        return string.Concat(b.Take(b[15] % 8).Select(i => parts[i % parts.Length]));
    }

    private static int CompareText(string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));

    private static long Instant(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks;
}
