using System.Buffers.Binary;

namespace ModelVault.Tests.Records;

/// <summary>What the published format says of a value's first byte.</summary>
internal enum Form
{
    Nil,
    Bool,
    Integer,
    Float,
    String,
    Binary,
    Extension,
    Array,
    Map,
}

/// <summary>A value written by hand from the published format, with no help of ours.</summary>
/// <param name="Bytes">The whole value.</param>
/// <param name="Form">What it is.</param>
/// <param name="Length">Of strings and bytes the length, of extensions the length of their data, of arrays and maps the count, of integers 0.</param>
/// <param name="Type">An extension's type.</param>
internal sealed record EncodedValue(byte[] Bytes, Form Form, int Length = 0, sbyte Type = 0)
{
    /// <summary>The byte that the format leaves unused.</summary>
    public const byte NeverUsed = 0xc1;

    private static readonly int[] Lengths = [0, 3, 16, 31];
    private static readonly sbyte[] Types = [-128, -1, 0, 1, 2, 3, 4, 5, 127];

    public override string ToString() => $"{Form} {Type} {Length}: {Convert.ToHexString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 24)))}";

    /// <summary>
    /// At least one value for each first byte but 0xc1. Numbers with bytes of their own are zero; text is made of "1." and bytes and
    /// extensions are made of zeros; items are nil and keys are "".
    /// </summary>
    public static IReadOnlyList<EncodedValue> OfEveryCode()
    {
        List<EncodedValue> values = [];
        for (int code = 0x00; code <= 0xff; code++)
            if (code != NeverUsed) values.AddRange(OfCode((byte)code));
        return values;
    }

    /// <summary>What a header announces: 0xffffffff bytes, items or entries, with next to nothing behind it.</summary>
    public static IEnumerable<byte[]> LengthBombs()
    {
        foreach (byte code in (byte[])[0xc6, 0xc9, 0xdb, 0xdd, 0xdf])
        {
            foreach (uint length in (uint[])[uint.MaxValue, uint.MaxValue - 1, int.MaxValue, 0x8000_0000, 0x7fff_ffc7, 1 << 20])
            {
                byte[] header = [code, .. BigEndian(length)];
                yield return header;
                yield return [.. header, 0x01];
                yield return [.. header, 0xff, 0xc0, 0xc0, 0xc0, 0xc0];
            }
        }

        foreach (byte code in (byte[])[0xc5, 0xc8, 0xda, 0xdc, 0xde]) yield return [code, 0xff, 0xff, 0x01];
    }

    private static IEnumerable<EncodedValue> OfCode(byte code) => code switch
    {
        <= 0x7f or >= 0xe0 => [new([code], Form.Integer)],
        <= 0x8f => [Map([code], code & 0x0f)],
        <= 0x9f => [Array([code], code & 0x0f)],
        <= 0xbf => [Text([code], code & 0x1f)],
        0xc0 => [new([code], Form.Nil)],
        0xc2 or 0xc3 => [new([code], Form.Bool)],
        0xc4 => Lengths.Append(255).Select(n => Binary([code, (byte)n], n)),
        0xc5 => Lengths.Append(300).Select(n => Binary([code, .. BigEndian((ushort)n)], n)),
        0xc6 => Lengths.Append(300).Select(n => Binary([code, .. BigEndian((uint)n)], n)),
        0xc7 => Extensions(n => [code, (byte)n], 0, 1, 4, 8, 10, 12, 16, 255),
        0xc8 => Extensions(n => [code, .. BigEndian((ushort)n)], 0, 4, 8, 10, 12, 16, 300),
        0xc9 => Extensions(n => [code, .. BigEndian((uint)n)], 0, 4, 8, 10, 12, 16, 300),
        0xca => [new([code, 0, 0, 0, 0], Form.Float)],
        0xcb => [new([code, 0, 0, 0, 0, 0, 0, 0, 0], Form.Float)],
        >= 0xcc and <= 0xd3 => [new([code, .. new byte[1 << ((code - 0xcc) & 3)]], Form.Integer)],
        >= 0xd4 and <= 0xd8 => Extensions(_ => [code], 1 << (code - 0xd4)),
        0xd9 => Lengths.Append(255).Select(n => Text([code, (byte)n], n)),
        0xda => Lengths.Append(300).Select(n => Text([code, .. BigEndian((ushort)n)], n)),
        0xdb => Lengths.Append(300).Select(n => Text([code, .. BigEndian((uint)n)], n)),
        0xdc => Lengths.Select(n => Array([code, .. BigEndian((ushort)n)], n)),
        0xdd => Lengths.Select(n => Array([code, .. BigEndian((uint)n)], n)),
        0xde => Lengths.Select(n => Map([code, .. BigEndian((ushort)n)], n)),
        0xdf => Lengths.Select(n => Map([code, .. BigEndian((uint)n)], n)),
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };

    private static EncodedValue Text(byte[] header, int length) => new([.. header, .. Enumerable.Range(0, length).Select(static i => i % 2 == 0 ? (byte)'1' : (byte)'.')], Form.String, length);

    private static EncodedValue Binary(byte[] header, int length) => new([.. header, .. new byte[length]], Form.Binary, length);

    private static EncodedValue Array(byte[] header, int count) => new([.. header, .. Enumerable.Repeat((byte)0xc0, count)], Form.Array, count);

    private static EncodedValue Map(byte[] header, int count) => new([.. header, .. Enumerable.Range(0, count).SelectMany(static _ => (byte[])[0xa0, 0xc0])], Form.Map, count);

    private static IEnumerable<EncodedValue> Extensions(Func<int, byte[]> header, params int[] lengths) =>
        from length in lengths
        from type in Types
        select new EncodedValue([.. header(length), unchecked((byte)type), .. new byte[length]], Form.Extension, length, type);

    private static byte[] BigEndian(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
