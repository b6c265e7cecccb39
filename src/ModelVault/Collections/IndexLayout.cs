using System.Buffers.Binary;
using System.Collections.Immutable;
using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// How an index's entries are made from records. Non-unique: components and primary key, no value. Unique: components, with
/// the primary key as value; entries with a null component carry the primary key in the key too, so they never clash.
/// Each component is preceded by a tag, so that null sorts first and making a field nullable changes no entry; tag and
/// component of one that descends are complemented. Included fields stand in the value, behind the primary key where that is there.
/// </summary>
internal sealed class IndexLayout(IndexSchema schema, ImmutableArray<IndexComponent> components)
{
    // A key is at most a fifth of a page long.
    private const int LengthSize = sizeof(ushort);

    public IndexSchema Schema => schema;

    public ImmutableArray<IndexComponent> Components => components;

    /// <summary>The components' dotted paths.</summary>
    public string[] Paths { get; } = [.. components.Select(static c => c.Path)];

    /// <summary>The components as the planner matches them.</summary>
    public KeyPart[] Parts { get; } = [.. components.Select(static c => new KeyPart(c.Path, c.IgnoreCase, c.IsElement))];

    /// <summary>Whether a record may have several entries, or none.</summary>
    public bool IsMultiEntry => List is not null;

    /// <summary>The list or set whose different elements have an entry each; null where a record has one entry.</summary>
    public ResolvedField? List { get; private init; }

    /// <summary>What a record must meet to have entries.</summary>
    public ImmutableArray<ResolvedCondition> Conditions { get; private init; } = [];

    /// <summary>What the entries hold of the record; null where they hold its keys alone.</summary>
    public RecordCut? Cut { get; private init; }

    /// <summary>Whether every record has exactly one entry, made of keys alone.</summary>
    public bool IsSimple { get; private init; } = true;

    /// <summary>How many bytes every primary key has; 0 where they differ.</summary>
    public int KeyWidth { get; private init; }

    /// <summary>The layout of an index of a collection.</summary>
    public static IndexLayout Of(CollectionSchema collection, IndexSchema index)
    {
        ResolvedPath[] paths = [.. index.Paths.Select(p => SchemaPaths.Resolve(collection.Fields, p)!.Value)];
        IndexComponent[] components = [.. paths.Select((p, i) => new IndexComponent(p.Field)
        {
            IsDescending = index.IsDescending(i),
            IgnoreCase = index.IgnoreCase && p.Field.Type.Kind == FieldKind.String,
            IsElement = p.List is not null,
        })];
        return new IndexLayout(index, [.. components])
        {
            List = paths.Select(static p => p.List).FirstOrDefault(static l => l is not null),
            Conditions = [.. index.Where.Select(c => ResolvedCondition.Of(collection, c))],
            Cut = index.Included.IsEmpty ? null : RecordCut.Of(collection, index),
            KeyWidth = WidthOf(collection),
            IsSimple = index.Where.IsEmpty && index.Included.IsEmpty && !components.Any(static c => c.IsElement),
        };
    }

    /// <summary>Whether a record has entries, unless it has no elements.</summary>
    public bool Accepts(ReadOnlySpan<byte> record, int start)
    {
        foreach (ResolvedCondition condition in Conditions)
            if (!condition.Holds(record, start)) return false;
        return true;
    }

    /// <summary>Writes a record's entry key. Returns whether the entry is exclusive: unique, with no null component.</summary>
    public bool WriteEntry(ReadOnlySpan<byte> record, int start, ReadOnlySpan<byte> primaryKey, ref KeyWriter key) => WriteEntry(record, start, start, primaryKey, ref key);

    /// <summary>The same for the element at a position of the record.</summary>
    public bool WriteEntry(ReadOnlySpan<byte> record, int start, int element, ReadOnlySpan<byte> primaryKey, ref KeyWriter key)
    {
        bool hasNull = false;
        foreach (IndexComponent component in components)
        {
            bool present = component.Field.TryLocate(record, component.IsElement ? element : start, out MessagePackReader reader) && !reader.TryReadNull();
            int from = key.Length;
            key.WriteTag(present);
            if (present) WriteComponent(component, ref reader, ref key);
            if (component.IsDescending) key.Complement(from);
            hasNull |= !present;
        }

        bool isExclusive = schema.IsUnique && !hasNull;
        if (!isExclusive) key.WriteRaw(primaryKey);
        return isExclusive;
    }

