using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>A type with stored fields: a model or a <c>[VaultObject]</c>. Implemented by generated code, explicitly, so that nothing of it shows on the user's type.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVaultObject<TSelf>
    where TSelf : IVaultObject<TSelf>
{
    /// <summary>Writes the object's fields in schema order.</summary>
    static abstract void Write<TWriter>(in TSelf value, ref TWriter writer)
        where TWriter : struct, IRecordWriter, allows ref struct;

    /// <summary>Reads an object. A field that the source lacks keeps the value that the type gives it.</summary>
    static abstract TSelf Read<TReader>(ref TReader reader)
        where TReader : struct, IRecordReader, allows ref struct;

    /// <summary>Checks every constraint and records each violation.</summary>
    static abstract void Validate(in TSelf value, ref VaultValidator validator);

    /// <summary>What JSON needs to know of the members. Made anew each time: whoever needs it keeps it.</summary>
    static abstract VaultMembers Members { get; }
}

/// <summary>A model: a stored type with a collection of its own. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IVaultModel<TSelf> : IVaultObject<TSelf>
    where TSelf : IVaultModel<TSelf>
{
    /// <summary>The collection's schema.</summary>
    static abstract CollectionSchema Schema { get; }

    /// <summary>The model's run-time description.</summary>
    static abstract VaultModel Model { get; }
}

/// <summary>A model with fields that the database sets, at least one of which can be set on an instance. Implemented by generated code.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IReceivesGenerated<TSelf>
    where TSelf : IReceivesGenerated<TSelf>
{
    /// <summary>Sets the generated fields that have a setter, from the values of all of them in schema order.</summary>
    static abstract void Receive(TSelf value, ref MessagePackReader reader);
}

/// <summary>Sets what the database has generated on an instance.</summary>
/// <param name="value">The instance.</param>
/// <param name="reader">Stands before the list of the generated fields' values, in schema order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void GeneratedValueReceiver<in TModel>(TModel value, ref MessagePackReader reader);
