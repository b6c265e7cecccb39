using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>Calls from generated code into the generated code of a nested object.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VaultObjects
{
    /// <summary>Writes a nested object.</summary>
    public static void Write<T, TWriter>(in T value, ref TWriter writer)
        where T : IVaultObject<T>
        where TWriter : struct, IRecordWriter, allows ref struct => T.Write(in value, ref writer);

    /// <summary>Reads a nested object.</summary>
    public static T Read<T, TReader>(ref TReader reader)
        where T : IVaultObject<T>
        where TReader : struct, IRecordReader, allows ref struct => T.Read(ref reader);

    /// <summary>The members of a nested object.</summary>
    public static VaultMembers Members<T>()
        where T : IVaultObject<T> => T.Members;

    /// <summary>Validates a nested object.</summary>
    public static void Validate<T>(in T value, ref VaultValidator validator)
        where T : IVaultObject<T> => T.Validate(in value, ref validator);

    /// <summary>What sets generated values on a model.</summary>
    public static GeneratedValueReceiver<T> Receiver<T>()
        where T : IReceivesGenerated<T> => T.Receive;
}
