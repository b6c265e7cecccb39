using System.Buffers.Binary;
using System.Collections;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault.Tests.Indexes;

/// <summary>
/// What the index trees of a collection must hold, made anew from its records and stated a second time: on decoded values and with the
/// keys of the fields' types, where the engine works on stored bytes.
/// </summary>
internal sealed class IndexOracle(CollectionSchema schema)
{
    private readonly ObjectRecordType _root = new(new FieldTypeSchema { Kind = FieldKind.Object, Fields = schema.Fields });

    /// <summary>The entries that are there, as "index key value" in the order of the trees, of indexes that are being built too.</summary>
    public static List<string> Actual(VaultDatabase db, string collection)
    {
        using ReadView view = db.BeginRead(null);
        CatalogTree.TryGet(view.Source, collection, out CatalogEntry? entry);
        List<string> lines = [];
        foreach ((IndexSchema index, string tree, PendingIndex? _) in Indexes(entry!))
            foreach ((byte[] key, byte[] value) in Rows(view, tree)) lines.Add(Line(index, key, value));
        return lines;
    }

    /// <summary>The entries that must be there: in an index that is being built, those of the records up to where it is.</summary>
    public static List<string> Expected(VaultDatabase db, string collection)
    {
        using ReadView view = db.BeginRead(null);
        CatalogTree.TryGet(view.Source, collection, out CatalogEntry? entry);
        IndexOracle oracle = new(CollectionSchema.Parse(entry!.SchemaJson));
        List<(byte[] Key, byte[] Record)> records = Rows(view, entry.PrimaryTree);
        List<string> lines = [];
        foreach ((IndexSchema index, string _, PendingIndex? pending) in Indexes(entry))
        {
            IEnumerable<(byte[] Key, byte[] Record)> covered = records.Where(r => pending is null || pending.IsComplete || (pending.Progress is { } last && r.Key.AsSpan().SequenceCompareTo(last) <= 0));
            List<(byte[] Key, byte[] Value, bool IsExclusive)> entries = [.. covered.SelectMany(r => oracle.Entries(index, oracle.Decode(r.Record), RecordHeader.Read(r.Record, out _)))];
            entries.Sort(static (a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
            lines.AddRange(entries.Select(e => Line(index, e.Key, e.Value)));
        }

        return lines;
    }

    private static IEnumerable<(IndexSchema Index, string Tree, PendingIndex? Pending)> Indexes(CatalogEntry entry)
    {
        foreach (IndexSchema index in CollectionSchema.Parse(entry.SchemaJson).Indexes) yield return (index, entry.IndexTree(index.Name), null);
        if (entry.Pending is not { } pending) yield break;
        CollectionSchema target = CollectionSchema.Parse(pending.SchemaJson);
        foreach (PendingIndex index in pending.Indexes) yield return (target.Indexes.First(i => i.Name == index.Name), entry.IndexTree(index.Id), index);
    }

    /// <summary>The entries of a record: one for each key.</summary>
    public IEnumerable<(byte[] Key, byte[] Value, bool IsExclusive)> Entries(IndexSchema index, VaultRecord record, int version)
    {
        if (!index.Where.All(c => Holds(c, record))) yield break;
        string? list = index.Paths.Select(ListOf).FirstOrDefault(static l => l is not null);
        IEnumerable<object?> elements = list is null ? [null] : (At(record, list.Split('.')) as IEnumerable)?.Cast<object?>() ?? [];
        byte[] primaryKey = Key(schema.Key.Select(k => (TypeAt([k]), record[k])));
        HashSet<string> seen = [];
        foreach (object? element in elements)
        {
            bool hasNull = false;
            List<byte> key = [];
            for (int i = 0; i < index.Paths.Length; i++)
            {
                object? value = ListOf(index.Paths[i]) is { } of ? At(element, MembersOf(index.Paths[i], of)) : At(record, [.. index.Paths[i].Segments]);
                byte[] component = value is null ? [0] : [1, .. Component(index, index.Paths[i], value)];
                hasNull |= value is null;
                key.AddRange(index.Descending.IsEmpty || !index.Descending[i] ? component : component.Select(static b => (byte)(255 - b)));
            }

            bool isExclusive = index.IsUnique && !hasNull;
            if (!isExclusive) key.AddRange(primaryKey);
            if (seen.Add(Convert.ToHexString([.. key]))) yield return ([.. key], Value(index, record, primaryKey, version), isExclusive);
        }
    }

    public VaultRecord Decode(byte[] record)
    {
        RecordHeader.Read(record, out int start);
        MessagePackReader reader = new(record, start);
        return (VaultRecord)_root.Read(ref reader)!;
    }

    private static List<(byte[] Key, byte[] Value)> Rows(ReadView view, string tree)
    {
        List<(byte[], byte[])> rows = [];
        if (!view.Source.TryGetTree(tree, out Tree? found)) throw new InvalidOperationException($"There is no tree '{tree}'.");
        using TreeCursor cursor = found.OpenCursor();
        for (bool more = cursor.SeekFirst(); more; more = cursor.MoveNext()) rows.Add((cursor.Key.ToArray(), cursor.Value.ToArray()));
        return rows;
    }

    private static string Line(IndexSchema index, byte[] key, byte[] value) => $"{index.Name} {Convert.ToHexString(key)} {Convert.ToHexString(value)}";

    private byte[] Value(IndexSchema index, VaultRecord record, byte[] primaryKey, int version)
    {
        if (index.Included.IsEmpty) return index.IsUnique ? primaryKey : [];
        HashSet<string> held = [.. schema.Key, .. index.Included.Select(static p => p.ToString()), .. index.Paths.Where(static p => ListOf(p) is null).Select(static p => p.ToString())];
        MessagePackWriter writer = new(new byte[64]);
        writer.WriteInt64(version);
        WriteCut(ref writer, "", schema.Fields, record, held);
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)primaryKey.Length);
        return index.IsUnique ? [.. length, .. primaryKey, .. writer.Written] : writer.Written.ToArray();
    }

