using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ModelVault.Storage;

/// <summary>
/// Flushing and writing on Unix, with the results checked. .NET's own <see cref="RandomAccess.FlushToDisk"/> and
/// FileStream.Flush(true) drop the error of a failing flush, and an unreported failed flush is lost data. Its
/// <see cref="RandomAccess"/>.Write repeats a write of which nothing is taken for ever.
/// </summary>
internal static class UnixFile
{
    private const string LibC = "libc";
    private const int ErrorInterrupted = 4;
    private const int ErrorInputOutput = 5;
    private const int ErrorInvalid = 22;
    private const int ErrorNoSpace = 28;
    private const int ErrorQuota = 122;
    private const uint LinuxStartWriting = 2; // SYNC_FILE_RANGE_WRITE
    private const int AppleFullFlush = 51; // F_FULLFSYNC: through the drive's cache, which fsync does not promise on Apple systems

    private static volatile bool s_cannotStart;

    // The symbols are looked up in the program's global scope, as the dynamic linker would: no file name of the C library to
    // guess (they differ between glibc, musl and macOS), and an interposed library is seen.
    static UnixFile() => NativeLibrary.SetDllImportResolver(
        typeof(UnixFile).Assembly, static (name, _, _) => name == LibC ? NativeLibrary.GetMainProgramHandle() : 0);

    /// <summary>Makes a file's content durable, or throws an <see cref="IOException"/>.</summary>
    public static void FlushFile(SafeFileHandle file, string path)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            var error = Flush((int)file.DangerousGetHandle(), isContent: true);
            if (error != 0) throw Failure("flushing", path, error);
        }
        finally
        {
            if (added) file.DangerousRelease();
        }
    }

    /// <summary>Makes the names in a directory durable: to be called after creating, renaming or removing one.</summary>
    public static void FlushDirectory(string directory)
    {
        var closeOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
        var descriptor = open(Encoding.UTF8.GetBytes(directory + '\0'), closeOnExec);
        if (descriptor < 0) throw Failure("opening for a flush", directory, Marshal.GetLastPInvokeError());
        var error = Flush(descriptor, isContent: false);
        _ = close(descriptor);
        // Some file systems cannot flush a directory and say so with EINVAL: there is nothing more to be had there.
        if (error != 0 && error != ErrorInvalid) throw Failure("flushing", directory, error);
    }

    /// <summary>Writes as much of the source as the system takes at once.</summary>
    /// <returns>How many bytes it took; 0 when it took none and says of no error.</returns>
    /// <exception cref="IOException">The system reported an error, whose number is the <see cref="Exception.HResult"/>.</exception>
    public static int Write(SafeFileHandle file, ReadOnlySpan<byte> source, long offset)
    {
        // Where offsets of the C library may have 32 bits.
        if (nint.Size != sizeof(long))
        {
            RandomAccess.Write(file, source, offset);
            return source.Length;
        }

        while (true)
        {
            var written = pwrite(file, in MemoryMarshal.GetReference(source), source.Length, offset);
            if (written >= 0) return (int)written;
            var error = Marshal.GetLastPInvokeError();
            if (error != ErrorInterrupted) throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);
        }
    }

    /// <summary>
    /// Lets Linux begin to write a part of a file to the disk. A flush that follows has less left to do: where much is written in
    /// pieces, half of its time or less.
    /// </summary>
    /// <exception cref="IOException">The disk failed: what was to be written may be lost.</exception>
    public static void StartFlush(SafeFileHandle file, string path, long offset, long length)
    {
        if (s_cannotStart || nint.Size != sizeof(long)) return;
        try
        {
            if (sync_file_range(file, offset, length, LinuxStartWriting) == 0) return;
        }
        catch (EntryPointNotFoundException)
        {
            s_cannotStart = true;
            return;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error is ErrorInputOutput or ErrorNoSpace or ErrorQuota) throw Failure("beginning to flush", path, error);
        // Sandboxes and emulations of Linux lack it, and it is only a hint.
        s_cannotStart |= error != ErrorInterrupted;
    }

    private static int Flush(int descriptor, bool isContent)
    {
        // Drives and network mounts without F_FULLFSYNC refuse it; fsync is then the best there is.
        if (OperatingSystem.IsMacOS() && fcntl(descriptor, AppleFullFlush) != -1) return 0;
        // On Linux, what is needed to read a file's content (its length, where its blocks are) is content; its time stamps, for
        // which fsync would write to the journal of the file system every few milliseconds, are not.
        var isLinuxContent = isContent && OperatingSystem.IsLinux();
        while ((isLinuxContent ? fdatasync(descriptor) : fsync(descriptor)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != ErrorInterrupted) return error;
        }

        return 0;
    }

    private static IOException Failure(string action, string path, int error) =>
        new($"The operating system reported an error {action} '{path}': {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", error);

#pragma warning disable SYSLIB1054 // The arguments need next to no marshalling: source-generated marshalling would add unsafe code and nothing else.
    [DllImport(LibC, SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport(LibC, SetLastError = true)]
    private static extern int fdatasync(int descriptor);

    [DllImport(LibC, SetLastError = true)]
    private static extern int fcntl(int descriptor, int command);

    [DllImport(LibC, SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport(LibC, SetLastError = true)]
    private static extern nint pwrite(SafeFileHandle file, in byte source, nint length, long offset);

    [DllImport(LibC, SetLastError = true)]
    private static extern int sync_file_range(SafeFileHandle file, long offset, long length, uint flags);

    [DllImport(LibC)]
    private static extern int close(int descriptor);
#pragma warning restore SYSLIB1054
}
