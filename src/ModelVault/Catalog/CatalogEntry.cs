using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// What the file knows of one collection: its id, every schema version it has had, the stable ids of its fields and the ids
/// of its indexes. Ids are never used again, so that neither old records nor dropped indexes can be mistaken for new ones.
/// </summary>
internal sealed record CatalogEntry
{
    public required int Id { get; init; }

    /// <summary>The schemas by version; the last is the current one.</summary>
    public required IReadOnlyList<(int Version, string Json)> Schemas { get; init; }

    /// <summary>The fields' ids by dotted path.</summary>
    public required IReadOnlyDictionary<string, int> FieldIds { get; init; }

    /// <summary>The indexes' ids by name.</summary>
    public required IReadOnlyDictionary<string, int> IndexIds { get; init; }

    /// <summary>The next id of a field.</summary>
    public required int NextFieldId { get; init; }

    /// <summary>The next id of an index.</summary>
    public required int NextIndexId { get; init; }

    /// <summary>The indexes that are being added; null where none are.</summary>
    public PendingIndexes? Pending { get; init; }

    public int Version => Schemas[^1].Version;

    public string SchemaJson => Schemas[^1].Json;

    /// <summary>The name of the tree that holds the records.</summary>
    public string PrimaryTree => $"c{Id}";

    /// <summary>The name of an index's tree.</summary>
    public string IndexTree(string index) => IndexTree(IndexIds[index]);

    /// <summary>The name of the tree of the index with an id.</summary>
    public string IndexTree(int index) => $"c{Id}.i{index}";

    /// <summary>The stored form: one MessagePack array.</summary>
    public byte[] Encode()
    {
        MessagePackWriter writer = new(new byte[512]);
        writer.BeginList(Pending is null ? 6 : 7);
        writer.WriteInt64(Id);
        writer.WriteInt64(NextFieldId);
        writer.WriteInt64(NextIndexId);
        writer.BeginList(Schemas.Count);
        foreach ((int version, string json) in Schemas)
        {
            writer.BeginList(2);
            writer.WriteInt64(version);
            writer.WriteString(json);
            writer.EndList();
        }

        writer.EndList();
        WriteIds(ref writer, FieldIds);
        WriteIds(ref writer, IndexIds);
        Pending?.Write(ref writer);
        writer.EndList();
        return writer.Written.ToArray();
    }

    public static CatalogEntry Decode(ReadOnlySpan<byte> bytes)
    {
        MessagePackReader reader = new(bytes);
        int elements = reader.BeginList();
        if (elements < 6) throw new VaultCorruptionException("A catalog entry ends too early.");
        int id = Narrow.ToInt32(reader.ReadInt64());
        int nextFieldId = Narrow.ToInt32(reader.ReadInt64());
        int nextIndexId = Narrow.ToInt32(reader.ReadInt64());
        List<(int, string)> schemas = [];
        int count = reader.BeginList();
        for (int i = 0; i < count; i++)
        {
            reader.BeginList();
            schemas.Add((Narrow.ToInt32(reader.ReadInt64()), reader.ReadString()));
            reader.EndList();
        }

        reader.EndList();
        if (schemas.Count == 0) throw new VaultCorruptionException("A catalog entry has no schema.");
        CatalogEntry entry = new()
        {
            Id = id,
            NextFieldId = nextFieldId,
            NextIndexId = nextIndexId,
            Schemas = schemas,
            FieldIds = ReadIds(ref reader),
            IndexIds = ReadIds(ref reader),
            Pending = elements == 6 || reader.TryReadNull() ? null : PendingIndexes.Read(ref reader),
        };
        entry.CheckPendingIds();
        return entry;
    }

    // An id that is not its own would let a build write into another index, or into one that is still to come.
    private void CheckPendingIds()
    {
        HashSet<int> taken = [.. IndexIds.Values];
        foreach (PendingIndex index in Pending?.Indexes ?? [])
            if (index.Id <= 0 || index.Id >= NextIndexId || !taken.Add(index.Id)) throw new VaultCorruptionException($"A catalog entry gives the new index '{index.Name}' the id {index.Id}, which cannot be its own.");
    }

    private static void WriteIds(ref MessagePackWriter writer, IReadOnlyDictionary<string, int> ids)
    {
        writer.BeginMap(ids.Count);
        foreach ((string name, int id) in ids.OrderBy(static p => p.Value))
        {
            writer.WriteMapKey(name);
            writer.WriteInt64(id);
        }

        writer.EndMap();
    }

    private static Dictionary<string, int> ReadIds(ref MessagePackReader reader)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        int count = reader.BeginMap();
        for (int i = 0; i < count; i++) ids[reader.ReadMapKeyString()] = Narrow.ToInt32(reader.ReadInt64());
        reader.EndMap();
        return ids;
    }
}
