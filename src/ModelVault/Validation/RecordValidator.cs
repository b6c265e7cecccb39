using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Checks encoded records against their schema: what may not be null is there, and every constraint holds, to any depth. It
/// finds what the generated validators find, with the same paths, values and messages, from the bytes alone. Three things only
/// the model's own type knows: messages of one's own, the rules <c>StringLength</c> and <c>Length</c> (here <c>MinLength</c> and
/// <c>MaxLength</c>), and checks in code (attributes of one's own, <c>IValidatableObject</c>).
/// </summary>
internal sealed class RecordValidator(CollectionSchema schema)
{
    private readonly FieldCheck[] _fields = FieldCheck.Of(schema.Fields);

    /// <summary>Records every violation. The record is read from its first field on.</summary>
    /// <param name="record">The record.</param>
    /// <param name="start">Where its fields begin, behind the header.</param>
    /// <param name="validator">Takes the violations.</param>
    public void Validate(ReadOnlySpan<byte> record, int start, ref VaultValidator validator)
    {
        MessagePackReader reader = new(record, start);
        FieldCheck.Run(_fields, ref reader, ref validator);
    }
}
