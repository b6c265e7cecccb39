using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// What a schema's type can do for records without a model: be read as an object, be written from one, be compared and be a
/// key. Made once per type of a schema; the typed counterparts in <see cref="FieldTypes"/> do the work.
/// </summary>
internal abstract class RecordType(FieldTypeSchema schema) : FieldType<object?>
{
    public FieldTypeSchema Schema => schema;

    /// <summary>The type's name in messages: the schema's word for it.</summary>
    public abstract string Name { get; }

    internal override bool CanBeKey => schema.IsScalar;

    public sealed override object? Read(ref MessagePackReader reader) => reader.TryReadNull() ? null : ReadPresent(ref reader);

    /// <summary>Writes a value that is not null, and records why where that is not possible.</summary>
    public abstract void Encode(ref RecordEncoder encoder, object value);

    /// <summary>Converts a value that is not null to the type that it is stored as, where that loses nothing. Only scalars can.</summary>
    public virtual bool TryConvert(object value, out object? converted)
    {
        converted = null;
        return false;
    }

    protected abstract object ReadPresent(ref MessagePackReader reader);

    /// <summary>The run-time type of a schema's type.</summary>
    public static RecordType Of(FieldTypeSchema schema) => schema.Kind switch
    {
        FieldKind.List => new ListRecordType(schema, Of(schema.Element!)),
        FieldKind.Set => new SetRecordType(schema, Of(schema.Element!)),
        FieldKind.Map => new MapRecordType(schema, Of(schema.MapKey!), Of(schema.Element!)),
        FieldKind.Union => new UnionRecordType(schema),
        FieldKind.Object => new ObjectRecordType(schema),
        FieldKind.Enum => new EnumRecordType(schema),
        _ => ScalarRecordTypes.Of(schema),
    };
}

/// <summary>Converts a value that is not null to a scalar's own type.</summary>
internal delegate bool ScalarConversion(object value, out object? converted);

/// <summary>Writes a scalar.</summary>
internal delegate void ScalarWriter<in T>(ref MessagePackWriter writer, T value);

/// <summary>A scalar, by its typed counterpart.</summary>
internal sealed class ScalarRecordType<T>(FieldTypeSchema schema, string name, FieldType<T> type, ScalarWriter<T> write, ScalarConversion? convert) : RecordType(schema)
    where T : notnull
{
    public override string Name => name;

    public override bool TryConvert(object value, out object? converted)
    {
        converted = value is T ? value : null;
        return converted is not null || (convert is not null && convert(value, out converted));
    }

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        if (TryConvert(value, out object? converted)) write(ref encoder.Writer, (T)converted!);
        else encoder.FailType(Name, value);
    }

    public override void WriteKey(ref KeyWriter key, object? value) => type.WriteKey(ref key, (T)value!);

    public override int Compare(object? left, object? right) =>
        left is null || right is null ? NullOrder.Compare(left, right) : type.Compare((T)left, (T)right);

    internal override int CompareStored(object? left, object? right) =>
        left is null || right is null ? NullOrder.Compare(left, right) : type.CompareStored((T)left, (T)right);

    public override bool AreEqual(object? left, object? right) => left is null || right is null ? left is null && right is null : type.AreEqual((T)left, (T)right);

    public override bool IsUnordered(object? value) => value is null || type.IsUnordered((T)value);

    protected override object ReadPresent(ref MessagePackReader reader) => type.Read(ref reader);
}
