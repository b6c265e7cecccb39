using System.Buffers.Binary;

namespace ModelVault.Storage;

/// <summary>
/// What a leaf keeps of a value that is too long for it: where its bytes are, in one run of pages without headers, and their
/// checksum. 64 bytes, of which 28 are reserved for the tag and nonce of authenticated encryption.
/// </summary>
internal readonly record struct OverflowValue(long Length, long StartPage, long CommitId, ulong Hash)
{
    public const int Size = 64;

    public Extent Pages => new(StartPage, FileLayout.PagesFor(Length));

    public static OverflowValue Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt64LittleEndian(source), BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(source[16..]), BinaryPrimitives.ReadUInt64LittleEndian(source[24..]));

    public void Write(Span<byte> destination)
    {
        destination[..Size].Clear();
        BinaryPrimitives.WriteInt64LittleEndian(destination, Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], StartPage);
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], CommitId);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Hash);
    }

    /// <summary>The checksum of a value's bytes at its place.</summary>
    public static ulong ComputeHash(ReadOnlySpan<byte> value, ulong salt, long startPage) =>
        Checksum.Compute(value, Checksum.PageSeed(salt, startPage));

    /// <summary>Whether the description can be right in a storage of this length: to be asked before anything is allocated for it.</summary>
    public bool IsPossible(long storageLength) =>
        Length is > Tree.MaxInlineValueLength and <= Tree.MaxValueLength && StartPage >= FileLayout.FirstPage
        && StartPage < FileLayout.MaxPages && FileLayout.OffsetOf(Pages.End) <= storageLength;
}
