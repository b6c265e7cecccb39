using ModelVault.Runtime;

namespace ModelVault;

/// <summary>One <c>OrderBy</c> or <c>ThenBy</c>, linked to the one before it.</summary>
internal sealed class OrderTerm(FieldInfo field, bool isDescending, NullPlacement nulls, OrderTerm? previous)
{
    public FieldInfo Field { get; } = field;

    public bool IsDescending { get; } = isDescending;

    public OrderTerm? Previous { get; } = previous;

    /// <summary>Whether nulls stand at the other end than where keys have them: first, and last where the order descends.</summary>
    public bool MovesNulls { get; } = field.CanBeNull && nulls != NullPlacement.Default && (nulls == NullPlacement.First) == isDescending;

    /// <summary>The opposite order, by itself.</summary>
    public OrderTerm Reversed() => new(Field, !IsDescending, !MovesNulls ? NullPlacement.Default : IsDescending ? NullPlacement.Last : NullPlacement.First, null);

    /// <summary>Writes a record's value so that the bytes' order is the order asked for.</summary>
    public void Write(in RowContext row, ref KeyWriter key)
    {
        int start = key.Length;
        Field.WriteSortKey(row, ref key);
        if (MovesNulls) key.MoveNullLast(start);
        if (IsDescending) key.Complement(start);
    }

    /// <summary>
    /// A condition that only records meet which come behind the given one, whatever the terms after this are; null where there is none.
    /// Null and NaN meet no comparison, so wherever they stand in the order it says nothing of them.
    /// </summary>
    public VaultFilter? Behind(in RowContext row) => Field.Behind(row, IsDescending);

    public override string ToString() => $"{Field.Path}{(IsDescending ? " desc" : "")}{(!MovesNulls ? "" : IsDescending ? ", nulls first" : ", nulls last")}";
}
