using System.Buffers.Binary;

namespace ModelVault.Storage.Tests.Memory;

/// <summary>A vault of far more data than its cache may hold, whose rows show whether they were read whole.</summary>
internal static class LargeData
{
    public const string Tree = "t";
    private const int ValueLength = 400;

    /// <summary>A vault with rows 0 to count - 1, in ordered pages.</summary>
    public static MemoryBlockStorage Create(int count)
    {
        var storage = new MemoryBlockStorage();
        using var engine = StorageEngine.Open(storage);
        engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree(Tree);
            Span<byte> value = stackalloc byte[ValueLength];
            for (var i = 0; i < count; i++)
            {
                Fill(value, i, 0);
                tree.Put(Bytes.Key(i), value);
            }
        });
        return storage;
    }

    /// <summary>Writes a version of a row.</summary>
    public static void Put(WritableTree tree, long row, long version)
    {
        Span<byte> value = stackalloc byte[ValueLength];
        Fill(value, row, version);
        tree.Put(Bytes.Key(row), value);
    }

    /// <summary>A version of a row.</summary>
    public static byte[] Value(long row, long version)
    {
        var value = new byte[ValueLength];
        Fill(value, row, version);
        return value;
    }

    /// <summary>Why these bytes are no version of the row; null when they are one.</summary>
    public static string? Problem(ReadOnlySpan<byte> value, long row)
    {
        if (value.Length != ValueLength) return $"row {row} has {value.Length} bytes";
        if (BinaryPrimitives.ReadInt64LittleEndian(value) != row) return $"row {row} shows {Convert.ToHexString(value[..8])}";
        Span<byte> expected = stackalloc byte[ValueLength];
        Fill(expected, row, BinaryPrimitives.ReadInt64LittleEndian(value[8..]));
        return value.SequenceEqual(expected) ? null : $"row {row} is torn";
    }

    private static void Fill(Span<byte> value, long row, long version)
    {
        var state = (ulong)((row * 31) + version) | 1;
        for (var i = 0; i < value.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value[i..], state);
            state *= 0x9E3779B97F4A7C15;
        }

        BinaryPrimitives.WriteInt64LittleEndian(value, row);
        BinaryPrimitives.WriteInt64LittleEndian(value[8..], version);
    }
}
