using System.Buffers.Binary;

namespace ModelVault.Storage;

/// <summary>What the catalog (or a commit slot) says of one tree. 32 bytes.</summary>
internal readonly record struct TreeRecord(uint Id, byte Level, bool HasOverflow, PageReference Root, long Count)
{
    public const int Size = 32;

    /// <summary>The first number of a named tree; smaller ones are the engine's own.</summary>
    public const uint FirstId = 16;

    /// <summary>The deepest tree that a file may hold: far beyond what 2^40 pages can fill, so deeper ones are damage.</summary>
    public const int MaxLevel = 24;

    // A slot and the smallest record take 10 bytes.
    private const long MaxRowsInPage = FileLayout.PageSize / 10;

    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Id);
        destination[4] = Level;
        destination[5] = HasOverflow ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Root.Value);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], Count);
    }

    /// <summary>Reads a record; false when its numbers cannot be right in a file of this many pages.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, long pageCount, out TreeRecord record)
    {
        record = default;
        if (source.Length != Size) return false;
        record = new TreeRecord(
            BinaryPrimitives.ReadUInt32LittleEndian(source), source[4], source[5] != 0,
            new PageReference(BinaryPrimitives.ReadUInt64LittleEndian(source[8..])),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]));
        return record.Level <= MaxLevel && record.Count >= 0 && record.Count <= pageCount * MaxRowsInPage && record.Root.IsNone == (record.Count == 0)
            && (record.Root.IsNone || (record.Root.Page >= FileLayout.FirstPage && record.Root.Page < pageCount));
    }
}
