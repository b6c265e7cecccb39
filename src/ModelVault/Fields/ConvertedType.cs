namespace ModelVault.Runtime;

/// <summary>A type that is stored through a converter: compared and keyed as what is stored.</summary>
internal sealed class ConvertedType<TConverter, T, TStored>(FieldType<TStored> stored) : FieldType<T>
    where TConverter : IVaultConverter<T, TStored>
    where T : notnull
    where TStored : notnull
{
    public override T Read(ref MessagePackReader reader) => default(T) is null && reader.TryReadNull() ? default! : FromStored(stored.Read(ref reader));

    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (value is null) writer.WriteNull();
        else stored.Write(ref writer, ToStored(value));
    }

    public override void WriteKey(ref KeyWriter key, T value) => stored.WriteKey(ref key, ToStored(value));

    internal override bool CanBeKey => stored.CanBeKey;

    internal override void CopyKey(scoped MessagePackReader reader, ref KeyWriter key) => stored.CopyKey(reader, ref key);

    public override int Compare(T left, T right) => left is null || right is null ? NullOrder.Compare(left, right) : stored.Compare(ToStored(left), ToStored(right));

    internal override int CompareStored(T left, T right) => left is null || right is null ? NullOrder.Compare(left, right) : stored.CompareStored(ToStored(left), ToStored(right));

    public override bool AreEqual(T left, T right) => left is null || right is null ? NullOrder.Compare(left, right) == 0 : stored.AreEqual(ToStored(left), ToStored(right));

    public override bool IsUnordered(T value) => value is null || stored.IsUnordered(ToStored(value));

    private static TStored ToStored(T value) => VaultConverters.ToStored<TConverter, T, TStored>(value);

    private static T FromStored(TStored value) => VaultConverters.FromStored<TConverter, T, TStored>(value);
}
