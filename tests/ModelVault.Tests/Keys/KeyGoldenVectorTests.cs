using ModelVault.Runtime;

namespace ModelVault.Tests.Keys;

/// <summary>The key encoding is part of the file format: these bytes may never change.</summary>
public sealed class KeyGoldenVectorTests
{
    public static TheoryData<string, string> Vectors => new()
    {
        { "bool false", Key(static (ref KeyWriter k) => k.WriteBoolean(false)) + "|00" },
        { "bool true", Key(static (ref KeyWriter k) => k.WriteBoolean(true)) + "|01" },
        { "int64 0", Key(static (ref KeyWriter k) => k.WriteInt64(0)) + "|8000000000000000" },
        { "int64 1", Key(static (ref KeyWriter k) => k.WriteInt64(1)) + "|8000000000000001" },
        { "int64 -1", Key(static (ref KeyWriter k) => k.WriteInt64(-1)) + "|7FFFFFFFFFFFFFFF" },
        { "int64 min", Key(static (ref KeyWriter k) => k.WriteInt64(long.MinValue)) + "|0000000000000000" },
        { "int64 max", Key(static (ref KeyWriter k) => k.WriteInt64(long.MaxValue)) + "|FFFFFFFFFFFFFFFF" },
        { "uint64 0", Key(static (ref KeyWriter k) => k.WriteUInt64(0)) + "|0000000000000000" },
        { "uint64 max", Key(static (ref KeyWriter k) => k.WriteUInt64(ulong.MaxValue)) + "|FFFFFFFFFFFFFFFF" },
        { "int128 0", Key(static (ref KeyWriter k) => k.WriteInt128(0)) + "|80000000000000000000000000000000" },
        { "int128 -1", Key(static (ref KeyWriter k) => k.WriteInt128(-1)) + "|7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" },
        { "int128 min", Key(static (ref KeyWriter k) => k.WriteInt128(Int128.MinValue)) + "|00000000000000000000000000000000" },
        { "uint128 1", Key(static (ref KeyWriter k) => k.WriteUInt128(1)) + "|00000000000000000000000000000001" },
        { "uint128 max", Key(static (ref KeyWriter k) => k.WriteUInt128(UInt128.MaxValue)) + "|FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" },
        { "float16 1.5", Key(static (ref KeyWriter k) => FieldTypes.Half.WriteKey(ref k, (Half)1.5f)) + "|BFC00000" },
        { "float16 -0", Key(static (ref KeyWriter k) => FieldTypes.Half.WriteKey(ref k, Half.NegativeZero)) + "|80000000" },
        { "float16 NaN", Key(static (ref KeyWriter k) => FieldTypes.Half.WriteKey(ref k, Half.NaN)) + "|00000000" },
        { "float32 0", Key(static (ref KeyWriter k) => k.WriteSingle(0f)) + "|80000000" },
        { "float32 -0", Key(static (ref KeyWriter k) => k.WriteSingle(-0f)) + "|80000000" },
        { "float32 1.5", Key(static (ref KeyWriter k) => k.WriteSingle(1.5f)) + "|BFC00000" },
        { "float32 NaN", Key(static (ref KeyWriter k) => k.WriteSingle(float.NaN)) + "|00000000" },
        { "float32 -inf", Key(static (ref KeyWriter k) => k.WriteSingle(float.NegativeInfinity)) + "|007FFFFF" },
        { "float64 0", Key(static (ref KeyWriter k) => k.WriteDouble(0d)) + "|8000000000000000" },
        { "float64 -0", Key(static (ref KeyWriter k) => k.WriteDouble(-0d)) + "|8000000000000000" },
        { "float64 4.5", Key(static (ref KeyWriter k) => k.WriteDouble(4.5)) + "|C012000000000000" },
        { "float64 -4.5", Key(static (ref KeyWriter k) => k.WriteDouble(-4.5)) + "|3FEDFFFFFFFFFFFF" },
        { "float64 NaN", Key(static (ref KeyWriter k) => k.WriteDouble(double.NaN)) + "|0000000000000000" },
        { "float64 +inf", Key(static (ref KeyWriter k) => k.WriteDouble(double.PositiveInfinity)) + "|FFF0000000000000" },
        { "decimal 0", Key(static (ref KeyWriter k) => k.WriteDecimal(0m)) + "|800000000000000000000000000000" },
        { "decimal 0.00", Key(static (ref KeyWriter k) => k.WriteDecimal(0.00m)) + "|800000000000000000000000000000" },
        { "decimal 1", Key(static (ref KeyWriter k) => k.WriteDecimal(1m)) + "|C04100204FCE5E3E25026110000000" },
        { "decimal 1.00", Key(static (ref KeyWriter k) => k.WriteDecimal(1.00m)) + "|C04100204FCE5E3E25026110000000" },
        { "decimal -1", Key(static (ref KeyWriter k) => k.WriteDecimal(-1m)) + "|3FBEFFDFB031A1C1DAFD9EEFFFFFFF" },
        { "string empty", Key(static (ref KeyWriter k) => k.WriteString("")) + "|0001" },
        { "string a", Key(static (ref KeyWriter k) => k.WriteString("a")) + "|610001" },
        { "string with zero", Key(static (ref KeyWriter k) => k.WriteString("a\0b")) + "|6100FF620001" },
        { "string é", Key(static (ref KeyWriter k) => k.WriteString("é")) + "|C3A90001" },
        { "string pair", Key(static (ref KeyWriter k) => k.WriteString("😀")) + "|F09F98800001" },
        { "bytes", Key(static (ref KeyWriter k) => k.WriteBytes([0, 1, 255])) + "|00FF01FF0001" },
        { "uuid", Key(static (ref KeyWriter k) => k.WriteGuid(new Guid("00112233-4455-6677-8899-aabbccddeeff"))) + "|00112233445566778899AABBCCDDEEFF" },
        { "uri", Key(static (ref KeyWriter k) => FieldTypes.Uri.WriteKey(ref k, new Uri("http://A/"))) + "|687474703A2F2F412F0001" },
        { "version 1.2", Key(static (ref KeyWriter k) => k.WriteVersion(new Version(1, 2))) + "|00000002000000030000000000000000" },
        { "version 0.0.0.max", Key(static (ref KeyWriter k) => k.WriteVersion(new Version(0, 0, 0, int.MaxValue))) + "|00000001000000010000000180000000" },
        { "datetime", Key(static (ref KeyWriter k) => k.WriteDateTime(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc))) + "|88D78F306D3B0080" },
        { "timestamptz", Key(static (ref KeyWriter k) => k.WriteDateTimeOffset(new DateTimeOffset(2020, 1, 2, 4, 4, 5, TimeSpan.FromHours(1)))) + "|88D78F306D3B0080" },
        { "null tag", Key(static (ref KeyWriter k) => k.WriteTag(false)) + "|00" },
        { "present tag", Key(static (ref KeyWriter k) => k.WriteTag(true)) + "|01" },
    };

    private delegate void Write(ref KeyWriter key);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Keys_have_the_bytes_of_the_format(string what, string writtenAndExpected)
    {
        string[] parts = writtenAndExpected.Split('|');
        Assert.True(parts[0] == parts[1], $"{what}: written {parts[0]}, the format says {parts[1]}");
    }

    [Fact]
    public void Dates_times_and_durations_have_the_bytes_of_the_format()
    {
        Assert.Equal("00000000000B41A8", Key(static (ref KeyWriter k) => FieldTypes.DateOnly.WriteKey(ref k, new DateOnly(2020, 10, 7))));
        Assert.Equal("0000000861C46800", Key(static (ref KeyWriter k) => FieldTypes.TimeOnly.WriteKey(ref k, new TimeOnly(1, 0, 0))));
        Assert.Equal("7FFFFFFFFF676980", Key(static (ref KeyWriter k) => FieldTypes.TimeSpan.WriteKey(ref k, TimeSpan.FromSeconds(-1))));
        Assert.Equal("0000000000000041", Key(static (ref KeyWriter k) => FieldTypes.Char.WriteKey(ref k, 'A')));
        Assert.Equal("8000000000000005", Key(static (ref KeyWriter k) => FieldTypes.EnumAsNumber<DayOfWeek>().WriteKey(ref k, DayOfWeek.Friday)));
    }

    private static string Key(Write write)
    {
        KeyWriter key = new(stackalloc byte[4]);
        write(ref key);
        string hex = Convert.ToHexString(key.Written);
        key.Dispose();
        return hex;
    }
}
