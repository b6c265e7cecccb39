using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Stands where generated code stands for a model: records of one schema as a stored type. All that is behind it (writes,
/// queries, plans, errors) is the same as of typed collections.
/// </summary>
internal sealed class RecordModel : VaultModel<VaultRecord, object>
{
    private readonly RecordKeyType _key;
    private readonly RecordValidator _validator;

    public RecordModel(CollectionSchema schema)
        : this(schema, new ObjectRecordType(new FieldTypeSchema { Kind = FieldKind.Object, Fields = schema.Fields }))
    {
    }

    private RecordModel(CollectionSchema schema, ObjectRecordType root)
        : this(schema, root, new RecordKeyType(schema, [.. schema.Key.Select(k => (k, root.TypeOf(root.IndexOf(k)), schema.Fields[root.IndexOf(k)].Generated))]))
    {
    }

    private RecordModel(CollectionSchema schema, ObjectRecordType root, RecordKeyType key)
        : base(schema, key, ReceiverOf(schema, root))
    {
        Root = root;
        _key = key;
        _validator = new RecordValidator(schema);
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

    internal override object GetKey(VaultRecord model) => _key.Of(model);

    internal override VaultRecord Read(ref MessagePackReader reader) => (VaultRecord)Root.Read(ref reader)!;

    // Checked by the bytes that are to be stored.
    internal override void Write(VaultRecord model, ref MessagePackWriter writer, ref VaultValidator validator)
    {
        int start = writer.Length;
        RecordEncoder encoder = new(writer);
        encoder.Encode(Root, model);
        writer = encoder.Writer;
        VaultValidator found = default;
        _validator.Validate(writer.Written, start, ref found);

        // In place of a value that can't be written stands null, of which nothing more is to be said: that it must not be null least of all.
        IReadOnlyList<VaultViolation> unfit = encoder.Violations ?? [];
        foreach (VaultViolation violation in unfit.Concat(found.Violations?.Where(f => !unfit.Any(u => u.Path == f.Path)) ?? []))
            validator.Fail(violation.Path, violation.Rule, violation.Value, violation.Message);
    }

    internal override VaultCollection<VaultRecord, object> CreateCollection(VaultContext context) => new RecordStore(context, this);

    // What the database generates is put into the record that was written.
    private static GeneratedValueReceiver<VaultRecord>? ReceiverOf(CollectionSchema schema, ObjectRecordType root)
    {
        (string Name, RecordType Type)[] generated =
            [.. schema.Fields.Where(static f => f.Generated != GeneratedValue.None).Select(f => (f.Name, root.TypeOf(root.IndexOf(f.Name))))];
        return generated.Length == 0 ? null : (VaultRecord record, ref MessagePackReader reader) =>
        {
            reader.BeginList();
            foreach ((string name, RecordType type) in generated) record[name] = type.Read(ref reader);
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
