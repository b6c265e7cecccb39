using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>One of the two collections that hold the same records: with some of the model's indexes, or with none.</summary>
internal abstract class Side<TModel> : IDisposable
    where TModel : notnull
{
    protected Side(bool isIndexed) => IsIndexed = isIndexed;

    public bool IsIndexed { get; }

    public VaultDatabase Database { get; } = VaultDatabase.OpenInMemory();

    /// <summary>The transaction in which everything happens, or null.</summary>
    public VaultTransaction? Transaction { get; private set; }

    /// <summary>Every record, as the database or the transaction has it.</summary>
    public VaultQuery<TModel, NoFields> All => On((VaultContext?)Transaction ?? Database);

    /// <summary>Does something that changes the collection, looks at what has come of it, and takes it back.</summary>
    public T Undone<T>(Func<VaultQuery<TModel, NoFields>, T> change)
    {
        if (Transaction is { } open)
        {
            Savepoint before = open.Savepoint();
            T inside = change(On(open));
            open.RollbackTo(before);
            return inside;
        }

        using VaultTransaction tx = Database.BeginTransaction();
        return change(On(tx));
    }

    public void Begin() => Transaction = Database.BeginTransaction();

    public abstract void Insert(IEnumerable<TModel> models);

    public abstract void Delete(TModel model);

    public void Dispose()
    {
        Transaction?.Dispose();
        Database.Dispose();
    }

    protected abstract VaultQuery<TModel, NoFields> On(VaultContext context);
}

internal sealed class Side<TModel, TKey> : Side<TModel>
    where TModel : IVaultModel<TModel>
    where TKey : notnull
{
    private readonly VaultModel<TModel, TKey> _model;

    public Side(ImmutableArray<IndexSchema> indexes)
        : base(indexes.Length > 0)
    {
        VaultModel<TModel, TKey> model = (VaultModel<TModel, TKey>)TModel.Model;
        CollectionSchema schema = new(model.Schema.Name, model.Schema.Fields, model.Schema.Key, indexes);
        _model = new GeneratedModel<TModel, TKey>(schema, model.Key, model.GetKey, c => new Collection(c, _model!), model.Receive);
    }

    public override void Insert(IEnumerable<TModel> models) => Current().InsertMany(models);

    public override void Delete(TModel model) => Current().Delete(_model.GetKey(model));

    protected override VaultQuery<TModel, NoFields> On(VaultContext context) => CollectionOf(context).All();

    private Collection CollectionOf(VaultContext context) => new(context, _model);

    private Collection Current() => CollectionOf((VaultContext?)Transaction ?? Database);

    // With the model's code and another schema, as a program has it whose indexes are others.
    private sealed class Collection(VaultContext context, VaultModel<TModel, TKey> model) : VaultCollection<TModel, TKey>(context, model);
}
