using ModelVault.Runtime;

namespace ModelVault.Tests.Records;

public sealed class MessagePackTests
{
    private delegate void Write(ref MessagePackWriter writer);

    private delegate T Read<out T>(ref MessagePackReader reader);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "CC80")]
    [InlineData(255, "CCFF")]
    [InlineData(256, "CD0100")]
    [InlineData(65536, "CE00010000")]
    [InlineData(4294967296, "CF0000000100000000")]
    [InlineData(-1, "FF")]
    [InlineData(-32, "E0")]
    [InlineData(-33, "D0DF")]
    [InlineData(-129, "D1FF7F")]
    [InlineData(-32769, "D2FFFF7FFF")]
    [InlineData(-2147483649, "D3FFFFFFFF7FFFFFFF")]
    public void Integers_take_the_shortest_form_of_the_published_format(long value, string hex)
    {
        byte[] bytes = Written((ref MessagePackWriter w) => w.WriteInt64(value));

        Assert.Equal(hex, Convert.ToHexString(bytes));
        Assert.Equal(value, new MessagePackReader(bytes).ReadInt64());
    }

    [Theory]
    [InlineData("CC05", 5)]
    [InlineData("CD0005", 5)]
    [InlineData("CE00000005", 5)]
    [InlineData("CF0000000000000005", 5)]
    [InlineData("D005", 5)]
    [InlineData("D3FFFFFFFFFFFFFFFB", -5)]
    public void Integers_are_read_from_any_width(string hex, long expected) =>
        Assert.Equal(expected, new MessagePackReader(Convert.FromHexString(hex)).ReadInt64());

    [Fact]
    public void Short_strings_come_back_whatever_character_stands_where()
    {
        for (int length = 0; length <= 40; length++)
        {
            string plain = string.Concat(Enumerable.Range(0, length).Select(static i => (char)(' ' + (2 * i))));
            AssertComesBack(plain);
            for (int i = 0; i < length; i++)
            {
                foreach (string other in (string[])["\0", "\u007f", "\u0080", "ÿ", "漢", "😀"]) AssertComesBack(plain[..i] + other + plain[(i + 1)..]);
            }
        }

        static void AssertComesBack(string text) =>
            Assert.Equal(text, RoundTrip((ref MessagePackWriter w) => w.WriteString(text), static (ref MessagePackReader r) => r.ReadString()));
    }

    [Fact]
    public void Short_strings_that_are_no_utf_8_are_damage_wherever_it_is()
    {
        for (int length = 1; length <= 40; length++)
        {
            for (int i = 0; i < length; i++)
            {
                byte[] stored = [0xd9, (byte)length, .. Enumerable.Repeat((byte)'x', length)];
                stored[2 + i] = 0xff;
                Assert.Throws<VaultCorruptionException>(() => new MessagePackReader(stored).ReadString());
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Strings_of_every_header_width_come_back(int length)
    {
        foreach (string unit in (string[])["x", "é", "漢", "😀"])
        {
            string text = string.Concat(Enumerable.Repeat(unit, length));
            Assert.Equal(text, RoundTrip((ref MessagePackWriter w) => w.WriteString(text), static (ref MessagePackReader r) => r.ReadString()));
        }
    }

    [Fact]
    public void Every_scalar_keeps_its_full_value()
    {
        foreach (decimal value in (decimal[])[0m, 0.00m, -1.50m, decimal.MaxValue, decimal.MinValue, 1e-28m])
        {
            decimal back = RoundTrip((ref MessagePackWriter w) => w.WriteDecimal(value), static (ref MessagePackReader r) => r.ReadDecimal());
            Assert.Equal(decimal.GetBits(value), decimal.GetBits(back));
        }

        foreach (double value in (double[])[0, -0d, double.NaN, double.Epsilon, double.NegativeInfinity])
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(RoundTrip((ref MessagePackWriter w) => w.WriteDouble(value), static (ref MessagePackReader r) => r.ReadDouble())));

        Guid guid = Guid.NewGuid();
        Assert.Equal(guid, RoundTrip((ref MessagePackWriter w) => w.WriteGuid(guid), static (ref MessagePackReader r) => r.ReadGuid()));
        Assert.Equal(TimeSpan.MinValue, RoundTrip(static (ref MessagePackWriter w) => w.WriteTimeSpan(TimeSpan.MinValue), static (ref MessagePackReader r) => r.ReadTimeSpan()));
        Assert.Equal(DateOnly.MaxValue, RoundTrip(static (ref MessagePackWriter w) => w.WriteDateOnly(DateOnly.MaxValue), static (ref MessagePackReader r) => r.ReadDateOnly()));
        Assert.Equal(TimeOnly.MaxValue, RoundTrip(static (ref MessagePackWriter w) => w.WriteTimeOnly(TimeOnly.MaxValue), static (ref MessagePackReader r) => r.ReadTimeOnly()));
    }

    [Fact]
    public void Dates_keep_their_kind_and_their_ticks()
    {
        long[] ticks = [0, 1, DateTime.UnixEpoch.Ticks - 1, DateTime.UnixEpoch.Ticks, DateTime.UnixEpoch.Ticks + 1, new DateTime(2500, 1, 1).Ticks, DateTime.MaxValue.Ticks];
        foreach (long t in ticks)
        {
            foreach (DateTimeKind kind in (DateTimeKind[])[DateTimeKind.Utc, DateTimeKind.Unspecified])
            {
                DateTime value = new(t, kind);
                DateTime back = RoundTrip((ref MessagePackWriter w) => w.WriteDateTime(value), static (ref MessagePackReader r) => r.ReadDateTime());
                Assert.Equal((value.Ticks, value.Kind), (back.Ticks, back.Kind));
            }
        }

        DateTime local = new(2024, 6, 1, 12, 0, 0, DateTimeKind.Local);
        DateTime localBack = RoundTrip((ref MessagePackWriter w) => w.WriteDateTime(local), static (ref MessagePackReader r) => r.ReadDateTime());
        Assert.Equal((local.Ticks, local.Kind), (localBack.Ticks, localBack.Kind));

        foreach (int minutes in (int[])[-840, -1, 0, 90, 840])
        {
            DateTimeOffset value = new(2024, 6, 1, 12, 0, 0, TimeSpan.FromMinutes(minutes));
            DateTimeOffset back = RoundTrip((ref MessagePackWriter w) => w.WriteDateTimeOffset(value), static (ref MessagePackReader r) => r.ReadDateTimeOffset());
            Assert.Equal((value.Ticks, value.Offset), (back.Ticks, back.Offset));
        }
    }

    [Fact]
    public void Local_times_come_back_as_the_instants_they_are_taken_for_those_that_the_zone_skips_too()
    {
        for (DateTime local = new(2024, 1, 1, 0, 30, 0, DateTimeKind.Local); local.Year == 2024; local = local.AddHours(1))
        {
            DateTime written = local;
            DateTime back = RoundTrip((ref MessagePackWriter w) => w.WriteDateTime(written), static (ref MessagePackReader r) => r.ReadDateTime());
            Assert.Equal((local.ToUniversalTime(), DateTimeKind.Local), (back.ToUniversalTime(), back.Kind));
            if (!TimeZoneInfo.Local.IsInvalidTime(local)) Assert.Equal(local.Ticks, back.Ticks);
        }
    }

    [Fact]
    public void Nesting_without_end_is_refused_on_both_sides()
    {
        Assert.Throws<VaultValidationException>(static () =>
        {
            MessagePackWriter writer = new(new byte[16]);
            for (int i = 0; i < 1000; i++) writer.BeginObject(1);
        });
        Assert.Throws<VaultCorruptionException>(static () =>
        {
            MessagePackReader reader = new(Enumerable.Repeat((byte)0x91, 1000).ToArray());
            for (int i = 0; i < 1000; i++) reader.BeginObject();
        });
    }

    [Theory]
    [InlineData("DDFFFFFFFF")]
    [InlineData("DFFFFFFFFF")]
    [InlineData("DBFFFFFFFF")]
    [InlineData("C6FFFFFFFF")]
    [InlineData("C9FFFFFFFF01")]
    [InlineData("C1")]
    [InlineData("")]
    public void Length_bombs_and_unknown_codes_end_in_a_corruption_error(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.Throws<VaultCorruptionException>(() => new MessagePackReader(bytes).Skip());
        Assert.Throws<VaultCorruptionException>(() => new MessagePackReader(bytes).BeginList());
        Assert.Throws<VaultCorruptionException>(() => new MessagePackReader(bytes).ReadString());
    }

    [Fact]
    public void Several_values_are_passed_as_one_by_one()
    {
        Random random = new(11);
        int passed = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            // Else hardly any would get past more than one value.
            for (int at = 0; at < bytes.Length; at++)
                if (random.Next(3) > 0) bytes[at] = Codes[random.Next(Codes.Length)];
            int count = random.Next(6), wanted = Passed(bytes, count, static (ref MessagePackReader reader, int n) =>
            {
                for (; n > 0; n--) reader.Skip();
            });
            Assert.Equal(wanted, Passed(bytes, count, static (ref MessagePackReader reader, int n) => reader.Skip(n)));
            if (wanted > 0 && count > 2) passed++;
        }

        Assert.InRange(passed, 1000, 50_000);
    }

    // One of each that has a width of its own, and those that have none.
    private static readonly byte[] Codes = [0x00, 0x7f, 0x80, 0x81, 0x90, 0x92, 0xa0, 0xa3, 0xbf, 0xc0, 0xc2, 0xc3, 0xc4, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd6, 0xd9, 0xda, 0xdc, 0xe0, 0xff];

    private delegate void Pass(ref MessagePackReader reader, int count);

    // Where the values end; -1: that is damage.
    private static int Passed(byte[] bytes, int count, Pass pass)
    {
        try
        {
            MessagePackReader reader = new(bytes);
            pass(ref reader, count);
            return reader.Position;
        }
        catch (VaultCorruptionException)
        {
            return -1;
        }
    }

    [Fact]
    public void Random_bytes_never_read_past_their_end()
    {
        const int seed = 7;
        Random random = new(seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            try
            {
                MessagePackReader reader = new(bytes);
                while (reader.Position < bytes.Length) reader.Skip();
                Assert.Equal(bytes.Length, reader.Position);
            }
            catch (VaultCorruptionException)
            {
                // The only error there may be.
            }
        }
    }

    private static byte[] Written(Write write)
    {
        MessagePackWriter writer = new(new byte[4]);
        write(ref writer);
        return writer.Written.ToArray();
    }

    private static T RoundTrip<T>(Write write, Read<T> read)
    {
        MessagePackReader reader = new(Written(write));
        T value = read(ref reader);
        return value;
    }
}
