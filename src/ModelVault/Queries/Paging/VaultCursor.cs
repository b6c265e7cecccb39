using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelVault;

/// <summary>
/// Where a page ended: an opaque text, of letters, digits, <c>-</c> and <c>_</c>, that may travel in a URL. It stands for a place in a
/// query's order, not for a number of records, so it stays right while others write. It holds the sort values and the key of the
/// page's last record, unencrypted. In JSON it is a string.
/// </summary>
/// <param name="Token">The text.</param>
[JsonConverter(typeof(VaultCursorJsonConverter))]
public readonly record struct VaultCursor(string Token) : IParsable<VaultCursor>
{
    /// <summary>Reads the text of a cursor. Throws <see cref="VaultQueryException"/> if it is none, or damaged. Whether it belongs to a query is seen when that is given it.</summary>
    public static VaultCursor Parse(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return CursorToken.IsWellFormed(token) ? new VaultCursor(token) : throw CursorToken.Damaged(token);
    }

    /// <summary>Reads the text of a cursor. False if it is none, or damaged.</summary>
    public static bool TryParse([NotNullWhen(true)] string? token, out VaultCursor cursor)
    {
        bool isCursor = token is not null && CursorToken.IsWellFormed(token);
        cursor = isCursor ? new VaultCursor(token!) : default;
        return isCursor;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Token ?? "";

    static VaultCursor IParsable<VaultCursor>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<VaultCursor>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out VaultCursor result) => TryParse(s, out result);
}

/// <summary>A cursor as a JSON string. What the string says is looked at when a query is given it.</summary>
public sealed class VaultCursorJsonConverter : JsonConverter<VaultCursor>
{
    /// <inheritdoc/>
    public override VaultCursor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new VaultCursor(reader.GetString()!) : throw new JsonException("A cursor is a string.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, VaultCursor value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
