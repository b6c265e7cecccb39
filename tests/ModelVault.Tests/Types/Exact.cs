using System.Collections;
using System.Globalization;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Types;

/// <summary>Values as text that differs wherever anything about them does: the bits of floats, scales, kinds, offsets, missing parts.</summary>
internal static class Exact
{
    public static string Text(object? value) => value switch
    {
        null => "null",
        string s => $"\"{s}\"",
        char c => $"'{(int)c:x4}'",
        Half h => Half.IsNaN(h) ? "NaN" : Number(BitConverter.HalfToInt16Bits(h)),
        float f => float.IsNaN(f) ? "NaN" : Number(BitConverter.SingleToInt32Bits(f)),
        double d => double.IsNaN(d) ? "NaN" : Number(BitConverter.DoubleToInt64Bits(d)),
        decimal m => string.Join(":", decimal.GetBits(m).Select(static b => Number(b))),
        DateTime d => $"{Number(d.Ticks)} {d.Kind}",
        DateTimeOffset d => $"{Number(d.Ticks)} {d.Offset:c}",
        DateOnly d => Number(d.DayNumber),
        TimeOnly t => Number(t.Ticks),
        TimeSpan t => Number(t.Ticks),
        Guid g => g.ToString("D"),
        Uri u => $"{(u.IsAbsoluteUri ? "absolute" : "relative")} {u.OriginalString}",
        Version v => v.ToString(),
        Enum e => Number(Convert.ToInt64(e, CultureInfo.InvariantCulture)),
        ReadOnlyMemory<byte> m => Convert.ToHexString(m.Span),
        byte[] b => Convert.ToHexString(b),
        AuthorId id => Text(id.Value),
        Label label => Text(label.Text),
        Money money => Text(money.Amount),
        Code code => $"{Text(code.Letter)}{Number(code.Number)}",
        IDictionary map => string.Join(";", map.Keys.Cast<object>().Select(k => $"{Text(k)}={Text(map[k])}").Order(StringComparer.Ordinal)),
        IEnumerable items => $"[{string.Join(",", items.Cast<object?>().Select(Text))}]",
        IFormattable number => Number(number),
        bool b => b ? "true" : "false",
        _ => throw new ArgumentException($"No text of a {value.GetType()}."),
    };

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
