using Microsoft.Win32.SafeHandles;

namespace ModelVault.Storage;

/// <summary>A storage in a file. Takes no locks of its own; see <see cref="VaultLock"/>.</summary>
public sealed class FileBlockStorage : IBlockStorage
{
    // Large requests are cut, because some systems silently shorten them.
    private const int MaxRead = 1 << 20;

    // Linux keeps what one request writes in one piece of its page cache, if it can, and goes through all of the piece whenever a
    // part of it is written again: pages that were written by the megabyte take ten times as long when they are reused.
    private const int MaxWrite = 32 << 10;

    // How many milliseconds a look at the file's place is good for.
    private const long CheckedFor = 20;

    private readonly SafeFileHandle _handle;
    private long _length;
    private volatile bool _isChecked;
    private long _checkedAt; // the tick count

    private FileBlockStorage(SafeFileHandle handle, string path)
    {
        _handle = handle;
        Path = path;
        _length = RandomAccess.GetLength(handle);
    }

    /// <summary>The file. While it is open nobody but <see cref="MoveTo"/> may give it another name.</summary>
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
        if (!OperatingSystem.IsWindows()) UnixFile.FlushDirectory(directory);
    }

    /// <inheritdoc/>
    public long Length => Interlocked.Read(ref _length);

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var request = destination[..Math.Min(destination.Length, MaxRead)];
            var read = ReadSome(request, offset);
            if (read == 0) throw new EndOfStreamException($"'{Path}' ends at or before {offset}, where {destination.Length} more bytes were to be read: it has been cut short.");
            destination = destination[read..];
            offset += read;
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        if (!_isChecked) CheckPlace();
        while (source.Length > 0)
        {
            var request = source[..Math.Min(source.Length, MaxWrite)];
            var written = WriteSome(request, offset);
            if (written == 0) throw new IOException($"The operating system took none of {request.Length} bytes to be written at offset {offset} of '{Path}', without saying why. The disk or the file system is failing.");
            source = source[written..];
            offset += written;
            if (offset > _length) Interlocked.Exchange(ref _length, offset);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (Environment.TickCount64 - Volatile.Read(ref _checkedAt) > CheckedFor) CheckPlace();
        // The next write looks again whether the file is still there.
        _isChecked = false;
        if (OperatingSystem.IsWindows()) RandomAccess.FlushToDisk(_handle);
        else UnixFile.FlushFile(_handle, Path);
    }

    /// <inheritdoc/>
    public void StartFlush(long offset, long length)
    {
        if (OperatingSystem.IsLinux()) UnixFile.StartFlush(_handle, Path, offset, length);
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        if (!_isChecked) CheckPlace();
        try
        {
            RandomAccess.SetLength(_handle, length);
        }
        catch (IOException error)
        {
            throw Failure($"setting the length of '{Path}' to {length} bytes", error);
        }

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

    private int ReadSome(Span<byte> destination, long offset)
    {
        try
        {
            return RandomAccess.Read(_handle, destination, offset);
        }
        catch (IOException error)
        {
            throw Failure($"reading {destination.Length} bytes at offset {offset} of '{Path}'", error);
        }
    }

    private int WriteSome(ReadOnlySpan<byte> source, long offset)
    {
        try
        {
            if (!OperatingSystem.IsWindows()) return UnixFile.Write(_handle, source, offset);
            RandomAccess.Write(_handle, source, offset);
            return source.Length;
        }
        catch (IOException error)
        {
            throw Failure($"writing {source.Length} bytes at offset {offset} of '{Path}'", error);
        }
    }

    // What is written to a file that has lost its name or its end would be acknowledged and never found again. Looked at before
    // the first write after a flush, and before a flush when that is long ago: a flush costs far more.
    private void CheckPlace()
    {
        var length = RandomAccess.GetLength(_handle);
        if (length < _length) throw new IOException($"'{Path}' has been cut short from {_length} to {length} bytes while it was open. Nothing more is written to it: close it, and restore it from a backup.");
        if (!FileIdentity.IsAt(_handle, Path)) throw new IOException($"'{Path}' has been deleted, moved or replaced while it was open. Nothing more is written to it, because it would not be found there again: move it back before it is closed, or copy what it holds through this handle.");
        Volatile.Write(ref _checkedAt, Environment.TickCount64);
        _isChecked = true;
    }

    private static IOException Failure(string action, IOException error) =>
        new($"The operating system reported an error {action}: {error.Message}", error) { HResult = error.HResult };
}
