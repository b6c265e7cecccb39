namespace ModelVault.Storage.Simulation;

/// <summary>
/// The bytes of a simulated disk, in blocks of 4 KiB that images share until one of them is written to. Copying an image costs
/// its table of blocks and not its content, so that tests can look at a great many states of one disk.
/// </summary>
public sealed class DiskImage
{
    /// <summary>Bytes in a block.</summary>
    public const int BlockSize = 4096;

    private byte[]?[] _blocks = []; // null: zeros. A block is never changed once it is in here.

    /// <summary>An empty disk.</summary>
    public DiskImage()
    {
    }

    /// <summary>A disk with this content.</summary>
    public DiskImage(ReadOnlySpan<byte> content) => Write(0, content);

    private DiskImage(DiskImage other)
    {
        _blocks = (byte[]?[])other._blocks.Clone();
        Length = other.Length;
    }

    /// <summary>The length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Another image with the same content.</summary>
    public DiskImage Clone() => new(this);

    /// <summary>Fills the destination from this offset.</summary>
    /// <exception cref="EndOfStreamException">The image ends before the destination is full.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset + destination.Length > Length)
            throw new EndOfStreamException($"Read of {destination.Length} bytes at {offset} passes the end at {Length}.");
        while (destination.Length > 0)
        {
            var from = (int)(offset % BlockSize);
            var part = destination[..Math.Min(destination.Length, BlockSize - from)];
            if (_blocks[offset / BlockSize] is { } block) block.AsSpan(from, part.Length).CopyTo(part);
            else part.Clear();
            destination = destination[part.Length..];
            offset += part.Length;
        }
    }

    /// <summary>Writes at this offset; the image grows where it ends before.</summary>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        foreach (var (at, length) in Pieces(offset, source.Length)) Put(at, Piece(source.Slice((int)(at - offset), length)));
    }

    /// <summary>Cuts the image, or lengthens it with zeros.</summary>
    public void SetLength(long length)
    {
        var kept = length % BlockSize;
        var count = (int)((length + BlockSize - 1) / BlockSize);
        if (count != _blocks.Length) Array.Resize(ref _blocks, count);
        if (length < Length && kept != 0 && _blocks[^1] is { } last)
        {
            // What is cut off must read as zeros if the image grows again.
            var cut = (byte[])last.Clone();
            cut.AsSpan((int)kept).Clear();
            _blocks[^1] = cut;
        }

        Length = length;
    }

    /// <summary>A copy of the whole content.</summary>
    public byte[] ToArray()
    {
        var content = new byte[Length];
        Read(0, content);
        return content;
    }

    /// <summary>The parts of a range, none of which lies in two blocks.</summary>
    internal static IEnumerable<(long Offset, int Length)> Pieces(long offset, int length)
    {
        for (var end = offset + length; offset < end;)
        {
            var piece = (int)Math.Min(BlockSize - (offset % BlockSize), end - offset);
            yield return (offset, piece);
            offset += piece;
        }
    }

    /// <summary>Bytes that can be <see cref="Put"/>; null for a whole block of zeros.</summary>
    internal static byte[]? Piece(ReadOnlySpan<byte> bytes) =>
        bytes.Length == BlockSize && !bytes.ContainsAnyExcept((byte)0) ? null : bytes.ToArray();

    /// <summary>Puts bytes inside one block in place. A whole block is shared and not copied: nobody may change it any more.</summary>
    internal void Put(long offset, byte[]? piece)
    {
        var end = offset + (piece?.Length ?? BlockSize);
        if (end > Length) SetLength(end);
        ref var block = ref _blocks[offset / BlockSize];
        if (piece is null || piece.Length == BlockSize)
        {
            block = piece;
            return;
        }

        var changed = new byte[BlockSize];
        block?.CopyTo(changed, 0);
        piece.CopyTo(changed, offset % BlockSize);
        block = changed;
    }

    /// <summary>Whether bytes stand there already. Zeros beyond the end do: they read the same whether they were written or the disk only grew.</summary>
    internal bool Holds(long offset, byte[]? piece)
    {
        var block = offset / BlockSize < _blocks.Length ? _blocks[offset / BlockSize] : null;
        var length = piece?.Length ?? BlockSize;
        if (offset < Length && offset + length > Length) return false;
        if (ReferenceEquals(block, piece)) return true;
        var wanted = piece ?? new byte[BlockSize];
        return (block ?? new byte[BlockSize]).AsSpan((int)(offset % BlockSize), length).SequenceEqual(wanted);
    }
}
