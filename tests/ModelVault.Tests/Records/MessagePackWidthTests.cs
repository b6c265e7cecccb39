using System.Buffers.Binary;
using System.Text;
using ModelVault.Runtime;

namespace ModelVault.Tests.Records;

/// <summary>Forms that others write: wider than need be, or of a type that holds the same value. What would lose something is refused.</summary>
public sealed class MessagePackWidthTests
{
    private delegate T Read<out T>(ref MessagePackReader reader);

    public static TheoryData<long> Integers =>
        [0, 1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, long.MaxValue, -1, -32, -33, -128, -129, -32768, -32769, int.MinValue, int.MinValue - 1L, long.MinValue];

    [Theory]
    [MemberData(nameof(Integers))]
    public void An_integer_is_read_from_every_width_that_holds_it(long value)
    {
        IReadOnlyList<byte[]> forms = FormsOf(value);

        Assert.NotEmpty(forms);
        foreach (byte[] form in forms)
        {
            Assert.Equal(value, Value(form, static (ref MessagePackReader r) => r.ReadInt64()));
            Assert.Equal(value, Value(form, static (ref MessagePackReader r) => r.ReadInt128()));
            Assert.Equal(value, Value(form, static (ref MessagePackReader r) => r.ReadTimeSpan()).Ticks);
            if (value >= 0) Assert.Equal((ulong)value, Value(form, static (ref MessagePackReader r) => r.ReadUInt64()));
            else AssertDamaged(form, static (ref MessagePackReader r) => r.ReadUInt64());
            if (value >= 0) Assert.Equal((UInt128)value, Value(form, static (ref MessagePackReader r) => r.ReadUInt128()));
            else AssertDamaged(form, static (ref MessagePackReader r) => r.ReadUInt128());
        }
    }

    [Theory]
    [InlineData("byte", 0, 255)]
    [InlineData("s_byte", -128, 127)]
    [InlineData("int16", short.MinValue, short.MaxValue)]
    [InlineData("u_int16", 0, ushort.MaxValue)]
    [InlineData("int32", int.MinValue, int.MaxValue)]
    [InlineData("u_int32", 0, uint.MaxValue)]
    [InlineData("char", 0, char.MaxValue)]
    [InlineData("date_only", 0, 3_652_058)]
    [InlineData("time_only", 0, 863_999_999_999)]
    [InlineData("access", 0, 255)]
    [InlineData("color", int.MinValue, int.MaxValue)]
    [InlineData("color_number", int.MinValue, int.MaxValue)]
    public void A_narrow_member_takes_its_range_from_every_width_and_nothing_beyond_it(string field, long least, long most)
    {
        StoredSample sample = StoredSample.OfEverything;
        foreach (byte[] form in FormsOf(least).Concat(FormsOf(most))) sample.Read(sample.With(sample[field], form));
        foreach (byte[] form in FormsOf(least - 1).Concat(FormsOf(most + 1)).Concat(FormsOf(long.MaxValue)).Concat(FormsOf(long.MinValue)))
            Assert.Throws<VaultCorruptionException>(() => sample.Read(sample.With(sample[field], form)));
    }

