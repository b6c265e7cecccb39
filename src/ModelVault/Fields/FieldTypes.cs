using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>The field types that generated code puts into its descriptors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FieldTypes
{
    /// <summary>bool.</summary>
    public static FieldType<bool> Boolean { get; } = new BooleanType();

    /// <summary>byte.</summary>
    public static FieldType<byte> Byte { get; } = new UnsignedType<byte>(Narrow.ToByte, static v => v);

    /// <summary>sbyte.</summary>
    public static FieldType<sbyte> SByte { get; } = new SignedType<sbyte>(Narrow.ToSByte, static v => v);

    /// <summary>short.</summary>
    public static FieldType<short> Int16 { get; } = new SignedType<short>(Narrow.ToInt16, static v => v);

    /// <summary>ushort.</summary>
    public static FieldType<ushort> UInt16 { get; } = new UnsignedType<ushort>(Narrow.ToUInt16, static v => v);

    /// <summary>int.</summary>
    public static FieldType<int> Int32 { get; } = new Int32Type();

    /// <summary>uint.</summary>
    public static FieldType<uint> UInt32 { get; } = new UnsignedType<uint>(Narrow.ToUInt32, static v => v);

    /// <summary>long.</summary>
    public static FieldType<long> Int64 { get; } = new Int64Type();

    /// <summary>ulong.</summary>
    public static FieldType<ulong> UInt64 { get; } = new UnsignedType<ulong>(static v => v, static v => v);

    /// <summary>Int128.</summary>
    public static FieldType<Int128> Int128 { get; } = new Int128Type();

    /// <summary>UInt128.</summary>
    public static FieldType<UInt128> UInt128 { get; } = new UInt128Type();

    /// <summary>char.</summary>
    public static FieldType<char> Char { get; } = new UnsignedType<char>(Narrow.ToChar, static v => v);

    /// <summary>Half.</summary>
    public static FieldType<Half> Half { get; } = new HalfType();

    /// <summary>float.</summary>
    public static FieldType<float> Single { get; } = new SingleType();

    /// <summary>double.</summary>
    public static FieldType<double> Double { get; } = new DoubleType();

    /// <summary>decimal.</summary>
    public static FieldType<decimal> Decimal { get; } = new DecimalType();

    /// <summary>string.</summary>
    public static FieldType<string> String { get; } = new StringType();

    /// <summary>A string that may be null.</summary>
    public static FieldType<string?> NullableString => String!;

    /// <summary>byte[].</summary>
    public static FieldType<byte[]> Bytes { get; } = new BytesType();

    /// <summary>A byte[] that may be null.</summary>
    public static FieldType<byte[]?> NullableBytes => Bytes!;

    /// <summary>ReadOnlyMemory&lt;byte&gt;.</summary>
    public static FieldType<ReadOnlyMemory<byte>> Memory { get; } = new MemoryType();

    /// <summary>Guid.</summary>
    public static FieldType<Guid> Guid { get; } = new GuidType();

    /// <summary>DateTime.</summary>
    public static FieldType<DateTime> DateTime { get; } = new DateTimeType();

    /// <summary>DateTimeOffset.</summary>
    public static FieldType<DateTimeOffset> DateTimeOffset { get; } = new DateTimeOffsetType();

    /// <summary>DateOnly.</summary>
    public static FieldType<DateOnly> DateOnly { get; } = new DateOnlyType();

    /// <summary>TimeOnly.</summary>
    public static FieldType<TimeOnly> TimeOnly { get; } = new TimeOnlyType();

    /// <summary>TimeSpan.</summary>
    public static FieldType<TimeSpan> TimeSpan { get; } = new TimeSpanType();

    /// <summary>Uri.</summary>
    public static FieldType<Uri> Uri { get; } = new UriType();

    /// <summary>A Uri that may be null.</summary>
    public static FieldType<Uri?> NullableUri => Uri!;

    /// <summary>Version.</summary>
    public static FieldType<Version> Version { get; } = new VersionType();

    /// <summary>A Version that may be null.</summary>
    public static FieldType<Version?> NullableVersion => Version!;

    /// <summary>An enum stored by name.</summary>
    public static FieldType<TEnum> Enum<TEnum>(EnumNames<TEnum> names) where TEnum : struct, Enum => new EnumType<TEnum>(names);

    /// <summary>An enum stored by number.</summary>
    public static FieldType<TEnum> EnumAsNumber<TEnum>() where TEnum : struct, Enum => new EnumType<TEnum>(null);

    /// <summary>A value type that may be null.</summary>
    public static FieldType<T?> Nullable<T>(FieldType<T> inner) where T : struct => new NullableType<T>(inner);

    /// <summary>A struct around one scalar (a strongly typed key), stored as that scalar.</summary>
    public static FieldType<T> Wrapped<T, TInner>(FieldType<TInner> inner, Func<T, TInner> unwrap, Func<TInner, T> wrap) where T : struct =>
        new WrappedType<T, TInner>(inner, unwrap, wrap);

    /// <summary>A type stored through a converter.</summary>
    public static FieldType<T> Converted<TConverter, T, TStored>(FieldType<TStored> stored)
        where TConverter : IVaultConverter<T, TStored>
        where T : notnull
        where TStored : notnull => new ConvertedType<TConverter, T, TStored>(stored);

    /// <summary>A reference type stored through a converter that may be null.</summary>
    public static FieldType<T?> NullableConverted<TConverter, T, TStored>(FieldType<TStored> stored)
        where TConverter : IVaultConverter<T, TStored>
        where T : class
        where TStored : notnull => new ConvertedType<TConverter, T, TStored>(stored)!;

    /// <summary>A nested object.</summary>
    public static FieldType<T> Object<T>() where T : IVaultObject<T> => new ObjectType<T>();

    /// <summary>A nested object of a reference type that may be null.</summary>
    public static FieldType<T?> NullableObject<T>() where T : class, IVaultObject<T> => new ObjectType<T>()!;

    /// <summary>A composite key: a tuple of its components.</summary>
    public static FieldType<T> Composite<T>(KeyValueWriter<T> write) => new CompositeType<T>(write);

    /// <summary>Anything else (lists, arrays, maps): read by a method of the generated code. The reader never meets a null if <typeparamref name="T"/> can be null.</summary>
    public static FieldType<T> Custom<T>(RecordValueReader<T> read) => new CustomType<T>(read);

    /// <summary>The length of a string in UTF-16 units.</summary>
    internal static FieldType<int> TextLength { get; } = new TextLengthType();

    /// <summary>The same of a string that may be null.</summary>
    internal static FieldType<int?> NullableTextLength { get; } = new NullableType<int>(TextLength);

    /// <summary>The number of a list's items; 0 for null.</summary>
    internal static FieldType<int> ItemCount { get; } = new ItemCountType();

    /// <summary>Whether something is there at all; never read.</summary>
    internal static FieldType<bool> Presence => Boolean;

    internal static long KeyTicks(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks;
}