    /// <summary>The value of a record's entries.</summary>
    public ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> primaryKey)
    {
        if (Cut is null) return schema.IsUnique ? primaryKey : [];
        byte[] fields = Cut.Of(record);
        if (!schema.IsUnique) return fields;
        byte[] value = new byte[LengthSize + primaryKey.Length + fields.Length];
        BinaryPrimitives.WriteUInt16BigEndian(value, checked((ushort)primaryKey.Length));
        primaryKey.CopyTo(value.AsSpan(LengthSize));
        fields.CopyTo(value, LengthSize + primaryKey.Length);
        return value;
    }

    /// <summary>How many bytes of an entry's key its components take; the rest is the primary key.</summary>
    public int ComponentsLength(ReadOnlySpan<byte> entry) => ComponentsLength(entry, components.Length);

    /// <summary>The same of its first components.</summary>
    public int ComponentsLength(ReadOnlySpan<byte> entry, int count)
    {
        int length = 0;
        foreach (IndexComponent component in components.AsSpan()[..count])
        {
            if (length >= entry.Length) throw Damaged("ends too early");
            byte tag = component.IsDescending ? (byte)~entry[length++] : entry[length++];
            if (tag > KeyWriter.PresentTag) throw Damaged($"has the tag {tag}");
            if (tag == KeyWriter.PresentTag) length += KeyTranscoder.LengthOf(component.Field.Type, entry[length..], component.IsDescending);
        }

        return length;
    }

    /// <summary>The primary key an entry points to.</summary>
    public ReadOnlySpan<byte> PrimaryKey(ReadOnlySpan<byte> entryKey, ReadOnlySpan<byte> entryValue) =>
        !schema.IsUnique ? entryKey[ComponentsLength(entryKey)..] : Cut is null ? entryValue : entryValue[LengthSize..KeyEnd(entryValue)];

    /// <summary>What an entry holds of its record: a record in which all is null but what <see cref="Cut"/> holds. Only where there is a cut.</summary>
    public ReadOnlySpan<byte> CoveredRecord(ReadOnlySpan<byte> entryValue) => schema.IsUnique ? entryValue[KeyEnd(entryValue)..] : entryValue;

    /// <summary>The values of a record's entry, for messages.</summary>
    public string TextOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> primaryKey, ReadOnlySpan<byte> entry)
    {
        RecordHeader.Read(record, out int start);
        int element = List is null ? start : ElementWith(record, start, primaryKey, entry);
        List<string> values = [];
        foreach (IndexComponent component in components)
        {
            bool present = component.Field.TryLocate(record, component.IsElement ? element : start, out MessagePackReader reader);
            values.Add(present ? StoredText.Of(component.Field.Type, ref reader) : "null");
        }

        return string.Join(", ", values);
    }

    private static int WidthOf(CollectionSchema collection)
    {
        int[] widths = [.. collection.Key.Select(name => KeyTranscoder.WidthOf(collection.Resolve(new FieldPath(name)).Type.Kind))];
        return widths.Contains(0) ? 0 : widths.Sum();
    }

    private int ElementWith(ReadOnlySpan<byte> record, int start, ReadOnlySpan<byte> primaryKey, ReadOnlySpan<byte> entry)
    {
        KeyWriter key = new(stackalloc byte[512]);
        List!.TryLocate(record, start, out MessagePackReader elements);
        elements.BeginList();
        while (true)
        {
            key.Clear();
            WriteEntry(record, start, elements.Position, primaryKey, ref key);
            if (key.Written.SequenceEqual(entry)) break;
            elements.Skip();
        }

        key.Dispose();
        return elements.Position;
    }

    private static void WriteComponent(IndexComponent component, ref MessagePackReader reader, ref KeyWriter key)
    {
        if (component.IgnoreCase) key.WriteIgnoringCase(reader.ReadUtf8());
        else KeyTranscoder.Write(component.Field.Type, ref reader, ref key);
    }

    private int KeyEnd(ReadOnlySpan<byte> entryValue)
    {
        int end = entryValue.Length < LengthSize ? int.MaxValue : LengthSize + BinaryPrimitives.ReadUInt16BigEndian(entryValue);
        return end <= entryValue.Length ? end : throw Damaged("has a value that ends too early");
    }

    private VaultCorruptionException Damaged(string what) => new($"An entry of the index '{schema.Name}' {what}.");
}
