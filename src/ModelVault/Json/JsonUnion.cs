using System.Text.Json;

namespace ModelVault;

/// <summary>How JSON says which case a value of a union is: a member <c>$type</c>, as in the polymorphism of System.Text.Json.</summary>
internal static class JsonUnion
{
    /// <summary>The member's name.</summary>
    public static ReadOnlySpan<byte> Discriminator => "$type"u8;

    /// <summary>The place of the case that an object is of, wherever it says so; −1 where it does not, or the union has no such case.</summary>
    /// <param name="type">The union.</param>
    /// <param name="json">A copy of the reader, which stands on the object's beginning.</param>
    public static int CaseOf(FieldTypeSchema type, Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isDiscriminator = json.ValueTextEquals(Discriminator);
            json.Read();
            if (isDiscriminator) return json.TokenType == JsonTokenType.String ? CaseNamed(type, ref json) : -1;
            json.Skip();
        }

        return -1;
    }

    private static int CaseNamed(FieldTypeSchema type, ref Utf8JsonReader json)
    {
        for (int i = 0; i < type.UnionCases.Length; i++)
            if (json.ValueTextEquals(type.UnionCases[i].Name)) return i;
        return -1;
    }
}