    [Fact]
    public void An_unsigned_integer_beyond_the_signed_ones_is_refused_where_a_signed_one_is_stored()
    {
        foreach (ulong value in (ulong[])[(ulong)long.MaxValue + 1, ulong.MaxValue])
        {
            byte[] form = [0xcf, .. BigEndian(value)];
            Assert.Equal(value, Value(form, static (ref MessagePackReader r) => r.ReadUInt64()));
            Assert.Equal((Int128)value, Value(form, static (ref MessagePackReader r) => r.ReadInt128()));
            Assert.Equal((UInt128)value, Value(form, static (ref MessagePackReader r) => r.ReadUInt128()));
            AssertDamaged(form, static (ref MessagePackReader r) => r.ReadInt64());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0d)]
    [InlineData(1.5)]
    [InlineData(-65504)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_each_float_holds_is_read_into_each_from_both_widths(double value)
    {
        foreach (byte[] form in (byte[][])[[0xca, .. BigEndian((float)value)], [0xcb, .. BigEndian(value)]])
        {
            AssertSame(value, Value(form, static (ref MessagePackReader r) => r.ReadDouble()));
            AssertSame(value, Value(form, static (ref MessagePackReader r) => r.ReadSingle()));
            AssertSame(value, (double)Value(form, static (ref MessagePackReader r) => r.ReadHalf()));
        }
    }

    [Theory]
    [InlineData(0.1, false, false)]
    [InlineData(16_777_217, false, false)]
    [InlineData(1e300, false, false)]
    [InlineData(double.Epsilon, false, false)]
    [InlineData(1e-45f, true, false)]
    [InlineData(65_505, true, false)]
    [InlineData(0.1f, true, false)]
    [InlineData(65_504, true, true)]
    public void A_number_that_a_narrower_float_would_round_is_refused_there(double value, bool fitsSingle, bool fitsHalf)
    {
        byte[] form = [0xcb, .. BigEndian(value)];
        Assert.Equal(fitsSingle, Fits(form, static (ref MessagePackReader r) => r.ReadSingle()));
        Assert.Equal(fitsHalf, Fits(form, static (ref MessagePackReader r) => r.ReadHalf()));
    }

    [Theory]
    [InlineData(5, true, true, true)]
    [InlineData(-33, true, true, true)]
    [InlineData(2_049, true, true, false)]
    [InlineData(16_777_217, true, false, false)]
    [InlineData(1L << 53, true, true, false)]
    [InlineData((1L << 53) + 1, false, false, false)]
    [InlineData(long.MinValue, true, true, false)]
    [InlineData(long.MaxValue, false, false, false)]
    public void An_integer_is_read_as_the_float_that_equals_it(long value, bool fitsDouble, bool fitsSingle, bool fitsHalf)
    {
        foreach (byte[] form in FormsOf(value))
        {
            Assert.Equal(fitsDouble, Fits(form, static (ref MessagePackReader r) => r.ReadDouble()));
            Assert.Equal(fitsSingle, Fits(form, static (ref MessagePackReader r) => r.ReadSingle()));
            Assert.Equal(fitsHalf, Fits(form, static (ref MessagePackReader r) => r.ReadHalf()));
            if (fitsDouble) Assert.Equal(value, (long)Value(form, static (ref MessagePackReader r) => r.ReadDouble()));
        }

        Assert.Equal(9_223_372_036_854_775_808d, Value([0xcf, 0x80, 0, 0, 0, 0, 0, 0, 0], static (ref MessagePackReader r) => r.ReadDouble()));
        AssertDamaged([0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], static (ref MessagePackReader r) => r.ReadDouble());
    }

    [Fact]
    public void Text_and_bytes_are_read_from_headers_wider_than_need_be()
    {
        foreach (byte[] header in (byte[][])[[0xa2], [0xd9, 2], [0xda, 0, 2], [0xdb, 0, 0, 0, 2]])
            Assert.Equal("é", Value([.. header, 0xc3, 0xa9], static (ref MessagePackReader r) => r.ReadString()));
        foreach (byte[] header in (byte[][])[[0xc4, 2], [0xc5, 0, 2], [0xc6, 0, 0, 0, 2]])
            Assert.Equal([0xff, 0x00], Value([.. header, 0xff, 0x00], static (ref MessagePackReader r) => r.ReadBytes()));
        foreach (byte[] header in (byte[][])[[0x91], [0xdc, 0, 1], [0xdd, 0, 0, 0, 1]])
            Assert.Equal(1, Value([.. header, 0x00], static (ref MessagePackReader r) => r.BeginList()));
        foreach (byte[] header in (byte[][])[[0x81], [0xde, 0, 1], [0xdf, 0, 0, 0, 1]])
            Assert.Equal(1, Value([.. header, 0x00, 0x00], static (ref MessagePackReader r) => r.BeginMap()));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("C328")]
    [InlineData("C080")]
    [InlineData("E28281E282")]
    [InlineData("EDA080")]
    [InlineData("EDA080EDB080")]
    [InlineData("F4908080")]
    [InlineData("FF")]
    public void Text_that_is_no_UTF_8_is_refused_rather_than_repaired(string hex)
    {
        byte[] text = Convert.FromHexString(hex);
        foreach (string prefix in (string[])["", "some text that is longer than a vector of bytes, so that every path is taken "])
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes(prefix), .. text];
            byte[] form = [0xd9, (byte)bytes.Length, .. bytes];
            AssertDamaged(form, static (ref MessagePackReader r) => r.ReadString());
            AssertDamaged(form, static (ref MessagePackReader r) => r.ReadMapKeyString());
            AssertDamaged(form, static (ref MessagePackReader r) => r.ReadUri());
            AssertDamaged(form, static (ref MessagePackReader r) => r.ReadVersion());
            StoredSample sample = StoredSample.OfEverything;
            byte[] changed = sample.With(sample["string"], form);
            Assert.Throws<VaultCorruptionException>(() => sample.Read(changed));
            Assert.Throws<VaultCorruptionException>(() => sample.ReadDynamic(changed));
            Assert.Throws<VaultCorruptionException>(() => sample.WriteJson(changed));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(uint.MaxValue, 0)]
    [InlineData(1, 100)]
    [InlineData((1L << 34) - 1, 999_999_900)]
    [InlineData(1L << 34, 0)]
    [InlineData(-1, 999_999_900)]
    [InlineData(-62_135_596_800, 0)]
    [InlineData(253_402_300_799, 999_999_900)]
    public void An_instant_is_read_from_every_timestamp_and_header_that_holds_it(long seconds, int nanoseconds)
    {
        DateTime expected = DateTime.UnixEpoch.AddTicks(seconds * TimeSpan.TicksPerSecond + nanoseconds / 100);
        List<byte[]> forms = [[.. BigEndian((uint)nanoseconds), .. BigEndian((ulong)seconds)]];
        if (seconds >= 0 && seconds < 1L << 34) forms.Add(BigEndian((ulong)nanoseconds << 34 | (ulong)seconds));
        if (seconds is >= 0 and <= uint.MaxValue && nanoseconds == 0) forms.Add(BigEndian((uint)seconds));
        foreach (byte[] data in forms)
        {
            foreach (byte[] form in Extensions(-1, data))
            {
                DateTime value = Value(form, static (ref MessagePackReader r) => r.ReadDateTime());
                Assert.Equal((expected.Ticks, DateTimeKind.Utc), (value.Ticks, value.Kind));
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 99)]
    [InlineData(0, 999_999_999)]
    [InlineData(0, 1_000_000_000)]
    [InlineData(0, 0x3fff_fffc)]
    public void A_timestamp_of_64_bits_that_no_DateTime_equals_is_refused(long seconds, uint nanoseconds) =>
        Assert.All(Extensions(-1, BigEndian((ulong)nanoseconds << 34 | (ulong)seconds)), static form => AssertDamaged(form, static (ref MessagePackReader r) => r.ReadDateTime()));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 1_000_000_000)]
    [InlineData(0, uint.MaxValue)]
    [InlineData(-62_135_596_801, 999_999_900)]
    [InlineData(253_402_300_800, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, 0)]
    public void A_timestamp_of_96_bits_that_no_DateTime_equals_is_refused(long seconds, uint nanoseconds) =>
        Assert.All(Extensions(-1, [.. BigEndian(nanoseconds), .. BigEndian((ulong)seconds)]), static form => AssertDamaged(form, static (ref MessagePackReader r) => r.ReadDateTime()));

    [Fact]
    public void Our_own_extensions_are_read_from_every_header_and_refused_outside_their_range()
    {
        byte[] max = BigEndian((ulong)DateTime.MaxValue.Ticks);
        foreach (byte[] form in Extensions(1, max)) Assert.Equal(DateTime.MaxValue.Ticks, Value(form, static (ref MessagePackReader r) => r.ReadDateTime()).Ticks);
        foreach (ulong ticks in (ulong[])[(ulong)DateTime.MaxValue.Ticks + 1, long.MaxValue, ulong.MaxValue])
        {
            foreach (byte[] form in Extensions(1, BigEndian(ticks)).Concat(Extensions(2, BigEndian(ticks)))) AssertDamaged(form, static (ref MessagePackReader r) => r.ReadDateTime());
            foreach (byte[] form in Extensions(3, [.. BigEndian(ticks), 0, 0])) AssertDamaged(form, static (ref MessagePackReader r) => r.ReadDateTimeOffset());
        }

        foreach (byte[] form in Extensions(3, [.. BigEndian(0UL), 0, 60])) Assert.Equal(TimeSpan.FromHours(1), Value(form, static (ref MessagePackReader r) => r.ReadDateTimeOffset()).Offset);
        foreach (byte[] offset in (byte[][])[[0x03, 0x49], [0xfc, 0xb7], [0x7f, 0xff], [0x80, 0x00], [0xff, 0xff]])
            foreach (byte[] form in Extensions(3, [.. BigEndian(0UL), .. offset])) AssertDamaged(form, static (ref MessagePackReader r) => r.ReadDateTimeOffset());

        byte[] one = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        foreach (byte[] form in Extensions(4, [0x80, 0x1c, 0, 0, .. one])) Assert.Equal(-1e-28m, Value(form, static (ref MessagePackReader r) => r.ReadDecimal()));
        foreach (byte[] flags in (byte[][])[[0, 0x1d, 0, 0], [0, 0xff, 0, 0], [0x40, 0, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
            foreach (byte[] form in Extensions(4, [.. flags, .. one])) AssertDamaged(form, static (ref MessagePackReader r) => r.ReadDecimal());
    }

    [Fact]
    public void Integers_of_128_bits_are_read_from_16_bytes_of_every_header()
    {
        byte[] bytes = Enumerable.Repeat((byte)0xff, 16).ToArray();
        foreach (byte[] header in (byte[][])[[0xc4, 16], [0xc5, 0, 16], [0xc6, 0, 0, 0, 16]])
        {
            Assert.Equal(Int128.NegativeOne, Value([.. header, .. bytes], static (ref MessagePackReader r) => r.ReadInt128()));
            Assert.Equal(UInt128.MaxValue, Value([.. header, .. bytes], static (ref MessagePackReader r) => r.ReadUInt128()));
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("01.2")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.-2")]
    [InlineData(" 1.2")]
    [InlineData("1.2147483648")]
    public void Text_that_is_no_version_is_refused(string text) => AssertDamaged([(byte)(0xa0 | text.Length), .. Encoding.UTF8.GetBytes(text)], static (ref MessagePackReader r) => r.ReadVersion());

    [Fact]
    public void Text_that_is_no_URI_is_refused() => AssertDamaged([0xa7, .. "http://"u8], static (ref MessagePackReader r) => r.ReadUri());

    // The value in each width of the published format that holds it.
    private static IReadOnlyList<byte[]> FormsOf(long value)
    {
        List<byte[]> forms = [];
        if (value is >= -32 and <= 127) forms.Add([unchecked((byte)value)]);
        if (value is >= 0 and <= byte.MaxValue) forms.Add([0xcc, (byte)value]);
        if (value is >= 0 and <= ushort.MaxValue) forms.Add([0xcd, .. BigEndian((ulong)value)[6..]]);
        if (value is >= 0 and <= uint.MaxValue) forms.Add([0xce, .. BigEndian((ulong)value)[4..]]);
        if (value >= 0) forms.Add([0xcf, .. BigEndian((ulong)value)]);
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue) forms.Add([0xd0, .. BigEndian((ulong)value)[7..]]);
        if (value is >= short.MinValue and <= short.MaxValue) forms.Add([0xd1, .. BigEndian((ulong)value)[6..]]);
        if (value is >= int.MinValue and <= int.MaxValue) forms.Add([0xd2, .. BigEndian((ulong)value)[4..]]);
        forms.Add([0xd3, .. BigEndian((ulong)value)]);
        return forms;
    }

    private static IEnumerable<byte[]> Extensions(sbyte type, byte[] data)
    {
        byte code = unchecked((byte)type);
        int length = data.Length;
        if (length is 1 or 2 or 4 or 8 or 16) yield return [(byte)(0xd4 + int.Log2(length)), code, .. data];
        yield return [0xc7, (byte)length, code, .. data];
        yield return [0xc8, 0, (byte)length, code, .. data];
        yield return [0xc9, 0, 0, 0, (byte)length, code, .. data];
    }

    private static byte[] BigEndian(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(uint value) => BigEndian((ulong)value)[4..];

    private static byte[] BigEndian(double value) => BigEndian(BitConverter.DoubleToUInt64Bits(value));

    private static byte[] BigEndian(float value) => BigEndian(BitConverter.SingleToUInt32Bits(value));

    private static void AssertSame(double expected, double actual) =>
        Assert.True(expected.Equals(actual) && double.IsNegative(expected) == double.IsNegative(actual), $"{expected}: {actual}");

    private static T Value<T>(byte[] bytes, Read<T> read)
    {
        MessagePackReader reader = new(bytes);
        return read(ref reader);
    }

    private static bool Fits<T>(byte[] bytes, Read<T> read)
    {
        try
        {
            Value(bytes, read);
            return true;
        }
        catch (VaultCorruptionException)
        {
            return false;
        }
    }

    private static void AssertDamaged<T>(byte[] bytes, Read<T> read) => Assert.Throws<VaultCorruptionException>(() => { Value(bytes, read); });
}
