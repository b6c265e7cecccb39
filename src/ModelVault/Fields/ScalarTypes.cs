namespace ModelVault.Runtime;

// The scalar types behind FieldTypes. Each is a pair of methods; the order of most is that of their default comparer.

internal sealed class BooleanType : FieldType<bool>
{
    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();

    public override void Write(ref MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    public override void WriteKey(ref KeyWriter key, bool value) => key.WriteBoolean(value);
}

internal sealed class SignedType<T>(Func<long, T> narrow, Func<T, long> widen) : FieldType<T> where T : struct
{
    public override T Read(ref MessagePackReader reader) => narrow(reader.ReadInt64());

    public override void Write(ref MessagePackWriter writer, T value) => writer.WriteInt64(widen(value));

    public override void WriteKey(ref KeyWriter key, T value) => key.WriteInt64(widen(value));
}

internal sealed class UnsignedType<T>(Func<ulong, T> narrow, Func<T, ulong> widen) : FieldType<T> where T : struct
{
    public override T Read(ref MessagePackReader reader) => narrow(reader.ReadUInt64());

    public override void Write(ref MessagePackWriter writer, T value) => writer.WriteUInt64(widen(value));

    public override void WriteKey(ref KeyWriter key, T value) => key.WriteUInt64(widen(value));
}

// The two integer types of nearly every model, without a delegate on their way.
internal sealed class Int32Type : FieldType<int>
{
    public override int Read(ref MessagePackReader reader) => Narrow.ToInt32(reader.ReadInt64());

    internal override int ReadAt(ReadOnlySpan<byte> data, int position) => Narrow.ToInt32(MessagePackReader.ReadInt64(data, position));

    public override void Write(ref MessagePackWriter writer, int value) => writer.WriteInt64(value);

    public override void WriteKey(ref KeyWriter key, int value) => key.WriteInt64(value);

    public override int Compare(int left, int right) => left.CompareTo(right);

    public override bool IsUnordered(int value) => false;
}

internal sealed class Int64Type : FieldType<long>
{
    public override long Read(ref MessagePackReader reader) => reader.ReadInt64();

    internal override long ReadAt(ReadOnlySpan<byte> data, int position) => MessagePackReader.ReadInt64(data, position);

    public override void Write(ref MessagePackWriter writer, long value) => writer.WriteInt64(value);

    public override void WriteKey(ref KeyWriter key, long value) => key.WriteInt64(value);

    public override int Compare(long left, long right) => left.CompareTo(right);

    public override bool IsUnordered(long value) => false;
}

internal sealed class SingleType : FieldType<float>
{
    public override float Read(ref MessagePackReader reader) => reader.ReadSingle();

    public override void Write(ref MessagePackWriter writer, float value) => writer.WriteSingle(value);

    public override void WriteKey(ref KeyWriter key, float value) => key.WriteSingle(value);

    public override int Compare(float left, float right) => left.CompareTo(right);

    public override bool IsUnordered(float value) => float.IsNaN(value);
}

internal sealed class DoubleType : FieldType<double>
{
    public override double Read(ref MessagePackReader reader) => reader.ReadDouble();

    internal override double ReadAt(ReadOnlySpan<byte> data, int position) => MessagePackReader.ReadDouble(data, position);

    public override void Write(ref MessagePackWriter writer, double value) => writer.WriteDouble(value);

    public override void WriteKey(ref KeyWriter key, double value) => key.WriteDouble(value);

    public override int Compare(double left, double right) => left.CompareTo(right);

    public override bool IsUnordered(double value) => double.IsNaN(value);
}

internal sealed class DecimalType : FieldType<decimal>
{
    public override decimal Read(ref MessagePackReader reader) => reader.ReadDecimal();

    public override void Write(ref MessagePackWriter writer, decimal value) => writer.WriteDecimal(value);

    public override void WriteKey(ref KeyWriter key, decimal value) => key.WriteDecimal(value);
}

internal sealed class StringType : FieldType<string>
{
    public override string Read(ref MessagePackReader reader) => reader.TryReadNull() ? null! : reader.ReadString();

    public override void Write(ref MessagePackWriter writer, string value)
    {
        if (value is null) writer.WriteNull();
        else writer.WriteString(value);
    }

    public override void WriteKey(ref KeyWriter key, string value) => key.WriteString(value);

    internal override void CopyKey(scoped MessagePackReader reader, ref KeyWriter key) => key.WriteBytes(reader.ReadUtf8());

    public override int Compare(string left, string right) => CodePointOrder.Compare(left, right);

    public override bool AreEqual(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}

internal sealed class BytesType : FieldType<byte[]>
{
    public override byte[] Read(ref MessagePackReader reader) => reader.TryReadNull() ? null! : reader.ReadBytes();

