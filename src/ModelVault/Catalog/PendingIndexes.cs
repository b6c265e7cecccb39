using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// The indexes that a collection is being given, some records at a time: the collection's schema is still the old one, and becomes the
/// new one when all of them are complete.
/// </summary>
/// <param name="SchemaJson">The schema that the collection is to have.</param>
/// <param name="Indexes">Its indexes that the old schema does not have.</param>
internal sealed record PendingIndexes(string SchemaJson, IReadOnlyList<PendingIndex> Indexes)
{
    /// <summary>The first index that is not complete; null when all are.</summary>
    public PendingIndex? Next => Indexes.FirstOrDefault(static i => !i.IsComplete);

    /// <summary>The same with one of the indexes further on.</summary>
    public PendingIndexes With(PendingIndex index) => this with { Indexes = [.. Indexes.Select(i => i.Id == index.Id ? index : i)] };

    /// <summary>The new schema. Throws <see cref="VaultCorruptionException"/> where it is none of this collection.</summary>
    public CollectionLayout Target(CollectionSchema stored)
    {
        try
        {
            CollectionSchema schema = CollectionSchema.Parse(SchemaJson);
            SchemaDifferences.ThrowUnlessIndexesOnly(stored, schema);
            return new CollectionLayout(schema);
        }
        catch (VaultSchemaException e)
        {
            throw new VaultCorruptionException($"The catalog says that '{stored.Name}' is being given indexes of a schema that it cannot have.", innerException: e);
        }
    }

    /// <summary>How an index is made.</summary>
    public static IndexLayout LayoutOf(PendingIndex index, CollectionLayout target)
    {
        foreach (IndexLayout layout in target.Indexes)
            if (layout.Schema.Name == index.Name) return layout;
        throw new VaultCorruptionException($"The catalog says that '{target.Schema.Name}' is being given an index '{index.Name}', which its new schema does not have.");
    }

    public void Write(ref MessagePackWriter writer)
    {
        writer.BeginList(2);
        writer.WriteString(SchemaJson);
        writer.BeginList(Indexes.Count);
        foreach (PendingIndex index in Indexes) index.Write(ref writer);
        writer.EndList();
        writer.EndList();
    }

    public static PendingIndexes Read(ref MessagePackReader reader)
    {
        if (reader.BeginList() < 2) throw new VaultCorruptionException("What the catalog says of a collection's new indexes ends too early.");
        string json = reader.ReadString();
        int count = reader.BeginList();
        List<PendingIndex> indexes = [];
        for (int i = 0; i < count; i++) indexes.Add(PendingIndex.Read(ref reader));
        reader.EndList();
        reader.EndList();
        return new PendingIndexes(json, indexes);
    }
}

/// <summary>An index that is being built, in the order of the primary keys.</summary>
/// <param name="Name">Its stored name.</param>
/// <param name="Id">Its id.</param>
internal sealed record PendingIndex(string Name, int Id)
{
    /// <summary>The primary key up to which the records have their entries; null before the first.</summary>
    public byte[]? Progress { get; init; }

    /// <summary>Whether every record has its entries.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Whether a record's entries are in the index: then whoever writes the record keeps them, and else the build will add them.</summary>
    public bool Covers(ReadOnlySpan<byte> primaryKey) => IsComplete || (Progress is not null && primaryKey.SequenceCompareTo(Progress) <= 0);

    public void Write(ref MessagePackWriter writer)
    {
        writer.BeginList(4);
        writer.WriteString(Name);
        writer.WriteInt64(Id);
        writer.WriteBoolean(IsComplete);
        if (Progress is null) writer.WriteNull();
        else writer.WriteBytes(Progress);
        writer.EndList();
    }

    public static PendingIndex Read(ref MessagePackReader reader)
    {
        if (reader.BeginList() < 4) throw new VaultCorruptionException("What the catalog says of a collection's new index ends too early.");
        PendingIndex index = new(reader.ReadString(), Narrow.ToInt32(reader.ReadInt64()))
        {
            IsComplete = reader.ReadBoolean(),
            Progress = reader.TryReadNull() ? null : reader.ReadBytes(),
        };
        reader.EndList();
        return index;
    }
}
