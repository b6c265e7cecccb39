using System.ComponentModel;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A view of a model: some of its fields. Implemented by generated code, explicitly, so that nothing of it shows on the user's type.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TSelf">The view itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVaultView<TModel, TSelf>
    where TSelf : IVaultView<TModel, TSelf>
{
    /// <summary>The stored fields that are read, for plans.</summary>
    static abstract string Fields { get; }

    /// <summary>Reads the view's fields from a record of the model, and nothing behind the last of them.</summary>
    static abstract TSelf Read<TReader>(ref TReader reader)
        where TReader : struct, IRecordReader, allows ref struct;
}
