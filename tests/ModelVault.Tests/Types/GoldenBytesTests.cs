using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Types;

/// <summary>The stored form of every shape is part of the file format: these bytes may never change.</summary>
public sealed class GoldenBytesTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");

    internal static Shapes Sample { get; } = new()
    {
        Id = -1, Bool = true, SByte = -128, Byte = 255, Int16 = -32768, UInt16 = 256, UInt32 = 65536, Int64 = long.MinValue, UInt64 = ulong.MaxValue,
        Int128 = Int128.MinValue, Int128Narrow = -33, UInt128 = (UInt128)ulong.MaxValue + 1, UInt128Narrow = ulong.MaxValue, Half = (Half)1.5f, Single = 1.5f, Double = 1.5, DoubleNaN = double.NaN, DoubleMinusZero = -0d,
        Decimal = -1.50m, Char = 'é', String = "é\0😀", Guid = Id, DateTimeUtc = Noon.AddTicks(1), DateTimeLocal = Noon.ToLocalTime(), DateTimeUnspecified = DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified),
        DateTimeOffset = new(Noon.AddHours(-3).Ticks, TimeSpan.FromHours(-3)), DateOnly = new(2024, 2, 29), TimeOnly = new(12, 0), TimeSpan = TimeSpan.FromTicks(-1),
        Enum = Color.Green, EnumWithoutName = Access.Read | Access.Admin, EnumAsNumber = Color.Blue, Bytes = [0, 255], Memory = new byte[] { 1 }, UriAbsolute = new("HTTP://A/%7e"), UriRelative = new("/a?b#c", UriKind.Relative), Version = new(1, 2, 0),
        NotNull = 0, Id16 = new(Id), Label = new("l"), Money = new(1.0m), Code = new('A', 7), Span = new(1, 2), Struct = new() { X = 3, Y = 4 }, Object = new("n", null),
        Union = new Rectangle(new() { X = 1, Y = 2 }, ["a"]), Unions = [new Circle(1), new Ring(1, null)], List = [1, -1], Array = ["", "a"], Jagged = [[1], []],
        ImmutableArray = [2, 1], MaybeImmutableArray = ["a", null], ImmutableList = [new() { X = 1 }], Set = ["b", "a", "\ue000", "😀", "B"], SetOfNullable = new HashSet<int?> { 1, null, -1 },
        SetOfObjects = new HashSet<Publisher> { new("b", null), new("a", "c") }, SetOfUnions = [new Ring(2, 3), new Circle(1)], SortedSet = ["i", "I", "İ", "ı"], SetOfConverted = [new(2), new(1.00m)], SetOfIds = [new(Guid.AllBitsSet), new(Id)],
        Map = new() { ["a"] = 1, [""] = 2 }, MapBySByte = new() { [-1] = true }, MapByByte = new() { [200] = true }, MapByInt16 = new() { [-1] = true }, MapByUInt16 = new() { [300] = true }, MapByInt32 = new() { [-1] = true },
        MapByUInt32 = new() { [70000] = true }, MapByInt64 = new() { [-1] = null, [1] = new Circle(1) }, MapByUInt64 = new() { [ulong.MaxValue] = true }, MapByGuid = new() { [Id] = [1] },
        MapById = System.Collections.Immutable.ImmutableDictionary<AuthorId, Money>.Empty.Add(new(Id), new(1)), SortedMap = new() { ["b"] = "1", ["a"] = "2" },
    };

    public static TheoryData<string, string> Bytes => new()
    {
        { "array", "92A0A161" },
        { "bool", "C3" },
        { "byte", "CCFF" },
        { "bytes", "C40200FF" },
        { "char", "CCE9" },
        { "code", "AB4130303030303030303037" },
        { "date_only", "CE000B4680" },
        { "date_time_local", "D70208DC391DF494E000" },
        { "date_time_offset", "C70A0308DC391DF494E000FF4C" },
        { "date_time_unspecified", "D70108DC391DF494E000" },
        { "date_time_utc", "D7FF0000019065E071C0" },
        { "decimal", "D80480020000000000000000000000000096" },
        { "double", "CB3FF8000000000000" },
        { "double_minus_zero", "CB8000000000000000" },
        { "double_na_n", "CBFFF8000000000000" },
        { "enum", "A5477265656E" },
        { "enum_as_number", "FF" },
        { "enum_without_name", "CC81" },
        { "guid", "C41000112233445566778899AABBCCDDEEFF" },
        { "half", "CA3FC00000" },
        { "id", "FF" },
        { "id16", "C41000112233445566778899AABBCCDDEEFF" },
        { "immutable_array", "920201" },
        { "immutable_list", "91920100" },
        { "int128", "C41080000000000000000000000000000000" },
        { "int128_narrow", "D0DF" },
        { "int16", "D18000" },
        { "int64", "D38000000000000000" },
        { "jagged", "92910190" },
        { "label", "A16C" },
        { "list", "9201FF" },
        { "map", "82A16101A002" },
        { "map_by_byte", "81CCC8C3" },
        { "map_by_guid", "81C41000112233445566778899AABBCCDDEEFF9101" },
        { "map_by_id", "81C41000112233445566778899AABBCCDDEEFFD80400000000000000000000000000000001" },
        { "map_by_int16", "81FFC3" },
        { "map_by_int32", "81FFC3" },
        { "map_by_int64", "82FFC00192A6636972636C6591CB3FF0000000000000" },
        { "map_by_s_byte", "81FFC3" },
        { "map_by_u_int16", "81CD012CC3" },
        { "map_by_u_int32", "81CE00011170C3" },
        { "map_by_u_int64", "81CFFFFFFFFFFFFFFFFFC3" },
        { "maybe_immutable_array", "92A161C0" },
        { "maybe_span", "C0" },
        { "maybe_union", "C0" },
        { "memory", "C40101" },
        { "money", "D8040001000000000000000000000000000A" },
        { "not_null", "00" },
        { "null", "C0" },
        { "object", "92C0A16E" },
        { "s_byte", "D080" },
        { "set", "95A142A161A162A3EE8080A4F09F9880" },
        { "set_of_converted", "92D80400020000000000000000000000000064D80400000000000000000000000000000002" },
        { "set_of_ids", "92C41000112233445566778899AABBCCDDEEFFC410FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" },
        { "set_of_nullable", "93C0FF01" },
        { "set_of_objects", "9292A163A16192C0A162" },
        { "set_of_unions", "9292A472696E6792CB4000000000000000CB400800000000000092A6636972636C6591CB3FF0000000000000" },
        { "single", "CA3FC00000" },
        { "sorted_map", "82A161A132A162A131" },
        { "sorted_set", "94A149A169A2C4B0A2C4B1" },
        { "span", "920102" },
        { "string", "A7C3A900F09F9880" },
        { "struct", "920304" },
        { "time_only", "CF000000649534E000" },
        { "time_span", "FF" },
        { "u_int128", "C41000000000000000010000000000000000" },
        { "u_int128_narrow", "CFFFFFFFFFFFFFFFFF" },
        { "u_int16", "CD0100" },
        { "u_int32", "CE00010000" },
        { "u_int64", "CFFFFFFFFFFFFFFFFF" },
        { "union", "92A4726563749291A161920102" },
        { "unions", "9292A6636972636C6591CB3FF000000000000092A472696E6792CB3FF0000000000000C0" },
        { "uri_absolute", "AC485454503A2F2F412F253765" },
        { "uri_relative", "A62F613F622363" },
        { "version", "A5312E322E30" },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public void A_shape_has_the_bytes_of_the_format(string field, string hex) => Assert.Equal(hex, Written(Sample)[field]);

    [Fact]
    public void Every_shape_is_in_the_table() => Assert.Equal(Shapes.Schema.Fields.Select(static f => f.Name), Bytes.Select(static row => (string)row[0]));

    [Fact]
    public void The_table_is_read_and_written_back_as_it_is()
    {
        byte[] golden = [0xdc, 0, (byte)Bytes.Count, .. Bytes.SelectMany(static row => Convert.FromHexString((string)row[1]))];
        MessagePackReader reader = new(golden);
        Shapes read = VaultObjects.Read<Shapes, MessagePackReader>(ref reader);

        MessagePackWriter writer = new(new byte[16]);
        VaultObjects.Write<Shapes, MessagePackWriter>(in read, ref writer);
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void Bytes_cut_off_anywhere_are_damage()
    {
        byte[] golden = [0xdc, 0, (byte)Bytes.Count, .. Bytes.SelectMany(static row => Convert.FromHexString((string)row[1]))];
        for (int length = 0; length < golden.Length; length++)
        {
            byte[] cut = golden[..length];
            Assert.Throws<VaultCorruptionException>(() =>
            {
                MessagePackReader reader = new(cut);
                VaultObjects.Read<Shapes, MessagePackReader>(ref reader);
            });
        }
    }

    internal static Dictionary<string, string> Written(Shapes shapes)
    {
        MessagePackWriter writer = new(new byte[16]);
        VaultObjects.Write<Shapes, MessagePackWriter>(shapes, ref writer);
        MessagePackReader reader = new(writer.Written);
        Assert.Equal(Shapes.Schema.Fields.Length, reader.BeginObject());
        Dictionary<string, string> written = [];
        foreach (FieldSchema field in Shapes.Schema.Fields) written[field.Name] = Convert.ToHexString(reader.ReadRaw());
        return written;
    }
}
