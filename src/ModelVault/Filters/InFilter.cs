using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field whose value is one of several.</summary>
internal class InFilter<TModel, T> : FieldFilter<TModel>, IFieldCondition
{
    private readonly FieldInfo<TModel, T> _field;
    private readonly T[] _values;

    // Sorted and distinct, so that a record is looked up in logarithmic time and an index is visited in order.
    public InFilter(FieldInfo<TModel, T> subject, T[] values)
        : base(subject)
    {
        _field = subject;
        IncludesNull = Array.Exists(values, static v => v is null);
        Array.Sort(values, subject.Type.Compare);
        int kept = 0;
        foreach (T value in values)
            if (value is not null && (kept == 0 || !subject.Type.AreEqual(values[kept - 1], value))) values[kept++] = value;
        _values = values[..kept];
    }

    public FilterOperator Operator => FilterOperator.In;

    public int ValueCount => _values.Length;

    public bool IncludesNull { get; }

    protected ReadOnlySpan<T> Values => _values;

    public void WriteKey(ref KeyWriter key, int index) => _field.Type.WriteKey(ref key, _values[index]);

    public override string ToString() => $"{_field.Path} in ({string.Join(", ", _values.Take(5).Select(static v => FilterText.Of(v)))}{(_values.Length > 5 ? $", … {_values.Length} values" : "")}{(IncludesNull ? ", null" : "")})";

    internal override string Shape => $"{_field.Path} in (?)";

    protected override bool Accepts(ReadOnlySpan<byte> record, int position)
    {
        T found = _field.ReadAt(record, position);
        return found is null ? IncludesNull : _values.AsSpan().BinarySearch(new Value(_field.Type, found)) >= 0;
    }

    private readonly struct Value(FieldType<T> type, T value) : IComparable<T>
    {
        public int CompareTo(T? other) => type.Compare(value, other!);
    }
}

/// <summary>A string field whose value is one of several: told from the stored UTF-8, of which no string is made.</summary>
internal sealed class TextInFilter<TModel>(FieldInfo<TModel, string> subject, string[] values) : InFilter<TModel, string>(subject, values)
{
    private byte[][]? _utf8;

    // In the order of the bytes, which is that of the code points.
    private byte[][] Utf8 => _utf8 ??= Array.ConvertAll(Values.ToArray(), Utf8Text.Encode);

    protected override bool Accepts(ReadOnlySpan<byte> record, int position)
    {
        MessagePackReader reader = new(record, position);
        if (position < 0 || reader.TryReadNull()) return IncludesNull;
        return Utf8.AsSpan().BinarySearch(new Text(reader.ReadUtf8())) >= 0;
    }

    private readonly ref struct Text : IComparable<byte[]>
    {
        private readonly ReadOnlySpan<byte> _utf8;

        public Text(ReadOnlySpan<byte> utf8) => _utf8 = utf8;

        public int CompareTo(byte[]? other) => _utf8.SequenceCompareTo(other);
    }
}
