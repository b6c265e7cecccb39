using System.ComponentModel;
using System.Globalization;

namespace ModelVault.Runtime;

/// <summary>A field's place in the stored record. One instance per field for the life of the process.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class FieldInfo
{
    private readonly FieldStep[] _steps;
    private readonly int _topOrdinal; // -1 for a field that is not the record's own
    private OrderTerm? _ascending;
    private OrderTerm? _descending;

    private protected FieldInfo(FieldPath path, FieldStep[] steps, int depth, bool isStored)
    {
        Path = path;
        _steps = steps;
        _topOrdinal = depth == 0 && steps is [{ MapKey: null } only] ? only.Ordinal : -1;
        Depth = depth;
        IsStored = isStored;
        IsKeyed = isStored && Array.TrueForAll(steps, static s => s.MapKey is null);
        IsIndexable = IsKeyed && depth == 0;
    }

    /// <summary>The stored names on the way.</summary>
    public FieldPath Path { get; }

    /// <summary>How many lists the field is inside: 0 for a field of the record, 1 for one of a list's element.</summary>
    internal int Depth { get; }

    /// <summary>Whether the value itself is stored, rather than derived from one that is.</summary>
    internal bool IsStored { get; }

    /// <summary>Whether the field is stored and reached through objects alone, so that an index may cover it.</summary>
    internal bool IsIndexable { get; }

    /// <summary>The same where the way begins at a list's item.</summary>
    internal bool IsKeyed { get; }

    /// <summary>The order by this field alone, nulls where they stand of themselves: what most queries are sorted by, so it is made once.</summary>
    internal OrderTerm Order(bool isDescending) => isDescending
        ? _descending ??= new OrderTerm(this, true, NullPlacement.Default, null)
        : _ascending ??= new OrderTerm(this, false, NullPlacement.Default, null);

    /// <summary>Whether its CLR type has a null. Of a reference type that says nothing of the field.</summary>
    internal abstract bool CanBeNull { get; }

    private protected FieldStep[] Steps => _steps;

    /// <summary>The places of the fields on the way, for one that is reached through objects alone.</summary>
    internal int[] Ordinals => Array.ConvertAll(_steps, static s => s.Ordinal);

    private protected FieldStep[] StepsThen(FieldStep step) => [.. _steps, step];

    /// <summary>Writes the field as a sort key: a tag, and the value unless it is null.</summary>
    internal abstract void WriteSortKey(in RowContext row, ref KeyWriter key);

    /// <summary>Whether the field's values have an order.</summary>
    internal abstract bool IsOrdered { get; }

    /// <summary>Writes the field so that values that are equal give equal bytes: as a sort key or, where there is no order, as it is stored.</summary>
    internal void WriteGroupKey(in RowContext row, ref KeyWriter key)
    {
        if (IsOrdered)
        {
            WriteSortKey(row, ref key);
            return;
        }

        bool present = TryLocate(row, out MessagePackReader reader) && !reader.TryReadNull();
        key.WriteTag(present);
        if (present) key.WriteRaw(reader.ReadRaw());
    }

    /// <summary>The condition that a record comes behind the given one by this field alone; null where nothing does that.</summary>
    internal abstract VaultFilter? Behind(in RowContext row, bool isDescending);

    /// <summary>Finds the field's bytes in some records: -1 in one that lacks it. False where it is not the record's own.</summary>
    internal bool TryLocate(in RecordGroup records, Span<int> positions)
    {
        if (_topOrdinal < 0) return false;
        MessagePackReader.FieldsAt(records.Bytes, records.Fields, _topOrdinal, positions);
        return true;
    }

    /// <summary>Finds the field's bytes. False where a null (or a missing map entry) stands on the way.</summary>
    internal bool TryLocate(in RowContext row, out MessagePackReader reader)
    {
        if (_topOrdinal >= 0)
        {
            reader = new MessagePackReader(row.Record, row.Start);
            return reader.TryEnterField(_topOrdinal);
        }

        reader = new MessagePackReader(row.Record, Depth == 0 ? row.Start : row.Elements[Depth - 1]);
        foreach (FieldStep step in _steps)
        {
            if (reader.TryReadNull() || !step.TryEnter(ref reader)) return false;
        }

        return true;
    }
}

