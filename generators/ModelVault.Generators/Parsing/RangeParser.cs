using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses a <c>[Range]</c> in each of its forms into limits of the member's own type. Limits given as text are read in the invariant culture.</summary>
internal sealed class RangeParser(ValueKind kind, AttributeData attribute)
{
    private readonly bool _minIsExclusive = attribute.Named<bool>("MinimumIsExclusive");
    private readonly bool _maxIsExclusive = attribute.Named<bool>("MaximumIsExclusive");

    /// <summary>What the check is called with: both limits and whether they are exclusive, as C#.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <summary>The schema's constraints, of types that are not integers.</summary>
    public List<SchemaConstraint> Schema { get; } = [];

    /// <summary>The range of an integer; else null.</summary>
    public NumberRange? Integers { get; private set; }

    /// <summary>The limits as given, for a message.</summary>
    public object[] MessageArguments { get; private set; } = [];

    /// <summary>Parses the attribute. Returns why that is not possible, or null.</summary>
    public string? Parse()
    {
        bool isText = attribute.ConstructorArguments.Length == 3;
        object? min = attribute.ConstructorArguments[isText ? 1 : 0].Value, max = attribute.ConstructorArguments[isText ? 2 : 1].Value;
        if (min is null || max is null) return "a limit is null";
        MessageArguments = [min, max];
        if (NumberRange.Of(kind) is { } limits) return ParseIntegers(limits, min, max);
        return kind switch
        {
            ValueKind.Int128 or ValueKind.UInt128 => ParseWideIntegers(min, max),
            ValueKind.Half or ValueKind.Single or ValueKind.Double => ParseFloats(min, max),
            ValueKind.Decimal => ParseDecimals(min, max),
            ValueKind.DateTime or ValueKind.DateTimeOffset or ValueKind.DateOnly or ValueKind.TimeOnly or ValueKind.TimeSpan => ParseTimes(min, max),
            _ => "it applies to numbers, dates and times only",
        };
    }

    private string? ParseIntegers(NumberRange limits, object min, object max)
    {
        if (ToDecimal(min) is not { } low || ToDecimal(max) is not { } high) return NotANumber;
        if (_minIsExclusive && low == Math.Floor(low)) low++;
        if (_maxIsExclusive && high == Math.Floor(high)) high--;
        NumberRange range = new NumberRange(Math.Ceiling(low), Math.Floor(high)).Intersect(limits);
        if (range.Min > range.Max) return Empty;
        Integers = range;
        Arguments = [CSharpText.Number(range.Min), CSharpText.Number(range.Max), "false", "false"];
        return null;
    }

    private string? ParseWideIntegers(object min, object max)
    {
        (BigInteger lowest, BigInteger highest) = WideInteger.Limits(kind);
        if (WideInteger.Parse(min, isLowerLimit: true) is not { } low || WideInteger.Parse(max, isLowerLimit: false) is not { } high) return NotANumber;
        low = BigInteger.Max(_minIsExclusive ? low + 1 : low, lowest);
        high = BigInteger.Min(_maxIsExclusive ? high - 1 : high, highest);
        if (low > high) return Empty;
        string suffix = kind == ValueKind.Int128 ? "i128" : "u128";
        if (high != highest) Schema.Add(new SchemaConstraint($"max_{suffix}", CSharpText.Number(high)));
        if (low != lowest) Schema.Add(new SchemaConstraint($"min_{suffix}", CSharpText.Number(low)));
        Arguments = [WideInteger.Code(kind, low), WideInteger.Code(kind, high), "false", "false"];
        return null;
    }

    private string? ParseFloats(object min, object max)
    {
        if (ToDouble(min) is not { } low || ToDouble(max) is not { } high) return NotANumber;
        if (!(low < high || (low == high && !IsOpen))) return Empty;
        Describe("f64", double.IsInfinity(low) ? null : CanonicalJson.Number(low), double.IsInfinity(high) ? null : CanonicalJson.Number(high));
        Arguments = With(CSharpText.Literal(low), CSharpText.Literal(high));
        return null;
    }

    private string? ParseDecimals(object min, object max)
    {
        if (ToDecimal(min) is not { } low || ToDecimal(max) is not { } high) return NotANumber;
        if (low > high || (low == high && IsOpen)) return Empty;
        Describe("decimal", CanonicalJson.String(CSharpText.Number(low)), CanonicalJson.String(CSharpText.Number(high)));
        Arguments = With(CSharpText.Number(low) + "M", CSharpText.Number(high) + "M");
        return null;
    }

