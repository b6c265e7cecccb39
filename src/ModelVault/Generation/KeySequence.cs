using System.Buffers.Binary;
using System.Globalization;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// The numbers of a collection's auto-increment key, in one write transaction. The next one follows the greatest key that is
/// there, or that was there: when the greatest is deleted, it is kept in a system tree, so inserts need to write nothing but the
/// record. Numbers are handled as the eight bytes of their key, whose order is theirs.
/// </summary>
internal sealed class KeySequence(WriteTransaction transaction, int collectionId, string collection, WritableTree primary, NumberField field)
{
    /// <summary>The system tree: from a collection's id to the greatest key that was deleted while it was the greatest.</summary>
    public const string TreeName = "$sequences";

    // The last number used is known as long as the tree holds what it did then.
    private ulong _last;
    private ulong? _knownFor;

    /// <summary>The number behind the last one. Throws <see cref="VaultException"/> where the field can't hold it.</summary>
    public ulong Next()
    {
        ulong last = Math.Max(Last(), field.Encode(field.Least) - 1);
        return last < field.Encode(field.Most) ? last + 1 : throw new VaultException(VaultErrorCode.KeysExhausted, string.Create(
            CultureInfo.InvariantCulture, $"No number is left for a new record of '{collection}': '{field.Path}' holds or has held {field.Decode(last)}, and can hold no more than {field.Most}."));
    }

    /// <summary>Inserts a record; false if its key is there.</summary>
    public bool Insert(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        bool isKnown = _knownFor == primary.ContentId;
        if (!primary.Insert(key, record)) return false;
        if (isKnown)
        {
            _last = Math.Max(_last, Number(key));
            _knownFor = primary.ContentId;
        }

        return true;
    }

    /// <summary>Deletes a record that is there, and remembers its number if it is the last.</summary>
    public void Delete(ReadOnlySpan<byte> key)
    {
        // What has been the last number once stays it, whoever else changes the tree: only a greater key can take its place.
        if (Number(key) == Last() && Kept() != Number(key)) transaction.GetOrCreateTree(TreeName).Put(CollectionKey(), key);
        primary.Delete(key);
        _knownFor = primary.ContentId;
    }

    private ulong Last()
    {
        if (_knownFor == primary.ContentId) return _last;
        using TreeCursor cursor = primary.OpenCursor();
        ulong greatest = cursor.SeekLast() ? Number(cursor.Key) : 0;
        _last = Math.Max(greatest, Kept());
        _knownFor = primary.ContentId;
        return _last;
    }

    private ulong Kept()
    {
        if (!transaction.TryGetTree(TreeName, out Tree? tree) || tree.Get(CollectionKey()) is not { } kept) return 0;
        return Number(kept);
    }

    private byte[] CollectionKey()
    {
        byte[] key = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(key, collectionId);
        return key;
    }

    private static ulong Number(ReadOnlySpan<byte> key) =>
        key.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(key) : throw new VaultCorruptionException("An auto-increment key does not have eight bytes.");
}