/// <summary>A field of a model, with its type.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type; nullable where the field, or an object on the way to it, may be null.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FieldInfo<TModel, T> : FieldInfo
{
    // Asked for every value of a type that is not known, so it must not box one.
    private static readonly bool TypeHasNull = default(T) is null;

    private FieldInfo?[] _members = [];
    private FieldInfo? _element;

    /// <summary>Makes the descriptor of a model's own field.</summary>
    /// <param name="name">The stored name.</param>
    /// <param name="ordinal">The place in the record, in schema order.</param>
    /// <param name="type">The field's type.</param>
    public FieldInfo(string name, int ordinal, FieldType<T> type)
        : this(new FieldPath(name), [new FieldStep(ordinal)], 0, type)
    {
    }

    private FieldInfo(FieldPath path, FieldStep[] steps, int depth, FieldType<T> type, bool isStored = true)
        : base(path, steps, depth, isStored) => Type = type;

    /// <summary>The field's type.</summary>
    public FieldType<T> Type { get; }

    internal override bool CanBeNull => TypeHasNull;

    internal override bool IsOrdered => Type.CanBeKey;

    /// <summary>The descriptor of a member of this object field; made once.</summary>
    public FieldInfo<TModel, TMember> Member<TMember>(string name, int ordinal, FieldType<TMember> type)
    {
        FieldInfo?[] members = Volatile.Read(ref _members);
        if (ordinal < members.Length && members[ordinal] is FieldInfo<TModel, TMember> known) return known;

        // Racing threads make equal descriptors; the last one stored is kept.
        FieldInfo<TModel, TMember> made = new(Path.Then(name), StepsThen(new FieldStep(ordinal)), Depth, type);
        FieldInfo?[] grown = new FieldInfo?[Math.Max(members.Length, ordinal + 1)];
        members.CopyTo(grown, 0);
        grown[ordinal] = made;
        Volatile.Write(ref _members, grown);
        return made;
    }

    /// <summary>The descriptor of this list field's element; made once.</summary>
    public FieldInfo<TModel, TElement> Element<TElement>(FieldType<TElement> type)
    {
        if (Volatile.Read(ref _element) is FieldInfo<TModel, TElement> known) return known;
        if (Depth == RowContext.MaxDepth) throw new VaultQueryException($"'{Path}' is a list inside {Depth} lists; filters reach {RowContext.MaxDepth} deep.");
        FieldInfo<TModel, TElement> made = new(new FieldPath($"{Path}[]"), [], Depth + 1, type);
        Volatile.Write(ref _element, made);
        return made;
    }

    /// <summary>The descriptor of this map field's entry for a key.</summary>
    public FieldInfo<TModel, TValue> Entry<TKey, TValue>(TKey key, FieldType<TValue> type) where TKey : notnull =>
        new(Path.Then(string.Create(CultureInfo.InvariantCulture, $"{key}")), StepsThen(FieldStep.ForMapKey(key)), Depth, type);

    /// <summary>A value derived from this field's bytes.</summary>
    internal FieldInfo<TModel, TValue> Computed<TValue>(string name, FieldType<TValue> type) => new(Path.Then(name), Steps, Depth, type, isStored: false);

    /// <summary>The same field, read as another type.</summary>
    internal FieldInfo<TModel, TOther> As<TOther>(FieldType<TOther> type) => new(Path, Steps, Depth, type, IsStored);

    internal override void WriteSortKey(in RowContext row, ref KeyWriter key)
    {
        if (IsStored && TryLocate(row, out MessagePackReader reader) && !reader.TryReadNull())
        {
            key.WriteTag(present: true);
            Type.CopyKey(reader, ref key);
            return;
        }

        T value = Read(row);
        bool present = !TypeHasNull || value is not null;
        key.WriteTag(present);
        if (present) Type.WriteKey(ref key, value);
    }

    internal override VaultFilter? Behind(in RowContext row, bool isDescending) =>
        Read(row) is { } value ? Compare.With(this, isDescending ? FilterOperator.Less : FilterOperator.Greater, value) : null;

    /// <summary>Reads the field from a stored record; the default (null) where a null stands on the way.</summary>
    internal T Read(in RowContext row) => TryLocate(row, out MessagePackReader reader) ? Type.Read(ref reader) : Type.Missing;

    /// <summary>Reads the field where it was found; the default where it was not.</summary>
    internal T ReadAt(ReadOnlySpan<byte> record, int position) => position < 0 ? Type.Missing : Type.ReadAt(record, position);
}
