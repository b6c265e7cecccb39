using ModelVault.Runtime;

namespace ModelVault.Tests.Generation;

/// <summary>The ways in which one write can be made.</summary>
public enum WriteForm
{
    Sync,
    Async,
    InTransaction,
    InTransactionAsync,
    Many,
    ManyAsync,
    StreamedAsync,
}

/// <summary>Makes a write in each of its forms.</summary>
internal static class WriteForms
{
    public static TheoryData<WriteForm> All => new(Enum.GetValues<WriteForm>());

    public static TheoryData<WriteForm> Single => new(WriteForm.Sync, WriteForm.Async, WriteForm.InTransaction, WriteForm.InTransactionAsync);

    public static async Task InsertBy<TModel, TKey>(this VaultDatabase db, WriteForm form, TModel model)
        where TModel : IVaultModel<TModel>
        where TKey : notnull
    {
        VaultCollection<TModel, TKey> collection = db.Collection<TModel, TKey>();
        switch (form)
        {
            case WriteForm.Many: collection.InsertMany([model]); break;
            case WriteForm.ManyAsync: await collection.InsertManyAsync((IEnumerable<TModel>)[model]); break;
            case WriteForm.StreamedAsync: await collection.InsertManyAsync(Streamed(model)); break;
            default: await db.WriteBy<TModel, TKey, TKey>(form, c => c.Insert(model), c => c.InsertAsync(model)); break;
        }
    }

    public static async Task UpsertBy<TModel, TKey>(this VaultDatabase db, WriteForm form, TModel model)
        where TModel : IVaultModel<TModel>
        where TKey : notnull
    {
        VaultCollection<TModel, TKey> collection = db.Collection<TModel, TKey>();
        switch (form)
        {
            case WriteForm.Many: collection.UpsertMany([model]); break;
            case WriteForm.ManyAsync or WriteForm.StreamedAsync: await collection.UpsertManyAsync([model]); break;
            default: await db.WriteBy<TModel, TKey, TKey>(form, c => c.Upsert(model), c => c.UpsertAsync(model)); break;
        }
    }

    public static Task<bool> UpdateBy<TModel, TKey>(this VaultDatabase db, WriteForm form, TModel model)
        where TModel : IVaultModel<TModel>
        where TKey : notnull => db.WriteBy<TModel, TKey, bool>(form, c => c.Update(model), c => c.UpdateAsync(model));

    public static async Task<T> WriteBy<TModel, TKey, T>(
        this VaultDatabase db, WriteForm form, Func<VaultCollection<TModel, TKey>, T> write, Func<VaultCollection<TModel, TKey>, Task<T>> writeAsync)
        where TModel : IVaultModel<TModel>
        where TKey : notnull => form switch
        {
            WriteForm.Sync => write(db.Collection<TModel, TKey>()),
            WriteForm.Async => await writeAsync(db.Collection<TModel, TKey>()),
            WriteForm.InTransaction => db.Write(tx => write(tx.Collection<TModel, TKey>())),
            _ => await db.WriteAsync(tx => writeAsync(tx.Collection<TModel, TKey>())),
        };

    private static async IAsyncEnumerable<T> Streamed<T>(T model)
    {
        await Task.Yield();
        yield return model;
    }
}
