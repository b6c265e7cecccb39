namespace ModelVault;

/// <summary>Where a field stands in a record, by stored names: <c>publisher.city</c>.</summary>
public sealed class FieldPath : IEquatable<FieldPath>
{
    private readonly string _text;

    /// <summary>Makes a path from its segments.</summary>
    public FieldPath(params IReadOnlyList<string> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        Segments = segments;
        _text = string.Join('.', segments);
    }

    /// <summary>The stored names, outermost first.</summary>
    public IReadOnlyList<string> Segments { get; }

    /// <summary>The path one level deeper.</summary>
    public FieldPath Then(string segment) => new([.. Segments, segment]);

    /// <inheritdoc/>
    public bool Equals(FieldPath? other) => other is not null && Segments.SequenceEqual(other.Segments, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The segments joined by dots.</summary>
    public override string ToString() => _text;
}
