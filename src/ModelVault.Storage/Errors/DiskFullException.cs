namespace ModelVault.Storage;

/// <summary>There was no room for what was to be written. None of it can be reached, so nothing has happened.</summary>
internal sealed class DiskFullException : IOException
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaLinux = 122; // EDQUOT
    private const int QuotaApple = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    private DiskFullException(string what, IOException cause)
        : base($"The disk is full: {what} {cause.Message}", cause) => HResult = cause.HResult;

    /// <summary>The commit found no room.</summary>
    public static DiskFullException InCommit(long commit, IOException cause) =>
        new($"commit {commit} was not made, and its transaction has been rolled back. The vault can be read and written as before: make room and try again.", cause);

    /// <summary>Pages that memory has no room for found none on the disk either.</summary>
    public static DiskFullException BeforeCommit(long commit, IOException cause) =>
        new($"the transaction of commit {commit} changes more pages than it may keep in memory, and some of them could not be written. It is as it was before this operation: make room and repeat that, or roll back. The vault can be read as before.", cause);

    /// <summary>A new vault found no room.</summary>
    public static DiskFullException InCreation(string path, IOException cause) =>
        new($"the vault '{path}' could not be created, and nothing of it is left. It takes {FileLayout.MinLength} bytes: make room and try again.", cause);

    /// <summary>The lock file of a vault found no room.</summary>
    public static DiskFullException InOpening(string path, IOException cause) =>
        new($"'{path}' could not be opened, because there is no room for its lock file. Make room and try again.", cause);

    /// <summary>What the operating system calls a full disk, or a used-up quota.</summary>
    public static int SystemCode => OperatingSystem.IsWindows() ? WindowsDiskFull : NoSpace;

    /// <summary>Whether the operating system says that there is no room.</summary>
    public static bool IsCause(IOException error) => OperatingSystem.IsWindows()
        ? error.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : error.HResult == NoSpace || error.HResult == (OperatingSystem.IsMacOS() ? QuotaApple : QuotaLinux);
}
