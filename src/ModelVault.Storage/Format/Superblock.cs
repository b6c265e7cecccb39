using System.Buffers.Binary;

namespace ModelVault.Storage;

/// <summary>
/// The first 4 KiB of the file and their copy: what kind of file this is. Written once at creation, before the file has its
/// name, and never again.
/// </summary>
internal sealed record Superblock(Guid FileId, ulong Salt, long CreatedTicks)
{
    public const ushort FormatMajor = 1;
    public const ushort FormatMinor = 0;

    // The line ends and the end-of-text byte show a transfer in text mode, as in PNG's signature.
    private static ReadOnlySpan<byte> Magic => "MODELVAULT\r\n\x1A\n\0\0"u8;

    private const int ChecksumOffset = FileLayout.SuperblockSize - 8;
    private const uint ChecksumKindCrc32C4 = 1;
    private const ulong ChecksumSeed = 0x6D76_7375_7065_7231;

    /// <summary>Writes the superblock; bytes 128 to 255 stay reserved for the parameters of encryption.</summary>
    public void Write(Span<byte> destination)
    {
        destination[..FileLayout.SuperblockSize].Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[16..], FormatMajor);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[18..], FormatMinor);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[20..], FileLayout.PageSize);
        // 24: feature bits a reader must know; 32: feature bits a writer must know. None in version 1.0.
        BinaryPrimitives.WriteUInt32LittleEndian(destination[40..], ChecksumKindCrc32C4);
        FileId.TryWriteBytes(destination[48..]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[64..], Salt);
        BinaryPrimitives.WriteInt64LittleEndian(destination[72..], CreatedTicks);
        Stamp(destination);
    }

    /// <summary>Puts the checksum on a superblock.</summary>
    public static void Stamp(Span<byte> block) =>
        BinaryPrimitives.WriteUInt64LittleEndian(block[ChecksumOffset..], Checksum.Compute(block[..ChecksumOffset], ChecksumSeed));

    /// <summary>Reads the superblock or, where it is damaged, its copy.</summary>
    /// <param name="bytes">The first 8 KiB of the file.</param>
    /// <param name="forWriting">Whether the file is to be written: then the write-compatibility bits count too.</param>
    public static Superblock Read(ReadOnlySpan<byte> bytes, bool forWriting)
    {
        var first = bytes[..FileLayout.SuperblockSize];
        var copy = bytes.Slice(FileLayout.SuperblockSize, FileLayout.SuperblockSize);
        if (IsWhole(first)) return Decode(first, forWriting);
        if (IsWhole(copy)) return Decode(copy, forWriting);
        var isVault = first[..Magic.Length].SequenceEqual(Magic) || copy[..Magic.Length].SequenceEqual(Magic);
        throw new VaultCorruptionException(
            isVault ? "The superblock and its copy are both damaged. Restore the vault from a backup." : "This is not a ModelVault file: it does not begin with the format's signature. It has been left as it is; give the path of a vault, or of a file that is not there yet.",
            offset: 0, expected: Convert.ToHexString(Magic), found: Convert.ToHexString(first[..Magic.Length]));
    }

    private static bool IsWhole(ReadOnlySpan<byte> block) =>
        block[..Magic.Length].SequenceEqual(Magic)
        && BinaryPrimitives.ReadUInt64LittleEndian(block[ChecksumOffset..]) == Checksum.Compute(block[..ChecksumOffset], ChecksumSeed);

    private static Superblock Decode(ReadOnlySpan<byte> block, bool forWriting)
    {
        var major = BinaryPrimitives.ReadUInt16LittleEndian(block[16..]);
        if (major != FormatMajor) throw Unsupported("format version", FormatMajor, major);
        var pageSize = BinaryPrimitives.ReadUInt32LittleEndian(block[20..]);
        if (pageSize != FileLayout.PageSize) throw Unsupported("page size", FileLayout.PageSize, pageSize);
        var readFeatures = BinaryPrimitives.ReadUInt64LittleEndian(block[24..]);
        if (readFeatures != 0) throw Unsupported("features for reading", 0, (long)readFeatures);
        var writeFeatures = BinaryPrimitives.ReadUInt64LittleEndian(block[32..]);
        if (forWriting && writeFeatures != 0) throw Unsupported("features for writing", 0, (long)writeFeatures);
        var checksumKind = BinaryPrimitives.ReadUInt32LittleEndian(block[40..]);
        if (checksumKind != ChecksumKindCrc32C4) throw Unsupported("checksum kind", ChecksumKindCrc32C4, checksumKind);
        return new Superblock(
            new Guid(block.Slice(48, 16)), BinaryPrimitives.ReadUInt64LittleEndian(block[64..]), BinaryPrimitives.ReadInt64LittleEndian(block[72..]));
    }

    private static VaultCorruptionException Unsupported(string what, long expected, long found) =>
        new($"The file has a {what} that this version of ModelVault does not know: {found}, where it knows {expected}. Open it with a newer version.",
            offset: 0, expected: expected.ToString(System.Globalization.CultureInfo.InvariantCulture),
            found: found.ToString(System.Globalization.CultureInfo.InvariantCulture), code: VaultErrorCode.UnsupportedFormat);
}