    private static void WriteCut(ref MessagePackWriter writer, string prefix, IReadOnlyList<FieldSchema> fields, VaultRecord record, HashSet<string> held)
    {
        int count = 0;
        for (int i = 0; i < fields.Count; i++)
            if (IsHeld(prefix + fields[i].Name, held) && record[fields[i].Name] is not null) count = i + 1;
        writer.BeginObject(count);
        foreach (FieldSchema field in fields.Take(count))
        {
            string path = prefix + field.Name;
            if (held.Contains(path)) Encode(ref writer, field.Type, record[field.Name]);
            else if (IsHeld(path, held) && record[field.Name] is VaultRecord inside) WriteCut(ref writer, $"{path}.", field.Type.Fields, inside, held);
            else writer.WriteNull();
        }

        writer.EndObject();
    }

    private static bool IsHeld(string path, HashSet<string> held) => held.Contains(path) || held.Any(h => h.StartsWith($"{path}.", StringComparison.Ordinal));

    private static void Encode(ref MessagePackWriter writer, FieldTypeSchema type, object? value)
    {
        RecordEncoder encoder = new(new MessagePackWriter(new byte[64]));
        encoder.Encode(RecordType.Of(type), value);
        Assert.Null(encoder.Violations);
        writer.WriteRaw(encoder.Writer.Written.ToArray());
    }

    private bool Holds(IndexCondition condition, VaultRecord record)
    {
        object? value = At(record, [.. condition.Path.Segments]);
        if (condition.Operator is IndexOperator.IsNull or IndexOperator.IsNotNull) return value is null == (condition.Operator == IndexOperator.IsNull);
        if (value is null) return condition.Operator == IndexOperator.NotEqual;
        RecordType type = RecordType.Of(TypeAt([.. condition.Path.Segments]));
        type.TryConvert(condition.Value!, out object? constant);
        int order = type.Compare(value, constant);
        bool isOrdered = !type.IsUnordered(value);
        return condition.Operator switch
        {
            IndexOperator.Equal => type.AreEqual(value, constant),
            IndexOperator.NotEqual => !type.AreEqual(value, constant),
            IndexOperator.Less => isOrdered && order < 0,
            IndexOperator.LessOrEqual => isOrdered && order <= 0,
            IndexOperator.Greater => isOrdered && order > 0,
            _ => isOrdered && order >= 0,
        };
    }

    private byte[] Component(IndexSchema index, FieldPath path, object value)
    {
        FieldTypeSchema type = TypeAt([.. path.Segments]);
        if (!index.IgnoreCase || type.Kind != FieldKind.String) return Key([(type, value)]);
        KeyWriter key = new(stackalloc byte[16]);
        key.WriteBytes(OrdinalCase.Fold((string)value));
        return key.Written.ToArray();
    }

    private static byte[] Key(IEnumerable<(FieldTypeSchema Type, object? Value)> parts)
    {
        KeyWriter key = new(stackalloc byte[16]);
        foreach ((FieldTypeSchema type, object? value) in parts) RecordType.Of(type).WriteKey(ref key, value);
        return key.Written.ToArray();
    }

    private FieldTypeSchema TypeAt(string[] segments)
    {
        IReadOnlyList<FieldSchema> fields = schema.Fields;
        FieldTypeSchema? type = null;
        foreach (string segment in segments)
        {
            type = fields.First(f => f.Name == segment.Replace("[]", "", StringComparison.Ordinal)).Type;
            if (segment.EndsWith("[]", StringComparison.Ordinal)) type = type.Element!;
            fields = type.Fields;
        }

        return type!;
    }

    // "a", "b" of the path a, b[], c; null where there is no list.
    private static string? ListOf(FieldPath path)
    {
        int list = path.Segments.ToList().FindIndex(static s => s.EndsWith("[]", StringComparison.Ordinal));
        return list < 0 ? null : string.Join('.', path.Segments.Take(list + 1))[..^2];
    }

    private static string[] MembersOf(FieldPath path, string list) => [.. path.Segments.Skip(list.Count(static c => c == '.') + 1)];

    private static object? At(object? value, string[] segments)
    {
        foreach (string segment in segments) value = (value as VaultRecord)?[segment];
        return value;
    }
}
