using Microsoft.Win32.SafeHandles;

namespace ModelVault.Storage;

/// <summary>A storage in a file. Takes no locks of its own; see <see cref="VaultLock"/>.</summary>
public sealed class FileBlockStorage : IBlockStorage
{
    // Large requests are cut, because some systems silently shorten them.
    private const int MaxRequest = 1 << 20;

    private readonly SafeFileHandle _handle;
    private long _length;

    private FileBlockStorage(SafeFileHandle handle, string path)
    {
        _handle = handle;
        Path = path;
        _length = RandomAccess.GetLength(handle);
    }

    /// <summary>The file.</summary>
    public string Path { get; private set; }

    /// <summary>Opens an existing file.</summary>
    public static FileBlockStorage Open(string path, bool readOnly) =>
        new(File.OpenHandle(
            path, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess), path);

    /// <summary>Creates a file that must not be there yet.</summary>
    public static FileBlockStorage Create(string path) =>
        new(File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess), path);

    /// <summary>Makes a created, renamed or removed name durable. Windows does that itself.</summary>
    public static void FlushDirectory(string directory)
    {
        if (!OperatingSystem.IsWindows()) UnixFlush.FlushDirectory(directory);
    }

    /// <inheritdoc/>
    public long Length => Interlocked.Read(ref _length);

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var request = destination[..Math.Min(destination.Length, MaxRequest)];
            var read = RandomAccess.Read(_handle, request, offset);
            if (read == 0) throw new EndOfStreamException($"'{Path}' ends at {offset}, {destination.Length} bytes before the end of a read.");
            destination = destination[read..];
            offset += read;
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        while (source.Length > 0)
        {
            var request = source[..Math.Min(source.Length, MaxRequest)];
            RandomAccess.Write(_handle, request, offset);
            source = source[request.Length..];
            offset += request.Length;
            if (offset > _length) Interlocked.Exchange(ref _length, offset);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(_handle);
        else UnixFlush.FlushFile(_handle, Path);
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        RandomAccess.SetLength(_handle, length);
        Interlocked.Exchange(ref _length, length);
    }

    /// <summary>Renames the file; one that has the name already is replaced, from one moment to the next.</summary>
    internal void MoveTo(string path)
    {
        // With overwriting allowed it is one rename; without, .NET makes a link and removes the old name.
        File.Move(Path, path, overwrite: true);
        Path = path;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
