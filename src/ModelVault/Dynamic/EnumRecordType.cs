using System.Globalization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>An enum: a value is its case's name, or its number where no case has it. A CLR enum's value is taken by its name, one without a name (flags together) by its number.</summary>
internal sealed class EnumRecordType(FieldTypeSchema schema) : RecordType(schema)
{
    public override string Name => $"one of {string.Join(", ", Schema.Cases.Select(static c => c.Name))}";

    public override bool TryConvert(object value, out object? converted)
    {
        converted = (value as string ?? (value is Enum ? value.ToString() : null)) is { } name ? Named(name) : null;
        if (converted is null && value is Enum) value = Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture);
        if (converted is null && NumberConversion.TryInteger(value, Schema.IsUnsignedEnum ? typeof(ulong) : typeof(long), out object? number)) converted = NamedOrNumber(number!);
        return converted is not null;
    }

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        if (!TryConvert(value, out object? converted)) encoder.FailType(Name, value);
        else if (converted is string name && !Schema.IsEnumStoredByNumber) encoder.Writer.WriteString(name);
        else if (Schema.IsUnsignedEnum) encoder.Writer.WriteUInt64((ulong)NumberOf(converted!));
        else encoder.Writer.WriteInt64(NumberOf(converted!));
    }

    public override void WriteKey(ref KeyWriter key, object? value)
    {
        if (Schema.IsUnsignedEnum) key.WriteUInt64((ulong)NumberOf(value!));
        else key.WriteInt64(NumberOf(value!));
    }

    public override int Compare(object? left, object? right)
    {
        if (left is null || right is null) return NullOrder.Compare(left, right);
        return Schema.IsUnsignedEnum ? ((ulong)NumberOf(left)).CompareTo((ulong)NumberOf(right)) : NumberOf(left).CompareTo(NumberOf(right));
    }

    protected override object ReadPresent(ref MessagePackReader reader) => NamedOrNumber(
        reader.NextIsString() ? reader.ReadString() : Schema.IsUnsignedEnum ? reader.ReadUInt64() : reader.ReadInt64());

    private string? Named(string name)
    {
        foreach ((string known, long _) in Schema.Cases)
            if (known == name) return known;
        return null;
    }

    private object NamedOrNumber(object value)
    {
        if (value is string) return value;
        long number = value is ulong unsigned ? (long)unsigned : (long)value;
        foreach ((string name, long known) in Schema.Cases)
            if (known == number) return name;
        return value;
    }

    // Of unsigned numbers the bits.
    private long NumberOf(object value)
    {
        if (value is not string name) return value is ulong unsigned ? (long)unsigned : (long)value;
        foreach ((string known, long number) in Schema.Cases)
            if (known == name) return number;
        throw new VaultCorruptionException("A stored enum value has a name that its schema lacks.", found: name);
    }
}
