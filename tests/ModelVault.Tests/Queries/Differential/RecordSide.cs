namespace ModelVault.Tests.Queries.Differential;

/// <summary>A collection without a model.</summary>
internal sealed class RecordSide : Side<VaultRecord>
{
    private readonly string _name;
    private readonly RecordModel _model;

    public RecordSide(string name, string fieldsJson, string? indexesJson)
        : base(indexesJson is not null)
    {
        Database.RegisterCollection(name, fieldsJson, "id", indexesJson);
        _name = name;
        _model = new RecordModel(Database.Collection(name).Schema);
    }

    /// <summary>The collection as users see it.</summary>
    public VaultRecordCollection Records => ((VaultContext?)Transaction ?? Database).Collection(_name);

    public override void Insert(IEnumerable<VaultRecord> models) => Records.InsertMany(models);

    public override void Delete(VaultRecord model) => Records.Delete(model["id"]!);

    protected override VaultQuery<VaultRecord, NoFields> On(VaultContext context) => new RecordStore(context, _model).Query;
}
