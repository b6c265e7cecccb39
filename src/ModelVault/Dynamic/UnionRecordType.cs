using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A union: a record whose first field, <c>$type</c>, names the case that it is.</summary>
internal sealed class UnionRecordType : RecordType
{
    /// <summary>The field that names the case.</summary>
    public const string CaseField = "$type";

    private readonly (string Name, byte[] Utf8, ObjectRecordType Type)[] _cases;

    public UnionRecordType(FieldTypeSchema schema)
        : base(schema)
    {
        _cases = [.. schema.UnionCases.Select(static c => (c.Name, Encoding.UTF8.GetBytes(c.Name), new ObjectRecordType(c.Type)))];
        Cases = UnionCases.Of(schema);
    }

    /// <summary>The cases' names and places.</summary>
    public UnionCases Cases { get; }

    public override string Name => $"an object with a {CaseField} among {string.Join(", ", _cases.Select(static c => c.Name))}";

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        VaultRecord? record = ObjectRecordType.RecordOf(value);
        int found = record is not null && record.TryGet(CaseField, out object? name) ? Array.FindIndex(_cases, c => c.Name == name as string) : -1;
        if (found < 0)
        {
            encoder.FailType(Name, value);
            return;
        }

        VaultRecord fields = new(record!);
        fields.Remove(CaseField);
        encoder.Writer.BeginUnion(_cases[found].Utf8);
        _cases[found].Type.Encode(ref encoder, fields);
        encoder.Writer.EndUnion();
    }

    protected override object ReadPresent(ref MessagePackReader reader)
    {
        (string name, _, ObjectRecordType type) = _cases[reader.BeginUnion(Cases)];
        VaultRecord record = new() { [CaseField] = name };
        foreach ((string field, object? value) in (VaultRecord)type.Read(ref reader)!) record[field] = value;
        reader.EndUnion();
        return record;
    }
}
