using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field compared with a value that is not null.</summary>
internal sealed class CompareFilter<TModel, T>(FieldInfo<TModel, T> subject, FilterOperator op, T value) : FieldFilter<TModel>(subject), IFieldCondition
{
    private readonly bool _isUnordered = subject.Type.IsUnordered(value);

    public FilterOperator Operator => op;

    public int ValueCount => 1;

    // NaN is below everything in key order but less than nothing: only equality with it is a key's business.
    public bool IsServable => op is FilterOperator.Equal || !_isUnordered;

    public void WriteKey(ref KeyWriter key, int index) => subject.Type.WriteKey(ref key, value);

    public override string ToString() => $"{Field.Path} {op.Sign()} {FilterText.Of(value)}";

    internal override string Shape => $"{Field.Path} {op.Sign()} ?";

    protected override bool Accepts(ReadOnlySpan<byte> record, int position)
    {
        T found = subject.ReadAt(record, position);
        FieldType<T> type = subject.Type;
        return op switch
        {
            FilterOperator.Equal => type.AreEqual(found, value),
            FilterOperator.NotEqual => !type.AreEqual(found, value),
            _ => !_isUnordered && !type.IsUnordered(found) && op.Accepts(type.Compare(found, value)),
        };
    }
}

/// <summary>Two fields of one record compared.</summary>
internal sealed class FieldsFilter<TModel, T>(FieldInfo<TModel, T> left, FilterOperator op, FieldInfo<TModel, T> right) : VaultFilter<TModel>
{
    public override string ToString() => $"{left.Path} {op.Sign()} {right.Path}";

    internal override string Shape => ToString();

    internal override bool ReadsOnly(IFieldSet part) => part.Holds(left.Path) && part.Holds(right.Path);

    internal override bool Matches(ref RowContext row)
    {
        T l = left.Read(row), r = right.Read(row);
        return op switch
        {
            FilterOperator.Equal => left.Type.AreEqual(l, r),
            FilterOperator.NotEqual => !left.Type.AreEqual(l, r),
            _ => !left.Type.IsUnordered(l) && !left.Type.IsUnordered(r) && op.Accepts(left.Type.Compare(l, r)),
        };
    }
}

/// <summary>Whether a field is null, or a null stands on the way to it.</summary>
internal sealed class NullFilter<TModel>(FieldInfo subject) : FieldFilter<TModel>(subject), IFieldCondition
{
    public FilterOperator Operator => FilterOperator.IsNull;

    public int ValueCount => 0;

    public void WriteKey(ref KeyWriter key, int index) => throw new InvalidOperationException("A null has no key of its own.");

    public override string ToString() => $"{Field.Path} == null";

    internal override VaultFilter<TModel> Negate() => new PresentFilter<TModel>(Field);

    internal override string Shape => ToString();

    protected override bool Accepts(ReadOnlySpan<byte> record, int position) => position < 0 || new MessagePackReader(record, position).TryReadNull();
}

/// <summary>Whether a field has a value.</summary>
internal sealed class PresentFilter<TModel>(FieldInfo subject) : FieldFilter<TModel>(subject), IFieldCondition
{
    public FilterOperator Operator => FilterOperator.IsNotNull;

    public int ValueCount => 0;

    public void WriteKey(ref KeyWriter key, int index) => throw new InvalidOperationException("That there is a value says nothing of it.");

    public override string ToString() => $"{Field.Path} != null";

    internal override VaultFilter<TModel> Negate() => new NullFilter<TModel>(Field);

    internal override string Shape => ToString();

    protected override bool Accepts(ReadOnlySpan<byte> record, int position) => position >= 0 && !new MessagePackReader(record, position).TryReadNull();
}

/// <summary>An order compared with null: never true.</summary>
internal sealed class NothingFilter<TModel>(FieldInfo subject, FilterOperator op) : VaultFilter<TModel>
{
    public override string ToString() => $"{subject.Path} {op.Sign()} null";

    internal override string Shape => ToString();

    internal override bool ReadsOnly(IFieldSet part) => true;

    internal override bool Matches(ref RowContext row) => false;
}
