using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Stands where generated code stands for a model: records of one schema as a stored type. All that is behind it (writes,
/// queries, plans, errors) is the same as of typed collections.
/// </summary>
internal sealed class RecordModel : VaultModel<VaultRecord, object>
{
    private readonly RecordKeyType _key;
    private readonly (string Name, object Value)[] _defaults;

    public RecordModel(CollectionSchema schema)
        : this(schema, new ObjectRecordType(new FieldTypeSchema { Kind = FieldKind.Object, Fields = schema.Fields }))
    {
    }

    private RecordModel(CollectionSchema schema, ObjectRecordType root)
        : this(schema, root, new RecordKeyType(schema, [.. schema.Key.Select(k => (k, root.TypeOf(root.IndexOf(k))))]))
    {
    }

    private RecordModel(CollectionSchema schema, ObjectRecordType root, RecordKeyType key)
        : base(schema, key, ReceiverOf(schema, root))
    {
        _defaults = [.. schema.Fields.Where(static f => f.Generated != GeneratedValue.None && !f.Type.IsOptional).Select(static f => (f.Name, DefaultOf(f)))];
        Root = root;
        _key = key;
        Fields = new RecordFields(schema, root);
        Conditions = new RecordConditions(schema, Fields);
    }

    /// <summary>The record itself as a type.</summary>
    public ObjectRecordType Root { get; }

    /// <summary>The fields by path.</summary>
    public RecordFields Fields { get; }

    /// <summary>Conditions on them.</summary>
    public RecordConditions Conditions { get; }

    internal override bool FollowsFile => true;

    internal override object GetKey(VaultRecord model) => _key.Of(WithDefaults(model));

    internal override void Write(VaultRecord model, ref MessagePackWriter writer)
    {
        RecordEncoder encoder = Encode(model);
        writer.WriteRaw(encoder.Writer.Written);
        RecordBuffer.Return(encoder.Writer.Buffer);
    }

    internal override VaultRecord Read(ref MessagePackReader reader) => (VaultRecord)Root.Read(ref reader)!;

    // By the bytes that would be stored: their types first, then what the schema's constraints say of them.
    internal override void Validate(VaultRecord model, ref VaultValidator validator)
    {
        RecordEncoder encoder = Encode(model);
        foreach (VaultViolation violation in encoder.Violations ?? []) validator.Fail(violation.Path, violation.Rule, violation.Value, violation.Message);
        RecordBuffer.Return(encoder.Writer.Buffer);
    }

    internal override VaultCollection<VaultRecord, object> CreateCollection(VaultContext context) => new RecordStore(context, this);

    private RecordEncoder Encode(VaultRecord model)
    {
        RecordEncoder encoder = new(RecordBuffer.Take());
        encoder.Encode(Root, WithDefaults(model));
        return encoder;
    }

    // What the database sets need not be given.
    private VaultRecord WithDefaults(VaultRecord record)
    {
        VaultRecord complete = record;
        foreach ((string name, object value) in _defaults)
        {
            if (record.TryGet(name, out object? given) && given is not null) continue;
            if (ReferenceEquals(complete, record)) complete = new VaultRecord(record);
            complete[name] = value;
        }

        return complete;
    }

    private static object DefaultOf(FieldSchema field) => field.Type.Kind switch
    {
        FieldKind.Uuid => Guid.Empty,
        FieldKind.DateTime => default(DateTime),
        FieldKind.TimestampTz => default(DateTimeOffset),
        FieldKind.UInt64 => 0UL,
        _ => 0L,
    };

    private static GeneratedValueReceiver<VaultRecord>? ReceiverOf(CollectionSchema schema, ObjectRecordType root)
    {
        (string Name, RecordType Type)[] fields = [.. schema.Fields.Where(static f => f.Generated != GeneratedValue.None).Select(f => (f.Name, root.TypeOf(root.IndexOf(f.Name))))];
        if (fields.Length == 0) return null;
        return (VaultRecord record, ref MessagePackReader reader) =>
        {
            reader.BeginList();
            foreach ((string name, RecordType type) in fields) record[name] = type.Read(ref reader);
            reader.EndList();
        };
    }
}

/// <summary>The collection behind a <see cref="VaultRecordCollection"/>, for one version of its schema.</summary>
internal sealed class RecordStore(VaultContext context, RecordModel model) : VaultCollection<VaultRecord, object>(context, model)
{
    public RecordModel Model => model;

    public VaultQuery<VaultRecord, NoFields> Query => All();

    public VaultRecord Decode(ReadOnlySpan<byte> record) => Source.Decode(record);
}
