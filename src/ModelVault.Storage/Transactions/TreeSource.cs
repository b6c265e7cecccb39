using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ModelVault.Storage;

/// <summary>A state of the vault: its named trees.</summary>
public abstract class TreeSource
{
    // Names that differ only in half surrogates would else be one name in the catalog, and two trees in a transaction.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private protected TreeSource()
    {
    }

    /// <summary>The names of the trees, in ordinal order of their UTF-8 form.</summary>
    public IEnumerable<string> TreeNames
    {
        get
        {
            using var cursor = OpenCatalog().OpenCursor();
            for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext()) yield return Encoding.UTF8.GetString(cursor.Key);
        }
    }

    /// <summary>Finds a tree by its name. Asking again for one that was found allocates nothing.</summary>
    public abstract bool TryGetTree(string name, [NotNullWhen(true)] out Tree? tree);

    private protected abstract Tree OpenCatalog();

    /// <summary>A tree's key in the catalog.</summary>
    private protected static byte[] CatalogKey(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] key;
        try
        {
            key = StrictUtf8.GetBytes(name);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException("The name of a tree cannot hold half of a surrogate pair: it has no form in UTF-8.", nameof(name), error);
        }

        return key.Length <= Tree.MaxKeyLength
            ? key
            : throw new ArgumentException($"The name of a tree may have up to {Tree.MaxKeyLength} bytes in UTF-8; this one has {key.Length}. Use a shorter one.", nameof(name));
    }

    /// <summary>Reads what the catalog says of a tree.</summary>
    private protected static TreeRecord ReadRecord(string name, ReadOnlySpan<byte> stored, long pageCount) =>
        TreeRecord.TryRead(stored, pageCount, out var record)
            ? record
            : throw new VaultCorruptionException($"The catalog's entry of tree '{name}' is damaged. Other trees can still be read; copy those, or restore the vault from a backup.", found: Convert.ToHexString(stored[..Math.Min(stored.Length, 64)]));
}
