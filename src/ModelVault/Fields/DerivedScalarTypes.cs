namespace ModelVault.Runtime;

// The scalar types that are stored as values of other types.

internal sealed class Int128Type : FieldType<Int128>
{
    public override Int128 Read(ref MessagePackReader reader) => reader.ReadInt128();

    public override void Write(ref MessagePackWriter writer, Int128 value) => writer.WriteInt128(value);

    public override void WriteKey(ref KeyWriter key, Int128 value) => key.WriteInt128(value);
}

internal sealed class UInt128Type : FieldType<UInt128>
{
    public override UInt128 Read(ref MessagePackReader reader) => reader.ReadUInt128();

    public override void Write(ref MessagePackWriter writer, UInt128 value) => writer.WriteUInt128(value);

    public override void WriteKey(ref KeyWriter key, UInt128 value) => key.WriteUInt128(value);
}

internal sealed class HalfType : FieldType<Half>
{
    public override Half Read(ref MessagePackReader reader) => reader.ReadHalf();

    public override void Write(ref MessagePackWriter writer, Half value) => writer.WriteHalf(value);

    public override void WriteKey(ref KeyWriter key, Half value) => key.WriteSingle((float)value);

    public override bool IsUnordered(Half value) => Half.IsNaN(value);
}

internal sealed class MemoryType : FieldType<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBytes();

    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBytes(value.Span);

    public override void WriteKey(ref KeyWriter key, ReadOnlyMemory<byte> value) => key.WriteBytes(value.Span);

    public override int Compare(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceCompareTo(right.Span);
}

// Compared as the text that is stored: what Uri itself takes for equal differs from one version of .NET to another.
internal sealed class UriType : FieldType<Uri>
{
    public override Uri Read(ref MessagePackReader reader) => reader.TryReadNull() ? null! : reader.ReadUri();

    public override void Write(ref MessagePackWriter writer, Uri value)
    {
        if (value is null) writer.WriteNull();
        else writer.WriteUri(value);
    }

    public override void WriteKey(ref KeyWriter key, Uri value) => key.WriteString(UriText.Of(value));

    internal override void CopyKey(scoped MessagePackReader reader, ref KeyWriter key) => key.WriteBytes(reader.ReadUtf8());

    public override int Compare(Uri left, Uri right) => CodePointOrder.Compare(Text(left), Text(right));

    private static string? Text(Uri? value) => value is null ? null : UriText.Of(value);
}

internal sealed class VersionType : FieldType<Version>
{
    public override Version Read(ref MessagePackReader reader) => reader.TryReadNull() ? null! : reader.ReadVersion();

    public override void Write(ref MessagePackWriter writer, Version value)
    {
        if (value is null) writer.WriteNull();
        else writer.WriteVersion(value);
    }

    public override void WriteKey(ref KeyWriter key, Version value) => key.WriteVersion(value);
}
