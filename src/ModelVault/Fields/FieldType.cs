using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelVault.Runtime;

/// <summary>
/// What a field's type can do: be read from a stored record and, for scalars, be compared and written as a key. One instance
/// per type, from <see cref="FieldTypes"/>.
/// </summary>
/// <typeparam name="T">The CLR type; for a field that may be null, its nullable form.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FieldType<T>
{
    /// <summary>Reads a value; null where null is stored and <typeparamref name="T"/> can be null.</summary>
    public abstract T Read(ref MessagePackReader reader);

    /// <summary>Reads the value at a position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal virtual T ReadAt(ReadOnlySpan<byte> data, int position)
    {
        MessagePackReader reader = new(data, position);
        return Read(ref reader);
    }

    /// <summary>What is read where a null stands on the way to the field.</summary>
    internal virtual T Missing => default!;

    /// <summary>Writes a value as a record stores it, null as null. Throws <see cref="VaultQueryException"/> for what is derived and not stored itself.</summary>
    public virtual void Write(ref MessagePackWriter writer, T value) =>
        throw new VaultQueryException($"Values of type {typeof(T)} are not stored themselves, so they cannot be written.");

    /// <summary>Writes a value that is not null as a key component. Throws <see cref="VaultQueryException"/> for a type without an order.</summary>
    public virtual void WriteKey(ref KeyWriter key, T value) =>
        throw new VaultQueryException($"Values of type {typeof(T)} have no order, so they cannot be keys, index components or sort keys.");

    /// <summary>Whether values have an order, so that <see cref="WriteKey"/> is there.</summary>
    internal virtual bool CanBeKey => true;

    /// <summary>Turns a stored value that is not null into a key component, without building it where that can be.</summary>
    internal virtual void CopyKey(scoped MessagePackReader reader, ref KeyWriter key) => WriteKey(ref key, Read(ref reader));

    /// <summary>Compares by the contract's order: null first, then NaN, strings by code point. The sign is the result.</summary>
    public virtual int Compare(T left, T right) => Comparer<T>.Default.Compare(left, right);

    /// <summary>The same, but 0 only for values that are stored as equal bytes.</summary>
    internal virtual int CompareStored(T left, T right) => Compare(left, right);

    /// <summary>Whether two values are equal in the contract's sense: null equals null, NaN equals NaN, −0 equals 0.</summary>
    public virtual bool AreEqual(T left, T right) => Compare(left, right) == 0;

    /// <summary>Whether a value takes part in no order (null, NaN): <c>&lt;</c> and its friends are false for it.</summary>
    public virtual bool IsUnordered(T value) => value is null;
}

/// <summary>Reads a value of any type from a stored record.</summary>
public delegate T RecordValueReader<out T>(ref MessagePackReader reader);

/// <summary>Writes a composite key, component by component.</summary>
public delegate void KeyValueWriter<in T>(ref KeyWriter key, T value);
