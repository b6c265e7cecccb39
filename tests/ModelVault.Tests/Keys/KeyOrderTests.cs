using ModelVault.Runtime;

namespace ModelVault.Tests.Keys;

/// <summary>The byte order of keys is the contract's order of values, and a component's end can be found again.</summary>
public sealed class KeyOrderTests
{
    private static readonly Random Random = new(20261121);

    [Fact]
    public void Integers_keep_their_order() => AssertOrder(FieldTypes.Int64, Int64s(), FieldKind.Int64);

    [Fact]
    public void Unsigned_integers_keep_their_order() => AssertOrder(FieldTypes.UInt64, [.. Int64s().Select(static v => (ulong)v)], FieldKind.UInt64);

    [Fact]
    public void Integers_of_128_bits_keep_their_order()
    {
        AssertOrder<Int128>(FieldTypes.Int128, [Int128.MinValue, Int128.MaxValue, 0, -1, 1, long.MinValue, (Int128)long.MinValue - 1, ulong.MaxValue, (Int128)ulong.MaxValue + 1, .. Many(static r => (Int128)Wide(r))], FieldKind.Int128);
        AssertOrder<UInt128>(FieldTypes.UInt128, [0, UInt128.MaxValue, ulong.MaxValue, (UInt128)ulong.MaxValue + 1, .. Many(Wide)], FieldKind.UInt128);
    }

    [Fact]
    public void Halves_keep_their_order_with_NaN_first() =>
        AssertOrder<Half>(FieldTypes.Half, [Half.NaN, Half.NegativeInfinity, Half.MinValue, -Half.Epsilon, Half.NegativeZero, Half.Zero, Half.Epsilon, Half.One, Half.MaxValue, Half.PositiveInfinity, .. Many(static r => (Half)(r.NextSingle() * 100 - 50))], FieldKind.Float16);

    [Fact]
    public void Versions_keep_the_order_of_CompareTo() =>
        AssertOrder(FieldTypes.Version, [new(), new(0, 0, 0), new(0, 0, 0, 0), new(1, 2), new(1, 2, 0), new(1, 2, 0, 0), new(1, 2, 0, 1), new(1, 10), new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue), .. Many(static r => new Version(r.Next(3), r.Next(3), r.Next(3)))], FieldKind.Version);

    [Fact]
    public void Uris_are_ordered_as_their_text() =>
        AssertOrder(FieldTypes.Uri, [new("a", UriKind.Relative), new("/a", UriKind.Relative), new("http://a/"), new("http://A/"), new("http://a/#x"), new("http://a/é"), new("urn:a")], FieldKind.Uri);

    [Fact]
    public void Doubles_keep_their_order_with_NaN_first() =>
        AssertOrder(FieldTypes.Double, [double.NaN, double.NegativeInfinity, double.MinValue, -1.5, -double.Epsilon, -0d, 0d, double.Epsilon, 1, 1.5, double.MaxValue, double.PositiveInfinity, .. Many(static r => (r.NextDouble() - 0.5) * Math.Pow(10, r.Next(-300, 300)))], FieldKind.Float64);

    [Fact]
    public void Singles_keep_their_order_with_NaN_first() =>
        AssertOrder(FieldTypes.Single, [float.NaN, float.NegativeInfinity, float.MinValue, -float.Epsilon, -0f, 0f, 1f, float.PositiveInfinity, .. Many(static r => (r.NextSingle() - 0.5f) * MathF.Pow(10, r.Next(-30, 30)))], FieldKind.Float32);

    [Fact]
    public void Decimals_keep_their_order_whatever_their_scale() =>
        AssertOrder(FieldTypes.Decimal,
            [0m, 0.0m, 1m, 1.0m, 1.00m, -1m, -1.000m, 10m, 0.1m, 0.09m, 99.99m, 100m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, -0.0000000000000000000000000001m, 79228162514264337593543950334m,
                .. Many(static r => new decimal(r.Next(), r.Next(), r.Next(2) == 0 ? 0 : r.Next(), r.Next(2) == 0, (byte)r.Next(29)))], FieldKind.Decimal);

    [Fact]
    public void Strings_keep_code_point_order_with_zeros_and_surrogates() =>
        AssertOrder(FieldTypes.String, ["", "\0", "\0\0", "\0a", "a", "a\0", "a\0\u0001", "a\u0001", "ab", "é", "\uffff", "\ue000", "😀", "\ud7ff", .. Many(RandomText)], FieldKind.String);

    [Fact]
    public void Byte_strings_keep_their_order() =>
        AssertOrder(FieldTypes.Bytes, [[], [0], [0, 0], [0, 1], [0, 255], [1], [255], [255, 0], .. Many(static r => { byte[] b = new byte[r.Next(6)]; r.NextBytes(b); return b; })], FieldKind.Bytes);

    [Fact]
    public void Guids_keep_the_order_of_CompareTo() =>
        AssertOrder(FieldTypes.Guid, [Guid.Empty, .. Many(static r => { byte[] b = new byte[16]; r.NextBytes(b); return new Guid(b); })], FieldKind.Uuid);

    [Fact]
    public void Dates_with_offsets_keep_the_order_of_their_instants() =>
        AssertOrder(FieldTypes.DateTimeOffset, [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, .. Many(static r => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(r.Next(-840, 840))).AddTicks(r.Next()))], FieldKind.TimestampTz);

    [Fact]
    public void An_unpaired_surrogate_is_refused_as_a_key()
    {
        VaultValidationException error = Assert.Throws<VaultValidationException>(static () =>
        {
            KeyWriter key = new(stackalloc byte[16]);
            key.WriteString("a\ud800b");
        });

        Assert.Equal("Utf8", Assert.Single(error.Violations).Rule);
    }

    private static void AssertOrder<T>(FieldType<T> type, IReadOnlyList<T> values, FieldKind kind)
    {
        byte[][] keys = [.. values.Select(v => KeyOf(type, v))];
        FieldTypeSchema schema = new() { Kind = kind };
        for (int i = 0; i < values.Count; i++)
        {
            Assert.Equal(keys[i].Length, KeyTranscoder.LengthOf(schema, [.. keys[i], 0xab, 0xcd]));
            for (int j = 0; j < values.Count; j++)
            {
                int expected = Math.Sign(type.Compare(values[i], values[j]));
                int found = Math.Sign(keys[i].AsSpan().SequenceCompareTo(keys[j]));
                Assert.True(expected == found, $"{values[i]} against {values[j]}: values {expected}, keys {found}");
            }
        }
    }

    private static byte[] KeyOf<T>(FieldType<T> type, T value)
    {
        KeyWriter key = new(stackalloc byte[8]);
        type.WriteKey(ref key, value);
        byte[] bytes = key.Written.ToArray();
        key.Dispose();
        return bytes;
    }

    private static List<long> Int64s() => [0, 1, -1, long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, 127, 128, 255, 256, .. Many(static r => r.NextInt64(long.MinValue, long.MaxValue))];

    private static IEnumerable<T> Many<T>(Func<Random, T> make) => Enumerable.Range(0, 200).Select(_ => make(Random));

    private static UInt128 Wide(Random random) => new(random.Next(2) == 0 ? 0 : (ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64(long.MinValue, long.MaxValue));

    private static string RandomText(Random random)
    {
        string[] parts = ["\0", "a", "b", "\u0001", "\u00ff", "\ud7ff", "\ue000", "\uffff", "😀", "𐀀"];
        return string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
