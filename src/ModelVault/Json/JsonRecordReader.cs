using System.Globalization;
using System.Text;
using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Reads JSON as MessagePack in one pass. What is wrong with a value is noted with its path and the rest is read on, so that
/// all of it is known at the end. The depth is bounded by the schema's: what it does not know is passed without recursion.
/// </summary>
internal ref partial struct JsonRecordReader
{
    private const int MaxViolations = 1000;

    private readonly JsonReading _reading;
    private MessagePackWriter _writer;
    private List<VaultViolation>? _violations;

    public JsonRecordReader(byte[] buffer, JsonReading reading)
    {
        _writer = new MessagePackWriter(buffer);
        _reading = reading;
    }

    /// <summary>What has been read.</summary>
    public readonly ReadOnlySpan<byte> Written => _writer.Written;

    /// <summary>The buffer as it is now, to be used again.</summary>
    public readonly byte[] Buffer => _writer.Buffer;

    /// <summary>What is wrong, or null.</summary>
    public readonly List<VaultViolation>? Violations => _violations;

    private readonly bool IsSparse => (_reading & JsonReading.Sparse) != 0;

    private readonly int ViolationCount => _violations?.Count ?? 0;

    /// <summary>Reads the value that the reader stands on, and leaves the reader on its last token.</summary>
    public void Read(JsonType type, ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            if (!type.Schema.IsOptional) Fail("Required", null, "a value is required");
            _writer.WriteNull();
            return;
        }

        switch (type.Schema.Kind)
        {
            case FieldKind.Object:
                if (Begins(ref json, JsonTokenType.StartObject, "an object")) ReadObject(type, ref json, isCase: false);
                break;
            case FieldKind.Union:
                ReadUnion(type, ref json);
                break;
            case FieldKind.List:
                ReadList(type, ref json);
                break;
            case FieldKind.Set:
                ReadSet(type, ref json);
                break;
            case FieldKind.Map:
                ReadMap(type, ref json);
                break;
            default:
                ReadScalar(type.Schema, ref json);
                break;
        }
    }

    private void ReadObject(JsonType type, ref Utf8JsonReader json, bool isCase)
    {
        JsonMember[] members = type.Members;
        if (!IsSparse) _writer.BeginObject(members.Length);
        int start = _writer.Length, expected = 0, count = 0;
        Place[]? rented = members.Length > 64 ? new Place[members.Length] : null;
        Span<Place> places = rented ?? stackalloc Place[64];
        places.Clear();
        bool isInOrder = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int ordinal = type.OrdinalOf(ref json, expected);
            if (ordinal < 0)
            {
                if (isCase && json.ValueTextEquals(JsonUnion.Discriminator)) json.Read();
                else Unknown(ref json);
                continue;
            }

            if (places[ordinal].IsThere) FailAt(members[ordinal].Name, "Duplicate", "the member is there twice");
            isInOrder &= ordinal == expected;
            if (IsSparse) _writer.WriteUInt64((ulong)ordinal);
            places[ordinal] = ReadMember(members[ordinal], ref json);
            expected = ordinal + 1;
            count++;
        }

        if (IsSparse)
        {
            _writer.InsertMapHeader(start, count);
            return;
        }

        if (!isInOrder || count != members.Length) PutInOrder(members, places, start);
        _writer.EndObject();
    }

    private Place ReadMember(JsonMember member, ref Utf8JsonReader json)
    {
        int start = _writer.Length, before = ViolationCount;
        json.Read();
        Read(member.Type, ref json);
        Prefix(before, member.Name);
        return new Place(start, _writer.Length);
    }

    // The values stand behind each other as they came; a record has them in schema order.
    private void PutInOrder(JsonMember[] members, scoped ReadOnlySpan<Place> places, int start)
    {
        byte[] values = _writer.Written.ToArray();
        _writer.Rewind(start);
        for (int i = 0; i < members.Length; i++)
        {
            if (places[i].IsThere) _writer.WriteRaw(values.AsSpan(places[i].Start, places[i].End - places[i].Start));
            else WriteMissing(members[i]);
        }
    }

    private void WriteMissing(JsonMember member)
    {
        if (member.Schema.Default is { } value)
        {
            value.Write(member.Schema.Type, ref _writer);
            return;
        }

        if (!member.Schema.Type.IsOptional) FailAt(member.Name, "Required", "a value is required");
        _writer.WriteNull();
    }

    private void ReadUnion(JsonType type, ref Utf8JsonReader json)
    {
        if (!Begins(ref json, JsonTokenType.StartObject, "an object")) return;
        int ordinal = JsonUnion.CaseOf(type.Schema, json);
        if (ordinal < 0)
        {
            FailAt("$type", "Type", $"expected one of {string.Join(", ", type.Schema.UnionCases.Select(static c => $"\"{c.Name}\""))}");
            json.Skip();
            _writer.WriteNull();
            return;
        }

        _writer.BeginUnion(Encoding.UTF8.GetBytes(type.Schema.UnionCases[ordinal].Name));
        ReadObject(type.Cases[ordinal], ref json, isCase: true);
        _writer.EndUnion();
    }

    // Stored in an order of its own, and what is there twice once.
    private void ReadSet(JsonType type, ref Utf8JsonReader json)
    {
        int start = _writer.Length, before = ViolationCount;
        ReadList(type, ref json);
        if (ViolationCount > before) return;
        byte[] items = _writer.Written[start..].ToArray();
        _writer.Rewind(start);
        StoredSet.Write(type.Schema.Element!, items, ref _writer);
    }

    private void ReadList(JsonType type, ref Utf8JsonReader json)
    {
        if (!Begins(ref json, JsonTokenType.StartArray, "an array")) return;
        int start = _writer.Length, count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            int before = ViolationCount;
            Read(type.Element!, ref json);
            if (ViolationCount > before) Prefix(before, string.Create(CultureInfo.InvariantCulture, $"[{count}]"));
        }

        _writer.InsertArrayHeader(start, count);
    }

    private void ReadMap(JsonType type, ref Utf8JsonReader json)
    {
        if (!Begins(ref json, JsonTokenType.StartObject, "an object")) return;
        int start = _writer.Length, count = 0;
        HashSet<string> keys = new(StringComparer.Ordinal);
        for (; json.Read() && json.TokenType == JsonTokenType.PropertyName; count++)
        {
            string key = ReadMapKey(type.Schema.MapKey!, ref json);
            int before = ViolationCount;
            if (!keys.Add(key)) Fail("Duplicate", null, "the entry is there twice");
            json.Read();
            Read(type.Element!, ref json);
            Prefix(before, $"[{key}]");
        }

        _writer.InsertMapHeader(start, count);
    }

    private bool Begins(ref Utf8JsonReader json, JsonTokenType token, string what)
    {
        if (json.TokenType == token) return true;
        FailType(ref json, what);
        return false;
    }

    private void Unknown(ref Utf8JsonReader json)
    {
        FailAt(Text(ref json) ?? "?", "Unknown", "there is no such member");
        json.Read();
        json.Skip();
    }

    // A value of another type. Something stands in its place, so that the rest can be read on.
    private void FailType(ref Utf8JsonReader json, string expected)
    {
        Fail("Type", json.TokenType is JsonTokenType.String or JsonTokenType.Number ? Shortened(Text(ref json)) : null, $"expected {expected}, found {Describe(ref json)}");
        json.Skip();
        _writer.WriteNull();
    }

    private void Fail(string rule, object? value, string message) => Add(new VaultViolation("", rule, value, message));

    private void FailAt(string member, string rule, string message) => Add(new VaultViolation(member, rule, null, message));

    // Hostile input may have one in every byte.
    private void Add(VaultViolation violation)
    {
        _violations ??= [];
        if (_violations.Count < MaxViolations) _violations.Add(violation);
    }

    // Paths are made from the inside out, and so only where there is something to say.
    private readonly void Prefix(int from, string segment)
    {
        for (int i = from; i < ViolationCount; i++)
        {
            VaultViolation violation = _violations![i];
            string separator = violation.Path.Length == 0 || violation.Path[0] == '[' ? "" : ".";
            _violations[i] = violation with { Path = $"{segment}{separator}{violation.Path}" };
        }
    }

    private static string Describe(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => Shortened(Text(ref json))!,
        _ => $"\"{Shortened(Text(ref json))}\"",
    };

    private static string? Shortened(string? text) => text is { Length: > 64 } ? $"{text[..64]}…" : text;

    // The token's text; null where it is no Unicode text.
    private static string? Text(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number) return Encoding.UTF8.GetString(Token(ref json));
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Token(ref Utf8JsonReader json) => json.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(json.ValueSequence) : json.ValueSpan;

    private readonly record struct Place(int Start, int End)
    {
        public bool IsThere => End > 0;
    }
}
