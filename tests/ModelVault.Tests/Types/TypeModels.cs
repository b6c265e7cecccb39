using ModelVault.Tests.Models;

namespace ModelVault.Tests.Types;

/// <summary>A type in every place that a record has for it but the key.</summary>
public abstract class TypeRow<T, TMaybe>
{
    public int Id { get; init; }

    [Index]
    public T Indexed { get; set; } = default!;

    public T Plain { get; set; } = default!;

    [Index]
    public TMaybe MaybeIndexed { get; set; } = default!;

    public TMaybe Maybe { get; set; } = default!;

    public List<T> List { get; set; } = [];

    public List<TMaybe> MaybeList { get; set; } = [];
}

/// <summary>A type as the primary key.</summary>
public abstract class TypeKey<T>
{
    [PrimaryKey]
    public T Key { get; init; } = default!;

    public int Number { get; set; }
}

/// <summary>Stored as its amount.</summary>
[VaultConverter(typeof(MoneyConverter))]
public sealed record Money(decimal Amount);

public sealed class MoneyConverter : IVaultConverter<Money, decimal>
{
    public static decimal ToStored(Money value) => value.Amount;

    public static Money FromStored(decimal stored) => new(stored);
}

/// <summary>Stored as text, in the order of the text.</summary>
[VaultConverter(typeof(CodeConverter))]
public readonly record struct Code(char Letter, int Number);

public readonly struct CodeConverter : IVaultConverter<Code, string>
{
    public static string ToStored(Code value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Letter}{value.Number:D10}");

    public static Code FromStored(string stored) => new(stored[0], int.Parse(stored.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));
}

public readonly record struct Label(string Text);

[VaultCollection] public partial class BoolRow : TypeRow<bool, bool?>;
[VaultCollection] public partial class BoolKey : TypeKey<bool>;
[VaultCollection] public partial class SByteRow : TypeRow<sbyte, sbyte?>;
[VaultCollection] public partial class SByteKey : TypeKey<sbyte>;
[VaultCollection] public partial class ByteRow : TypeRow<byte, byte?>;
[VaultCollection] public partial class ByteKey : TypeKey<byte>;
[VaultCollection] public partial class Int16Row : TypeRow<short, short?>;
[VaultCollection] public partial class Int16Key : TypeKey<short>;
[VaultCollection] public partial class UInt16Row : TypeRow<ushort, ushort?>;
[VaultCollection] public partial class UInt16Key : TypeKey<ushort>;
[VaultCollection] public partial class Int32Row : TypeRow<int, int?>;
[VaultCollection] public partial class Int32Key : TypeKey<int>;
[VaultCollection] public partial class UInt32Row : TypeRow<uint, uint?>;
[VaultCollection] public partial class UInt32Key : TypeKey<uint>;
[VaultCollection] public partial class Int64Row : TypeRow<long, long?>;
[VaultCollection] public partial class Int64Key : TypeKey<long>;
[VaultCollection] public partial class UInt64Row : TypeRow<ulong, ulong?>;
[VaultCollection] public partial class UInt64Key : TypeKey<ulong>;
[VaultCollection] public partial class Int128Row : TypeRow<Int128, Int128?>;
[VaultCollection] public partial class Int128Key : TypeKey<Int128>;
[VaultCollection] public partial class UInt128Row : TypeRow<UInt128, UInt128?>;
[VaultCollection] public partial class UInt128Key : TypeKey<UInt128>;
[VaultCollection] public partial class HalfRow : TypeRow<Half, Half?>;
[VaultCollection] public partial class HalfKey : TypeKey<Half>;
[VaultCollection] public partial class SingleRow : TypeRow<float, float?>;
[VaultCollection] public partial class SingleKey : TypeKey<float>;
[VaultCollection] public partial class DoubleRow : TypeRow<double, double?>;
[VaultCollection] public partial class DoubleKey : TypeKey<double>;
[VaultCollection] public partial class DecimalRow : TypeRow<decimal, decimal?>;
[VaultCollection] public partial class DecimalKey : TypeKey<decimal>;
[VaultCollection] public partial class CharRow : TypeRow<char, char?>;
[VaultCollection] public partial class CharKey : TypeKey<char>;
[VaultCollection] public partial class StringRow : TypeRow<string, string?>;
[VaultCollection] public partial class StringKey : TypeKey<string>;
[VaultCollection] public partial class GuidRow : TypeRow<Guid, Guid?>;
[VaultCollection] public partial class GuidKey : TypeKey<Guid>;
[VaultCollection] public partial class DateTimeRow : TypeRow<DateTime, DateTime?>;
[VaultCollection] public partial class DateTimeKey : TypeKey<DateTime>;
[VaultCollection] public partial class DateTimeOffsetRow : TypeRow<DateTimeOffset, DateTimeOffset?>;
[VaultCollection] public partial class DateTimeOffsetKey : TypeKey<DateTimeOffset>;
[VaultCollection] public partial class DateOnlyRow : TypeRow<DateOnly, DateOnly?>;
[VaultCollection] public partial class DateOnlyKey : TypeKey<DateOnly>;
[VaultCollection] public partial class TimeOnlyRow : TypeRow<TimeOnly, TimeOnly?>;
[VaultCollection] public partial class TimeOnlyKey : TypeKey<TimeOnly>;
[VaultCollection] public partial class TimeSpanRow : TypeRow<TimeSpan, TimeSpan?>;
[VaultCollection] public partial class TimeSpanKey : TypeKey<TimeSpan>;
[VaultCollection] public partial class ColorRow : TypeRow<Color, Color?>;
[VaultCollection] public partial class ColorKey : TypeKey<Color>;
[VaultCollection] public partial class AccessRow : TypeRow<Access, Access?>;
[VaultCollection] public partial class AccessKey : TypeKey<Access>;
[VaultCollection] public partial class BytesRow : TypeRow<byte[], byte[]?>;
[VaultCollection] public partial class BytesKey : TypeKey<byte[]>;
[VaultCollection] public partial class MemoryRow : TypeRow<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>;
[VaultCollection] public partial class MemoryKey : TypeKey<ReadOnlyMemory<byte>>;
[VaultCollection] public partial class UriRow : TypeRow<Uri, Uri?>;
[VaultCollection] public partial class UriKey : TypeKey<Uri>;
[VaultCollection] public partial class VersionRow : TypeRow<Version, Version?>;
[VaultCollection] public partial class VersionKey : TypeKey<Version>;
[VaultCollection] public partial class GuidIdRow : TypeRow<AuthorId, AuthorId?>;
[VaultCollection] public partial class GuidIdKey : TypeKey<AuthorId>;
[VaultCollection] public partial class LabelRow : TypeRow<Label, Label?>;
[VaultCollection] public partial class LabelKey : TypeKey<Label>;
[VaultCollection] public partial class MoneyRow : TypeRow<Money, Money?>;
[VaultCollection] public partial class MoneyKey : TypeKey<Money>;
[VaultCollection] public partial class CodeRow : TypeRow<Code, Code?>;
[VaultCollection] public partial class CodeKey : TypeKey<Code>;
