using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Makes instances of what <see cref="SparseRecord"/> makes, as their own types would: initializers stand for what is not there.</summary>
internal static class SparseModel
{
    /// <summary>Reads an instance. Throws <see cref="VaultValidationException"/> with everything that C# or the schema demands and that is not there, and every value that does not fit its member.</summary>
    /// <param name="schema">The collection's schema.</param>
    /// <param name="record">The fields.</param>
    public static TModel Read<TModel>(CollectionSchema schema, ReadOnlySpan<byte> record)
        where TModel : IVaultObject<TModel>
    {
        FieldTypeSchema type = JsonType.RecordOf(schema);
        RequiredFields.Check(schema, TModel.Members, record);

        SparseReader reader = new(record, stackalloc int[MessagePackCode.MaxDepth]);
        try
        {
            return TModel.Read(ref reader);
        }
        catch (VaultCorruptionException e)
        {
            throw new VaultValidationException(schema.Name, [Violation(reader.PathIn(type), e)]);
        }
    }

    // What is read was written here from values of the right kinds: what can be wrong is a number that is too large for its
    // member, or a reference that nothing has set.
    private static VaultViolation Violation(string path, VaultCorruptionException error)
    {
        if (error.Data[RecordErrors.Field] is not string field) return new VaultViolation(path, "Type", error.Found, $"the value does not fit its member: {error.Message}");
        return new VaultViolation(path.Length == 0 ? field : $"{path}.{field}", "Required", null, "a value is required");
    }
}
