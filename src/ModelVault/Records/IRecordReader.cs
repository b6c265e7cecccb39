namespace ModelVault.Runtime;

/// <summary>
/// A source that a model reads itself from: the mirror of <see cref="IRecordWriter"/>. Damaged input is a
/// <see cref="VaultCorruptionException"/>; lengths and nesting are checked before anything is allocated for them.
/// </summary>
public interface IRecordReader
{
    /// <summary>Begins an object. Returns the number of its fields, or −1 where the source does not know beforehand.</summary>
    int BeginObject();

    /// <summary>Moves to the object's next field.</summary>
    /// <param name="names">The fields the caller knows, in schema order.</param>
    /// <param name="index">How many fields the caller has passed.</param>
    /// <param name="count">What <see cref="BeginObject"/> returned.</param>
    /// <param name="ordinal">The field's place in <paramref name="names"/>, or −1 if it is unknown (the caller skips its value).</param>
    /// <returns>False at the object's end.</returns>
    bool NextField(FieldNames names, int index, int count, out int ordinal);

    /// <summary>Ends the object.</summary>
    void EndObject();

    /// <summary>Begins a value of a union and returns which of the cases it is. The case's object follows, and then <see cref="EndUnion"/>.</summary>
    int BeginUnion(UnionCases cases);

    /// <summary>Ends the value of a union.</summary>
    void EndUnion();

    /// <summary>Begins a list. Returns the number of its items, never more than the rest of the input can hold, or −1 where the source does not know.</summary>
    int BeginList();

    /// <summary>Begins a map. Returns the number of its entries, never more than the rest of the input can hold, or −1 where the source does not know.</summary>
    int BeginMap();

    /// <summary>Whether there is an item (or entry) at <paramref name="index"/>, given what <see cref="BeginList"/> or <see cref="BeginMap"/> returned.</summary>
    bool NextItem(int index, int count);

    /// <summary>Ends the list.</summary>
    void EndList();

    /// <summary>Ends the map.</summary>
    void EndMap();

    /// <summary>Reads the key of a map entry.</summary>
    string ReadMapKeyString();

    /// <summary>Reads the key of a map entry.</summary>
    long ReadMapKeyInt64();

    /// <summary>Reads the key of a map entry.</summary>
    ulong ReadMapKeyUInt64();

    /// <summary>Reads the key of a map entry.</summary>
    Guid ReadMapKeyGuid();

    /// <summary>Reads past a null and returns true, or returns false and stays.</summary>
    bool TryReadNull();

    /// <summary>Reads past one value, whatever it is.</summary>
    void Skip();

    /// <summary>Reads a boolean.</summary>
    bool ReadBoolean();

    /// <summary>Reads a signed integer of up to 64 bits.</summary>
    long ReadInt64();

    /// <summary>Reads an unsigned integer of up to 64 bits.</summary>
    ulong ReadUInt64();

    /// <summary>Reads a signed integer of up to 128 bits.</summary>
    Int128 ReadInt128();

    /// <summary>Reads an unsigned integer of up to 128 bits.</summary>
    UInt128 ReadUInt128();

    /// <summary>Reads a 16-bit floating-point number.</summary>
    Half ReadHalf();

    /// <summary>Reads a 32-bit floating-point number.</summary>
    float ReadSingle();

    /// <summary>Reads a 64-bit floating-point number.</summary>
    double ReadDouble();

    /// <summary>Reads a decimal with its scale.</summary>
    decimal ReadDecimal();

    /// <summary>Reads a string.</summary>
    string ReadString();

    /// <summary>Reads an enum value stored by name, or by number where the value had no name.</summary>
    TEnum ReadEnum<TEnum>(EnumNames<TEnum> names) where TEnum : struct, Enum;

    /// <summary>Reads bytes into an array of their own.</summary>
    byte[] ReadBytes();

    /// <summary>Reads a Guid.</summary>
    Guid ReadGuid();

    /// <summary>Reads a date and time with its kind.</summary>
    DateTime ReadDateTime();

    /// <summary>Reads a date and time with its offset.</summary>
    DateTimeOffset ReadDateTimeOffset();

    /// <summary>Reads a date.</summary>
    DateOnly ReadDateOnly();

    /// <summary>Reads a time of day.</summary>
    TimeOnly ReadTimeOnly();

    /// <summary>Reads a duration.</summary>
    TimeSpan ReadTimeSpan();

    /// <summary>Reads a URI, absolute or relative.</summary>
    Uri ReadUri();

    /// <summary>Reads a version of two to four parts.</summary>
    Version ReadVersion();
}
