using System.Buffers.Binary;
using System.Text;

namespace ModelVault.Storage.Tests;

/// <summary>Keys and values for tests.</summary>
internal static class Bytes
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>A number as 8 bytes that order as it does.</summary>
    public static byte[] Key(long number)
    {
        var key = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(key, number);
        return key;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Bytes that follow from a seed.</summary>
    public static byte[] Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>All rows of a tree, in order.</summary>
    public static List<(byte[] Key, byte[] Value)> Rows(Tree tree)
    {
        var rows = new List<(byte[], byte[])>();
        using var cursor = tree.OpenCursor();
        for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext()) rows.Add((cursor.Key.ToArray(), cursor.Value.ToArray()));
        return rows;
    }

    /// <summary>One committed transaction.</summary>
    public static void Commit(this StorageEngine engine, Action<WriteTransaction> change)
    {
        using var transaction = engine.BeginWrite(Timeout);
        change(transaction);
        transaction.Commit();
    }

    /// <summary>Reads from a snapshot of the newest commit.</summary>
    public static T Read<T>(this StorageEngine engine, Func<Snapshot, T> read)
    {
        var snapshot = engine.AcquireSnapshot();
        try
        {
            return read(snapshot);
        }
        finally
        {
            snapshot.Release();
        }
    }

    /// <summary>The value of a key in a tree of the newest commit; null when either is not there.</summary>
    public static byte[]? Get(this StorageEngine engine, string tree, byte[] key) =>
        engine.Read(snapshot => snapshot.TryGetTree(tree, out var found) ? found.Get(key) : null);
}
