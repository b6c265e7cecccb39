namespace ModelVault.Runtime;

// The types made from other types: nullable, wrapped, objects and whatever the generator reads by a method of its own.

internal sealed class NullableType<T>(FieldType<T> inner) : FieldType<T?> where T : struct
{
    internal override bool CanBeKey => inner.CanBeKey;

    public override T? Read(ref MessagePackReader reader) => reader.TryReadNull() ? null : inner.Read(ref reader);

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } present) inner.Write(ref writer, present);
        else writer.WriteNull();
    }

    public override void WriteKey(ref KeyWriter key, T? value) => inner.WriteKey(ref key, value!.Value);

    public override int Compare(T? left, T? right) => (left, right) is ({ } l, { } r) ? inner.Compare(l, r) : left.HasValue.CompareTo(right.HasValue);

    internal override int CompareStored(T? left, T? right) => (left, right) is ({ } l, { } r) ? inner.CompareStored(l, r) : left.HasValue.CompareTo(right.HasValue);

    public override bool IsUnordered(T? value) => value is not { } present || inner.IsUnordered(present);
}

internal sealed class WrappedType<T, TInner>(FieldType<TInner> inner, Func<T, TInner> unwrap, Func<TInner, T> wrap) : FieldType<T> where T : struct
{
    public override T Read(ref MessagePackReader reader) => wrap(inner.Read(ref reader));

    public override void Write(ref MessagePackWriter writer, T value) => inner.Write(ref writer, unwrap(value));

    public override void WriteKey(ref KeyWriter key, T value) => inner.WriteKey(ref key, unwrap(value));

    public override int Compare(T left, T right) => inner.Compare(unwrap(left), unwrap(right));

    internal override int CompareStored(T left, T right) => inner.CompareStored(unwrap(left), unwrap(right));

    public override bool AreEqual(T left, T right) => inner.AreEqual(unwrap(left), unwrap(right));

    public override bool IsUnordered(T value) => inner.IsUnordered(unwrap(value));
}

internal sealed class ObjectType<T> : FieldType<T> where T : IVaultObject<T>
{
    internal override bool CanBeKey => false;

    public override bool AreEqual(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    public override T Read(ref MessagePackReader reader) => default(T) is null && reader.TryReadNull() ? default! : T.Read(ref reader);

    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (value is null) writer.WriteNull();
        else T.Write(in value, ref writer);
    }
}

internal sealed class CustomType<T>(RecordValueReader<T> read, RecordValueWriter<T> write) : FieldType<T>
{
    internal override bool CanBeKey => false;

    // As groups are: collections themselves are equal only where they are one.
    public override bool AreEqual(T left, T right) => left is null || right is null ? left is null && right is null : Stored(left).AsSpan().SequenceEqual(Stored(right));

    public override T Read(ref MessagePackReader reader) => default(T) is null && reader.TryReadNull() ? default! : read(ref reader);

    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (value is null) writer.WriteNull();
        else write(in value, ref writer);
    }

    private byte[] Stored(T value)
    {
        MessagePackWriter writer = new(new byte[256]);
        write(in value, ref writer);
        return writer.Written.ToArray();
    }
}

// Composite keys: never read as one value, only written.
internal sealed class CompositeType<T>(KeyValueWriter<T> write) : FieldType<T>
{
    public override T Read(ref MessagePackReader reader) => throw new VaultQueryException("A composite key is not a field.");

    public override void WriteKey(ref KeyWriter key, T value) => write(ref key, value);
}
