using System.Collections.Immutable;
using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// How an index's entries are made from records. Non-unique: components and primary key, no value. Unique: components, with
/// the primary key as value; entries with a null component carry the primary key in the key too, so they never clash.
/// Each component is preceded by a tag, so that null sorts first and making a field nullable changes no entry.
/// </summary>
internal sealed class IndexLayout(IndexSchema schema, ImmutableArray<IndexComponent> components)
{
    public IndexSchema Schema => schema;

    /// <summary>The layout of an index of a collection.</summary>
    public static IndexLayout Of(CollectionSchema collection, IndexSchema index) => new(index,
        [.. index.Paths.Select((path, i) => new IndexComponent(collection.Resolve(path)) { IsDescending = index.IsDescending(i) })]);

    public ImmutableArray<IndexComponent> Components => components;

    /// <summary>The components' dotted paths.</summary>
    public string[] Paths { get; } = [.. components.Select(static c => c.Path)];

    /// <summary>The components as the planner matches them.</summary>
    public KeyPart[] Parts { get; } = [.. components.Select(static c => new KeyPart(c.Path, c.IgnoreCase, c.IsElement))];

    /// <summary>Whether a record may have several entries, or none.</summary>
    public bool IsMultiEntry { get; } = components.Any(static c => c.IsElement);

    /// <summary>Writes a record's entry key. Returns whether the entry is exclusive: unique, with no null component.</summary>
    public bool WriteEntry(ReadOnlySpan<byte> record, int start, ReadOnlySpan<byte> primaryKey, ref KeyWriter key)
    {
        bool hasNull = false;
        foreach (IndexComponent component in components)
        {
            bool present = component.Field.TryLocate(record, start, out MessagePackReader reader) && !reader.TryReadNull();
            key.WriteTag(present);
            if (present) KeyTranscoder.Write(component.Field.Type, ref reader, ref key);
            hasNull |= !present;
        }

        bool isExclusive = schema.IsUnique && !hasNull;
        if (!isExclusive) key.WriteRaw(primaryKey);
        return isExclusive;
    }

    /// <summary>How many bytes of an entry's key its components take; the rest is the primary key.</summary>
    public int ComponentsLength(ReadOnlySpan<byte> entry)
    {
        int length = 0;
        foreach (IndexComponent component in components)
        {
            if (length >= entry.Length) throw new VaultCorruptionException($"An entry of the index '{schema.Name}' ends too early.");
            bool present = entry[length++] != KeyWriter.NullTag;
            if (present) length += KeyTranscoder.LengthOf(component.Field.Type, entry[length..]);
        }

        return length;
    }

    /// <summary>The primary key an entry points to.</summary>
    public ReadOnlySpan<byte> PrimaryKey(ReadOnlySpan<byte> entryKey, ReadOnlySpan<byte> entryValue) =>
        schema.IsUnique ? entryValue : entryKey[ComponentsLength(entryKey)..];
}
