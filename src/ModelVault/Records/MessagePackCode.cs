namespace ModelVault.Runtime;

/// <summary>The type codes of MessagePack (msgpack/spec, 2013 edition with timestamps) and the extension types stored here.</summary>
internal static class MessagePackCode
{
    public const byte PositiveFixIntMax = 0x7f;
    public const byte FixMap = 0x80;
    public const byte FixArray = 0x90;
    public const byte FixString = 0xa0;
    public const byte Nil = 0xc0;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Bin8 = 0xc4;
    public const byte Bin16 = 0xc5;
    public const byte Bin32 = 0xc6;
    public const byte Ext8 = 0xc7;
    public const byte Ext16 = 0xc8;
    public const byte Ext32 = 0xc9;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte FixExt1 = 0xd4;
    public const byte FixExt2 = 0xd5;
    public const byte FixExt4 = 0xd6;
    public const byte FixExt8 = 0xd7;
    public const byte FixExt16 = 0xd8;
    public const byte String8 = 0xd9;
    public const byte String16 = 0xda;
    public const byte String32 = 0xdb;
    public const byte Array16 = 0xdc;
    public const byte Array32 = 0xdd;
    public const byte Map16 = 0xde;
    public const byte Map32 = 0xdf;
    public const byte NegativeFixInt = 0xe0;

    /// <summary>MessagePack's own timestamp: a DateTime of kind Utc.</summary>
    public const sbyte TimestampType = -1;

    /// <summary>A DateTime of kind Unspecified: its ticks, 8 bytes big-endian.</summary>
    public const sbyte UnspecifiedDateTimeType = 1;

    /// <summary>A DateTime of kind Local: the ticks of its UTC instant, 8 bytes big-endian.</summary>
    public const sbyte LocalDateTimeType = 2;

    /// <summary>A DateTimeOffset: UTC ticks (8 bytes) and offset in minutes (2 bytes), big-endian.</summary>
    public const sbyte DateTimeOffsetType = 3;

    /// <summary>A decimal: flags, high, middle and low words as <see cref="decimal.GetBits(decimal)"/> gives them, 16 bytes big-endian, flags first.</summary>
    public const sbyte DecimalType = 4;

    /// <summary>How deep objects, lists and maps may nest.</summary>
    public const int MaxDepth = 64;
}
