using ModelVault.Runtime;

namespace ModelVault;

// Views: types with some of the model's fields.
public readonly partial struct VaultQuery<TModel, TFields>
{
    // What a view has of a field that is not stored is its own initial value, so it can't be read from a part of a record.
    /// <summary>Reads a view of each record, a <c>[VaultView]</c> of the model: only its fields are decoded.</summary>
    /// <typeparam name="TView">The view.</typeparam>
    public VaultProjection<TModel, TView> As<TView>()
        where TView : IVaultView<TModel, TView> => new(new RowResults<TModel, TView>(_source, _spec, ReadView<TView>, view: TView.Fields));

    private static TView ReadView<TView>(in RowContext row)
        where TView : IVaultView<TModel, TView>
    {
        MessagePackReader reader = new(row.Record, row.Start);
        return TView.Read(ref reader);
    }
}
