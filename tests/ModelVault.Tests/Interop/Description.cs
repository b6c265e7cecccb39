using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json.Nodes;
using ModelVault.Tests.Models;
using ModelVault.Tests.Types;

namespace ModelVault.Tests.Interop;

/// <summary>
/// What a stored value is in MessagePack, as JSON that says which of the format's types it has: made from the value by the table in
/// docs/file-format.md, with none of the code that writes records. Null, booleans and strings stand for themselves; the rest is
/// <c>{"int": "5"}</c>, <c>{"float": bits}</c>, <c>{"bin": hex}</c>, <c>{"ext": [type, hex]}</c>, <c>{"time": [seconds, nanoseconds]}</c>,
/// <c>[…]</c> and <c>{"map": [[key, value], …]}</c>. A float below 2^62 without a fraction
/// is described as an integer: JavaScript knows no difference.
/// </summary>
internal static class Description
{
    /// <summary>A record: the schema's version, then its fields by stored names.</summary>
    public static JsonArray OfRecord(Specimen value, int version) => [Int(version), new JsonArray([.. value.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .OrderBy(static p => StoredName(p.Name), StringComparer.Ordinal)
        .Select(p => p.GetCustomAttribute<VaultFieldAttribute>()?.EnumAsNumber == true ? Int((int)(Color)p.GetValue(value)!) : Of(p.GetValue(value)))])];

    private static JsonNode? Of(object? value) => value switch
    {
        null => null,
        bool b => JsonValue.Create(b),
        string s => JsonValue.Create(s),
        char c => Int(c),
        sbyte or short or int or long or byte or ushort or uint or ulong => Int(BigInteger.Parse(string.Create(CultureInfo.InvariantCulture, $"{value}"), CultureInfo.InvariantCulture)),
        Int128 i => i >= long.MinValue && i <= ulong.MaxValue ? Int(i) : Bin((UInt128)i),
        UInt128 u => u <= ulong.MaxValue ? Int(u) : Bin(u),
        Half h => Number((double)h),
        float f => Number(f),
        double d => Number(d),
        decimal d => Ext(4, [.. decimal.GetBits(d).Reverse().SelectMany(static word => BigEndian((uint)word))]),
        byte[] bytes => Bin(bytes),
        ReadOnlyMemory<byte> bytes => Bin(bytes.ToArray()),
        Guid g => Bin(Convert.FromHexString(g.ToString("N"))),
        Uri u => JsonValue.Create(u.OriginalString),
        Version v => JsonValue.Create(v.ToString()),
        DateTime { Kind: DateTimeKind.Utc } d => Time(d.Ticks - DateTime.UnixEpoch.Ticks),
        DateTime { Kind: DateTimeKind.Local } d => Ext(2, BigEndian((ulong)d.ToUniversalTime().Ticks)),
        DateTime d => Ext(1, BigEndian((ulong)d.Ticks)),
        DateTimeOffset d => Ext(3, [.. BigEndian((ulong)d.UtcTicks), .. BigEndian((uint)d.TotalOffsetMinutes)[2..]]),
        DateOnly d => Int(d.DayNumber),
        TimeOnly t => Int(t.Ticks),
        TimeSpan t => Int(t.Ticks),
        Enum e => Enum.IsDefined(e.GetType(), e) ? JsonValue.Create(e.ToString()) : Int(Convert.ToInt64(e, CultureInfo.InvariantCulture)),
        AuthorId id => Of(id.Value),
        Point p => new JsonArray(Int(p.X), Int(p.Y)),
        Publisher p => new JsonArray(Of(p.City), Of(p.Name)),
        Money m => Of(m.Amount),
        Circle c => new JsonArray("circle", new JsonArray(Of(c.Radius))),
        Ring r => new JsonArray("ring", new JsonArray(Of(r.Inner), Of(r.Outer))),
        Rectangle r => new JsonArray("rect", new JsonArray(Of(r.Labels), Of(r.Size))),
        IDictionary map => new JsonObject { ["map"] = new JsonArray([.. map.Cast<object>().Select(Entry)]) },
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Of)]),
        _ => throw new ArgumentException($"{value.GetType()} has no description."),
    };

    private static JsonArray Entry(object entry)
    {
        (object key, object? item) = entry is DictionaryEntry e ? (e.Key, e.Value) : (entry.GetType().GetProperty("Key")!.GetValue(entry)!, entry.GetType().GetProperty("Value")!.GetValue(entry));
        return [Of(key), Of(item)];
    }

    private static JsonObject Number(double value) =>
        double.IsNaN(value) ? new JsonObject { ["float"] = "nan" }
        : double.IsInteger(value) && Math.Abs(value) < 1L << 62 && !(value == 0 && double.IsNegative(value)) ? Int(new BigInteger(value))
        : new JsonObject { ["float"] = Hex(BigEndian(BitConverter.DoubleToUInt64Bits(value))) };

    private static JsonObject Time(long ticks)
    {
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        return new JsonObject { ["time"] = new JsonArray(seconds.ToString(CultureInfo.InvariantCulture), rest * 100) };
    }

    private static JsonObject Int(BigInteger value) => new() { ["int"] = value.ToString(CultureInfo.InvariantCulture) };

    private static JsonObject Bin(byte[] bytes) => new() { ["bin"] = Hex(bytes) };

    private static JsonObject Bin(UInt128 value) => Bin([.. BigEndian((ulong)(value >> 64)), .. BigEndian((ulong)value)]);

    private static JsonObject Ext(int type, byte[] data) => new() { ["ext"] = new JsonArray(type, Hex(data)) };

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] BigEndian(ulong value) => [.. BitConverter.GetBytes(value).Reverse()];

    private static byte[] BigEndian(uint value) => [.. BitConverter.GetBytes(value).Reverse()];

    // As the models here need it: each capital begins a word.
    private static string StoredName(string member) => string.Concat(member.Select(static (c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
