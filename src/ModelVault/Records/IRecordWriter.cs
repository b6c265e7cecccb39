namespace ModelVault.Runtime;

/// <summary>
/// A target that a model writes itself to. The generator emits one <c>Write</c> per model against this interface; stored
/// MessagePack is one implementation, and every further target is another, so a new one never touches the generator.
/// Implementations are structs: the JIT and the AOT compiler specialise the generated code for each.
/// </summary>
public interface IRecordWriter
{
    /// <summary>Begins an object of so many fields. Throws <see cref="VaultValidationException"/> where objects nest too deep (a cycle).</summary>
    void BeginObject(int fieldCount);

    /// <summary>Begins the next field, in schema order.</summary>
    /// <param name="name">The stored name in UTF-8.</param>
    void BeginField(ReadOnlySpan<byte> name);

    /// <summary>Ends the object.</summary>
    void EndObject();

    /// <summary>Begins a value of a union. Its object follows, and then <see cref="EndUnion"/>.</summary>
    /// <param name="caseName">The case's stored name in UTF-8.</param>
    void BeginUnion(ReadOnlySpan<byte> caseName);

    /// <summary>Ends the value of a union.</summary>
    void EndUnion();

    /// <summary>Begins a list of so many items.</summary>
    void BeginList(int count);

    /// <summary>Ends the list.</summary>
    void EndList();

    /// <summary>Begins a map of so many entries, each a key and a value.</summary>
    void BeginMap(int count);

    /// <summary>Ends the map.</summary>
    void EndMap();

    /// <summary>Writes the key of a map entry.</summary>
    void WriteMapKey(string key);

    /// <summary>Writes the key of a map entry.</summary>
    void WriteMapKey(long key);

    /// <summary>Writes the key of a map entry.</summary>
    void WriteMapKey(ulong key);

    /// <summary>Writes the key of a map entry.</summary>
    void WriteMapKey(Guid key);

    /// <summary>Writes a null.</summary>
    void WriteNull();

    /// <summary>Writes a boolean.</summary>
    void WriteBoolean(bool value);

    /// <summary>Writes a signed integer of up to 64 bits.</summary>
    void WriteInt64(long value);

    /// <summary>Writes an unsigned integer of up to 64 bits.</summary>
    void WriteUInt64(ulong value);

    /// <summary>Writes a signed integer of up to 128 bits.</summary>
    void WriteInt128(Int128 value);

    /// <summary>Writes an unsigned integer of up to 128 bits.</summary>
    void WriteUInt128(UInt128 value);

    /// <summary>Writes a 16-bit floating-point number.</summary>
    void WriteHalf(Half value);

    /// <summary>Writes a 32-bit floating-point number.</summary>
    void WriteSingle(float value);

    /// <summary>Writes a 64-bit floating-point number.</summary>
    void WriteDouble(double value);

    /// <summary>Writes a decimal with its scale.</summary>
    void WriteDecimal(decimal value);

    /// <summary>Writes a string. Throws <see cref="VaultValidationException"/> if it holds an unpaired surrogate.</summary>
    void WriteString(string value);

    /// <summary>Writes a string that is UTF-8 already.</summary>
    void WriteUtf8(ReadOnlySpan<byte> value);

    /// <summary>Writes bytes.</summary>
    void WriteBytes(ReadOnlySpan<byte> value);

    /// <summary>Writes a Guid.</summary>
    void WriteGuid(Guid value);

    /// <summary>Writes a date and time with its kind.</summary>
    void WriteDateTime(DateTime value);

    /// <summary>Writes a date and time with its offset.</summary>
    void WriteDateTimeOffset(DateTimeOffset value);

    /// <summary>Writes a date.</summary>
    void WriteDateOnly(DateOnly value);

    /// <summary>Writes a time of day.</summary>
    void WriteTimeOnly(TimeOnly value);

    /// <summary>Writes a duration.</summary>
    void WriteTimeSpan(TimeSpan value);

    /// <summary>Writes a URI as the text it was made of.</summary>
    void WriteUri(Uri value);

    /// <summary>Writes a version with as many parts as it has.</summary>
    void WriteVersion(Version value);
}
