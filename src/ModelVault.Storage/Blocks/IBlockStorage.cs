namespace ModelVault.Storage;

/// <summary>
/// The only door to the bytes of a vault. Everything above stands on these few operations, so that a simulated storage can
/// make every failure happen.
/// </summary>
/// <remarks>
/// What a storage must promise: a <see cref="Flush"/> that returns has made every earlier write durable, and one that fails
/// throws; a write that was not flushed may be there after a power loss wholly, in part (whole sectors or not even that) or
/// not at all, in any order; bytes that were not written to do not change. Reads may run on several threads at once, and
/// beside one writer.
/// </remarks>
public interface IBlockStorage : IDisposable
{
    /// <summary>Where the bytes are, to name in errors; empty for a storage that is not a file.</summary>
    string Path => "";

    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Fills the destination from this offset.</summary>
    /// <exception cref="EndOfStreamException">The storage ends before the destination is full.</exception>
    void Read(long offset, Span<byte> destination);

    /// <summary>Writes all of the source at this offset; the storage grows where it ends before.</summary>
    void Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>Makes every earlier write durable, or throws.</summary>
    void Flush();

    /// <summary>
    /// Says that what was written there is about to be flushed: a storage may begin with it while more is written, and does not
    /// wait for it. Promises nothing, so that one that cannot do it may leave it.
    /// </summary>
    void StartFlush(long offset, long length)
    {
    }

    /// <summary>Cuts the storage, or lengthens it with zeros.</summary>
    void SetLength(long length);
}
