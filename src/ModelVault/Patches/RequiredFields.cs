using System.Globalization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Finds what is missing in what <see cref="SparseRecord"/> makes: members that C# demands, and nulls where the schema has none.</summary>
internal sealed class RequiredFields
{
    private readonly List<VaultViolation> _missing = [];

    private RequiredFields()
    {
    }

    /// <summary>
    /// Throws <see cref="VaultValidationException"/> if anything is missing, with all of it, and with every constraint that what is
    /// there breaks, so that all is said at once.
    /// </summary>
    public static void Check(CollectionSchema schema, VaultMembers members, ReadOnlySpan<byte> record)
    {
        RequiredFields required = new();
        FieldTypeSchema type = JsonType.RecordOf(schema);
        required.CheckObject(type, members, record, "");
        if (required._missing.Count == 0) return;

        MessagePackWriter whole = new(new byte[record.Length + 64]);
        MessagePackReader reader = new(record);
        WriteWhole(type, ref reader, ref whole);
        VaultValidator validator = default;
        new RecordValidator(schema).Validate(whole.Written, 0, ref validator);
        IEnumerable<VaultViolation> broken = (validator.Violations ?? []).Where(static v => v.Rule != "Required" || v.Value is not null);
        throw new VaultValidationException(schema.Name, [.. required._missing, .. broken]);
    }

    private void CheckObject(FieldTypeSchema type, VaultMembers members, ReadOnlySpan<byte> value, string path)
    {
        if (!new MessagePackReader(value).NextIsMap()) return;
        Range[] places = SparseRecord.Places(type, value);
        for (int i = 0; i < places.Length; i++)
        {
            ReadOnlySpan<byte> field = value[places[i]];
            string name = path.Length == 0 ? type.Fields[i].Name : $"{path}.{type.Fields[i].Name}";
            bool isDemanded = members.All[i].IsRequired && type.Fields[i].Generated == GeneratedValue.None;
            bool isThere = field.IsEmpty ? !isDemanded : type.Fields[i].Type.IsOptional || field[0] != MessagePackCode.Nil;
            if (!isThere) _missing.Add(new VaultViolation(name, "Required", null, "a value is required"));
            else if (!field.IsEmpty && members.All[i].Type is { } nested) CheckPart(type.Fields[i].Type, nested, field, name);
        }
    }

    // Only objects can lack something: nulls in lists are refused where the list is made.
    private void CheckPart(FieldTypeSchema type, VaultMembers members, ReadOnlySpan<byte> value, string path)
    {
        MessagePackReader reader = new(value);
        if (reader.TryReadNull()) return;
        switch (type.Kind)
        {
            case FieldKind.Object:
                CheckObject(type, members, value, path);
                break;
            case FieldKind.Union:
                reader.BeginList();
                int ordinal = type.CaseNamed(reader.ReadUtf8());
                CheckObject(type.UnionCases[ordinal].Type, members.Cases[ordinal], reader.ReadRaw(), path);
                break;
            case FieldKind.List or FieldKind.Set:
                int items = reader.BeginList();
                for (int i = 0; i < items; i++) CheckPart(type.Element!, members, reader.ReadRaw(), string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));
                break;
            case FieldKind.Map:
                int entries = reader.BeginMap();
                for (int i = 0; i < entries; i++)
                {
                    string key = StoredText.Of(type.MapKey!, ref reader);
                    CheckPart(type.Element!, members, reader.ReadRaw(), $"{path}[{key}]");
                }

                break;
        }
    }

    // The same value with null for what is not there, for checks that know whole values only.
    private static void WriteWhole(FieldTypeSchema type, ref MessagePackReader reader, ref MessagePackWriter writer)
    {
        if (type.IsScalar)
        {
            writer.WriteRaw(reader.ReadRaw());
            return;
        }

        if (reader.TryReadNull())
        {
            writer.WriteNull();
            return;
        }

        switch (type.Kind)
        {
            case FieldKind.Object:
                WriteWholeObject(type, reader.ReadRaw(), ref writer);
                break;
            case FieldKind.Union:
                reader.BeginList();
                ReadOnlySpan<byte> name = reader.ReadUtf8();
                writer.BeginUnion(name);
                WriteWholeObject(type.UnionCases[type.CaseNamed(name)].Type, reader.ReadRaw(), ref writer);
                reader.EndList();
                writer.EndUnion();
                break;
            case FieldKind.Map:
                int entries = reader.BeginMap();
                writer.BeginMap(entries);
                for (int i = 0; i < entries; i++)
                {
                    writer.WriteRaw(reader.ReadRaw());
                    WriteWhole(type.Element!, ref reader, ref writer);
                }

                reader.EndMap();
                writer.EndMap();
                break;
            default:
                int items = reader.BeginList();
                writer.BeginList(items);
                for (int i = 0; i < items; i++) WriteWhole(type.Element!, ref reader, ref writer);
                reader.EndList();
                writer.EndList();
                break;
        }
    }

    private static void WriteWholeObject(FieldTypeSchema type, ReadOnlySpan<byte> value, ref MessagePackWriter writer)
    {
        Range[] places = SparseRecord.Places(type, value);
        writer.BeginObject(places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            MessagePackReader field = new(value[places[i]]);
            if (value[places[i]].IsEmpty) writer.WriteNull();
            else WriteWhole(type.Fields[i].Type, ref field, ref writer);
        }

        writer.EndObject();
    }
}