    public override void Write(ref MessagePackWriter writer, byte[] value)
    {
        if (value is null) writer.WriteNull();
        else writer.WriteBytes(value);
    }

    public override void WriteKey(ref KeyWriter key, byte[] value) => key.WriteBytes(value);

    public override int Compare(byte[] left, byte[] right) =>
        left is null || right is null ? NullOrder.Compare(left, right) : left.AsSpan().SequenceCompareTo(right);
}

internal sealed class GuidType : FieldType<Guid>
{
    public override Guid Read(ref MessagePackReader reader) => reader.ReadGuid();

    public override void Write(ref MessagePackWriter writer, Guid value) => writer.WriteGuid(value);

    public override void WriteKey(ref KeyWriter key, Guid value) => key.WriteGuid(value);
}

internal sealed class DateTimeType : FieldType<DateTime>
{
    public override DateTime Read(ref MessagePackReader reader) => reader.ReadDateTime();

    public override void Write(ref MessagePackWriter writer, DateTime value) => writer.WriteDateTime(value);

    public override void WriteKey(ref KeyWriter key, DateTime value) => key.WriteDateTime(value);

    public override int Compare(DateTime left, DateTime right) => FieldTypes.KeyTicks(left).CompareTo(FieldTypes.KeyTicks(right));

    internal override int CompareStored(DateTime left, DateTime right) => Compare(left, right) is not 0 and int order ? order : left.Kind.CompareTo(right.Kind);
}

internal sealed class DateTimeOffsetType : FieldType<DateTimeOffset>
{
    public override DateTimeOffset Read(ref MessagePackReader reader) => reader.ReadDateTimeOffset();

    public override void Write(ref MessagePackWriter writer, DateTimeOffset value) => writer.WriteDateTimeOffset(value);

    public override void WriteKey(ref KeyWriter key, DateTimeOffset value) => key.WriteDateTimeOffset(value);
}

internal sealed class DateOnlyType : FieldType<DateOnly>
{
    public override DateOnly Read(ref MessagePackReader reader) => reader.ReadDateOnly();

    public override void Write(ref MessagePackWriter writer, DateOnly value) => writer.WriteDateOnly(value);

    public override void WriteKey(ref KeyWriter key, DateOnly value) => key.WriteUInt64((ulong)value.DayNumber);
}

internal sealed class TimeOnlyType : FieldType<TimeOnly>
{
    public override TimeOnly Read(ref MessagePackReader reader) => reader.ReadTimeOnly();

    public override void Write(ref MessagePackWriter writer, TimeOnly value) => writer.WriteTimeOnly(value);

    public override void WriteKey(ref KeyWriter key, TimeOnly value) => key.WriteUInt64((ulong)value.Ticks);
}

internal sealed class TimeSpanType : FieldType<TimeSpan>
{
    public override TimeSpan Read(ref MessagePackReader reader) => reader.ReadTimeSpan();

    public override void Write(ref MessagePackWriter writer, TimeSpan value) => writer.WriteTimeSpan(value);

    public override void WriteKey(ref KeyWriter key, TimeSpan value) => key.WriteInt64(value.Ticks);
}

internal sealed class EnumType<TEnum>(EnumNames<TEnum>? names) : FieldType<TEnum> where TEnum : struct, Enum
{
    public override TEnum Read(ref MessagePackReader reader) => names is null ? EnumNames<TEnum>.ReadNumber(ref reader) : reader.ReadEnum(names);

    public override void Write(ref MessagePackWriter writer, TEnum value)
    {
        if (names is null) EnumNames<TEnum>.WriteNumber(value, ref writer);
        else names.Write(value, ref writer);
    }

    public override void WriteKey(ref KeyWriter key, TEnum value)
    {
        if (EnumNames<TEnum>.IsUnsigned) key.WriteUInt64((ulong)EnumNames<TEnum>.ToInt64(value));
        else key.WriteInt64(EnumNames<TEnum>.ToInt64(value));
    }
}

// Derived from the bytes of another type, without building its value.
internal sealed class TextLengthType : FieldType<int>
{
    public override int Read(ref MessagePackReader reader) => System.Text.Encoding.UTF8.GetCharCount(reader.ReadUtf8());

    public override void WriteKey(ref KeyWriter key, int value) => key.WriteInt64(value);
}

internal sealed class ItemCountType : FieldType<int>
{
    public override int Read(ref MessagePackReader reader) => reader.TryReadNull() ? 0 : reader.BeginList();

    public override void WriteKey(ref KeyWriter key, int value) => key.WriteInt64(value);
}
