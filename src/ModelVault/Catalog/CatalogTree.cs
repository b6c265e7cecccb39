using System.Diagnostics.CodeAnalysis;
using System.Text;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>The system tree that maps collection names to their entries. The empty key holds the next collection's id.</summary>
internal static class CatalogTree
{
    public const string Name = "$catalog";

    public static bool TryGet(TreeSource source, string collection, [NotNullWhen(true)] out CatalogEntry? entry)
    {
        entry = source.TryGetTree(Name, out Tree? tree) ? Find(tree, collection) : null;
        return entry is not null;
    }

    /// <summary>A collection's entry in the catalog's tree, or null.</summary>
    public static CatalogEntry? Find(Tree catalog, string collection) =>
        catalog.Get(Encoding.UTF8.GetBytes(collection)) is { } bytes ? CatalogEntry.Decode(bytes) : null;

    public static void Put(WriteTransaction transaction, string collection, CatalogEntry entry) =>
        transaction.GetOrCreateTree(Name).Put(Encoding.UTF8.GetBytes(collection), entry.Encode());

    /// <summary>A tree that a collection's entry names.</summary>
    public static Tree Open(TreeSource source, string collection, string name) => source.TryGetTree(name, out Tree? tree) ? tree
        : throw new VaultCorruptionException($"The catalog names the tree '{name}' of '{collection}', which is not in the file.");

    /// <summary>Takes the next collection id.</summary>
    public static int TakeId(WriteTransaction transaction)
    {
        WritableTree tree = transaction.GetOrCreateTree(Name);
        int id = 1;
        if (tree.Get([]) is { } bytes)
        {
            MessagePackReader reader = new(bytes);
            id = Narrow.ToInt32(reader.ReadInt64());
        }

        MessagePackWriter writer = new(new byte[16]);
        writer.WriteInt64(id + 1);
        tree.Put([], writer.Written);
        return id;
    }

    /// <summary>The collections' names, ordinal order.</summary>
    public static IReadOnlyList<string> CollectionNames(TreeSource source)
    {
        List<string> names = [];
        if (!source.TryGetTree(Name, out Tree? tree)) return names;
        using TreeCursor cursor = tree.OpenCursor();
        for (bool more = cursor.SeekFirst(); more; more = cursor.MoveNext())
            if (!cursor.Key.IsEmpty) names.Add(Encoding.UTF8.GetString(cursor.Key));
        return names;
    }
}
