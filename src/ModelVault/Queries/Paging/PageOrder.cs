using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The whole order of a query: its terms, then the primary key. No two records are equal in it, so each is a place to go on from.</summary>
internal sealed class PageOrder
{
    public PageOrder(CollectionLayout layout, in QuerySpec spec)
    {
        Layout = layout;
        Terms = spec.Terms();
        KeyDescends = spec.IsReversed;
        Fingerprint = FingerprintOf($"{layout.Schema.Name}: {this}");
    }

    public CollectionLayout Layout { get; }

    /// <summary>The terms, first one first, turned around where the query is.</summary>
    public OrderTerm[] Terms { get; }

    public bool KeyDescends { get; }

    /// <summary>Stands for the order in cursors, from one process to the next.</summary>
    public ulong Fingerprint { get; }

    /// <summary>Writes a record's place, so that the bytes' order is the query's.</summary>
    public void Write(in RowContext row, ref KeyWriter key)
    {
        foreach (OrderTerm term in Terms) term.Write(row, ref key);
        int start = key.Length;
        Layout.WriteKey(row.Record, row.Start, ref key);
        if (KeyDescends) key.Complement(start);
    }

    /// <summary>A record's place.</summary>
    /// <param name="row">The record.</param>
    /// <param name="passed">How many records the pages so far have had, this one included.</param>
    public PagePosition PositionOf(in RowContext row, long passed)
    {
        byte[][] terms = new byte[Terms.Length][];
        KeyWriter key = new(stackalloc byte[256]);
        for (int i = 0; i < terms.Length; i++)
        {
            key.Clear();
            Terms[i].Write(row, ref key);
            terms[i] = key.Written.ToArray();
        }

        key.Clear();
        Layout.WriteKey(row.Record, row.Start, ref key);
        byte[] primaryKey = key.Written.ToArray();
        key.Dispose();
        return new PagePosition(this, terms, primaryKey, passed);
    }

    public override string ToString() =>
        string.Concat(Terms.Select(static t => $"{t}, ")) + $"key ({string.Join(", ", Layout.KeyPaths)}){(KeyDescends ? " desc" : "")}";

    // FNV-1a, because it must be the same everywhere and for ever.
    private static ulong FingerprintOf(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text) hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}

/// <summary>A record's place in an order, whether the record is still there or not.</summary>
/// <param name="Order">The order.</param>
/// <param name="Terms">For each term the record's sort key.</param>
/// <param name="Key">The record's primary key, as the collection has it.</param>
/// <param name="Passed">How many records the pages so far have had.</param>
internal sealed record PagePosition(PageOrder Order, byte[][] Terms, byte[] Key, long Passed)
{
    /// <summary>The place as <see cref="PageOrder.Write"/> writes it.</summary>
    public byte[] Bytes { get; } = [.. Terms.SelectMany(static t => t), .. Order.KeyDescends ? Array.ConvertAll(Key, static b => (byte)~b) : Key];
}

/// <summary>The records behind a place.</summary>
internal sealed class AfterFilter<TModel>(PagePosition position) : VaultFilter<TModel>
{
    public override string ToString() => "behind the cursor";

    internal override string Shape => ToString();

    internal override bool ReadsOnly(IFieldSet part) => Array.TrueForAll(position.Order.Terms, t => part.Holds(t.Field.Path));

    internal override bool Matches(ref RowContext row)
    {
        KeyWriter key = new(stackalloc byte[256]);
        position.Order.Write(row, ref key);
        bool isBehind = key.Written.SequenceCompareTo(position.Bytes) > 0;
        key.Dispose();
        return isBehind;
    }
}
