namespace ModelVault.Storage;

/// <summary>A commit found no room for its pages. None of what it wrote can be reached, so nothing has happened.</summary>
internal sealed class DiskFullException : IOException
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaLinux = 122; // EDQUOT
    private const int QuotaApple = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public DiskFullException(long commit, IOException cause)
        : base($"The disk is full: commit {commit} was not made, and its transaction has been rolled back. The vault can be read and written as before; make room and try again. {cause.Message}", cause) =>
        HResult = cause.HResult;

    /// <summary>What the operating system calls a full disk, or a used-up quota.</summary>
    public static int SystemCode => OperatingSystem.IsWindows() ? WindowsDiskFull : NoSpace;

    /// <summary>Whether the operating system says that there is no room.</summary>
    public static bool IsCause(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : error.HResult == NoSpace || error.HResult == (OperatingSystem.IsMacOS() ? QuotaApple : QuotaLinux);
}