    private string? ParseTimes(object min, object max)
    {
        if (min is not string low || max is not string high) return "of dates and times, write [Range(typeof(…), \"from\", \"to\")]";
        if (TimeLimit.Parse(kind, low) is not { } from || TimeLimit.Parse(kind, high) is not { } to) return "a limit is not a date or time in the invariant culture";
        if (from.Ticks > to.Ticks || (from.Ticks == to.Ticks && IsOpen)) return Empty;
        Describe(TimeLimit.SchemaType(kind), CanonicalJson.String(from.Text), CanonicalJson.String(to.Text));
        Arguments = With(from.Code, to.Code);
        return null;
    }

    private IReadOnlyList<string> With(string min, string max) => [min, max, CSharpText.Literal(_minIsExclusive), CSharpText.Literal(_maxIsExclusive)];

    private void Describe(string suffix, string? min, string? max)
    {
        if (min is not null) Schema.Add(new SchemaConstraint($"min_{suffix}", min));
        if (max is not null) Schema.Add(new SchemaConstraint($"max_{suffix}", max));
        if (min is not null && _minIsExclusive) Schema.Add(new SchemaConstraint("min_exclusive", "true"));
        if (max is not null && _maxIsExclusive) Schema.Add(new SchemaConstraint("max_exclusive", "true"));
    }

    private bool IsOpen => _minIsExclusive || _maxIsExclusive;

    private const string NotANumber = "a limit is not a number in the invariant culture";
    private const string Empty = "no value is in its range";

    // A limit beyond what decimal can hold is beyond every integer and decimal, too.
    private static decimal? ToDecimal(object limit) => limit switch
    {
        int i => i,
        double.NaN => null,
        double d => d >= 7.9e28 ? decimal.MaxValue : d <= -7.9e28 ? decimal.MinValue : (decimal)d,
        string s => decimal.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal parsed) ? parsed : null,
        _ => null,
    };

    private static double? ToDouble(object limit) => limit switch
    {
        int i => i,
        double d => d,
        string s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null,
        _ => null,
    };
}

/// <summary>A date or time as the limit of a range.</summary>
/// <param name="Ticks">Its place among others of its type.</param>
/// <param name="Code">As C#.</param>
/// <param name="Text">As the schema says it.</param>
internal sealed record TimeLimit(long Ticks, string Code, string Text)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The schema's name of the type.</summary>
    public static string SchemaType(ValueKind kind) => kind switch
    {
        ValueKind.DateTime => "datetime",
        ValueKind.DateTimeOffset => "timestamptz",
        ValueKind.DateOnly => "date",
        ValueKind.TimeOnly => "time",
        _ => "duration",
    };

    /// <summary>Parses a limit. Null if it is not one.</summary>
    public static TimeLimit? Parse(ValueKind kind, string text)
    {
        switch (kind)
        {
            case ValueKind.DateTime when DateTime.TryParse(text, Invariant, DateTimeStyles.RoundtripKind, out DateTime d):
                return new TimeLimit(d.Ticks, $"new global::System.DateTime({CSharpText.Number(d.Ticks)}L, global::System.DateTimeKind.{d.Kind})", d.ToString("O", Invariant));
            case ValueKind.DateTimeOffset when DateTimeOffset.TryParse(text, Invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset o):
                return new TimeLimit(o.UtcTicks, $"new global::System.DateTimeOffset({CSharpText.Number(o.Ticks)}L, new global::System.TimeSpan({CSharpText.Number(o.Offset.Ticks)}L))", o.ToString("O", Invariant));
            case ValueKind.DateOnly when DateTime.TryParse(text, Invariant, DateTimeStyles.RoundtripKind, out DateTime day) && day.TimeOfDay == TimeSpan.Zero:
                return new TimeLimit(day.Ticks, $"new global::System.DateOnly({CSharpText.Number(day.Year)}, {CSharpText.Number(day.Month)}, {CSharpText.Number(day.Day)})", day.ToString("yyyy-MM-dd", Invariant));
            case ValueKind.TimeOnly when TimeSpan.TryParse(text, Invariant, out TimeSpan time) && time >= TimeSpan.Zero && time < TimeSpan.FromDays(1):
                return new TimeLimit(time.Ticks, $"new global::System.TimeOnly({CSharpText.Number(time.Ticks)}L)", time.ToString("c", Invariant));
            case ValueKind.TimeSpan when TimeSpan.TryParse(text, Invariant, out TimeSpan duration):
                return new TimeLimit(duration.Ticks, $"new global::System.TimeSpan({CSharpText.Number(duration.Ticks)}L)", duration.ToString("c", Invariant));
            default:
                return null;
        }
    }
}
