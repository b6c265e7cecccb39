using System.Buffers;
using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// A string field compared with a text. Ordinal comparison works on the stored UTF-8: its byte order is code-point order,
/// and a text occurs in another exactly where its bytes do. Where case does not count, both are folded first.
/// </summary>
internal sealed class TextFilter<TModel> : FieldFilter<TModel>, IFieldCondition
{
    private readonly FilterOperator _op;
    private readonly string _text;
    private readonly StringComparison _comparison;
    private byte[]? _utf8;

    public TextFilter(FieldInfo field, FilterOperator op, string text, StringComparison comparison)
        : base(field)
    {
        _op = op;
        _text = text;
        _comparison = comparison;
    }

    public FilterOperator Operator => _op;

    public int ValueCount => 1;

    public bool IgnoresCase => _comparison == StringComparison.OrdinalIgnoreCase;

    // Made when it is needed first, so that building a query costs less. Racing threads make the same.
    private byte[] Utf8 => _utf8 ??= IgnoresCase ? OrdinalCase.Fold(_text) : Encoding.UTF8.GetBytes(_text);

    /// <summary>Writes the text; for <see cref="FilterOperator.StartsWith"/> without the end, so that it is the prefix of all keys it asks for.</summary>
    public void WriteKey(ref KeyWriter key, int index)
    {
        if (_op == FilterOperator.StartsWith) key.WriteEscaped(Utf8);
        else if (IgnoresCase) key.WriteBytes(Utf8);
        else key.WriteString(_text);
    }

    public override string ToString() => _op switch
    {
        FilterOperator.StartsWith or FilterOperator.EndsWith or FilterOperator.Contains => $"{Field.Path}.{_op}({FilterText.Of(_text)}{(IgnoresCase ? ", ignore case" : "")})",
        _ => $"{Field.Path} {_op.Sign()} {FilterText.Of(_text)}{(IgnoresCase ? " (ignore case)" : "")}",
    };

    internal override string Shape => _op switch
    {
        FilterOperator.StartsWith or FilterOperator.EndsWith or FilterOperator.Contains => $"{Field.Path}.{_op}(?{(IgnoresCase ? ", ignore case" : "")})",
        _ => $"{Field.Path} {_op.Sign()} ?{(IgnoresCase ? " (ignore case)" : "")}",
    };

    protected override bool Accepts(ReadOnlySpan<byte> record, int position)
    {
        MessagePackReader reader = new(record, position);
        if (position < 0 || reader.TryReadNull()) return _op == FilterOperator.NotEqual;
        ReadOnlySpan<byte> found = reader.ReadUtf8();
        return IgnoresCase ? MatchesIgnoringCase(found) : MatchesBytes(found);
    }

    private bool MatchesBytes(ReadOnlySpan<byte> found) => _op switch
    {
        FilterOperator.Equal => found.SequenceEqual(Utf8),
        FilterOperator.NotEqual => !found.SequenceEqual(Utf8),
        FilterOperator.StartsWith => found.StartsWith(Utf8),
        FilterOperator.EndsWith => found.EndsWith(Utf8),
        FilterOperator.Contains => found.IndexOf(Utf8) >= 0,
        _ => _op.Accepts(found.SequenceCompareTo(Utf8)),
    };

    private bool MatchesIgnoringCase(ReadOnlySpan<byte> found)
    {
        int most = OrdinalCase.MaxLength(found.Length);
        byte[]? rented = most > 512 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> folded = rented ?? stackalloc byte[512];
        bool matches = MatchesBytes(folded[..OrdinalCase.Fold(found, folded)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return matches;
    }
}
