using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelVault.Runtime;

/// <summary>How filters are written in plans and messages, and what their operators accept.</summary>
internal static class FilterText
{
    /// <summary>The operator's sign in C#.</summary>
    public static string Sign(this FilterOperator op) => op switch
    {
        FilterOperator.Equal => "==",
        FilterOperator.NotEqual => "!=",
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        _ => op.ToString(),
    };

    /// <summary>Whether an order operator accepts the result of a comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Accepts(this FilterOperator op, int order) => order == 0
        ? op is FilterOperator.LessOrEqual or FilterOperator.GreaterOrEqual
        : order < 0 == op is FilterOperator.Less or FilterOperator.LessOrEqual;

    /// <summary>A value as a C#-like literal, the same under every culture.</summary>
    public static string Of(object? value) => value switch
    {
        null => "null",
        string s => $"\"{s}\"",
        char c => $"'{c}'",
        bool b => b ? "true" : "false",
        Uri uri => $"\"{UriText.Of(uri)}\"",
        ReadOnlyMemory<byte> memory => $"0x{Convert.ToHexString(memory.Span)}",
        byte[] bytes => $"0x{Convert.ToHexString(bytes)}",
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
