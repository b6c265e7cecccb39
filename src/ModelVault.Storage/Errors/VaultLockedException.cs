namespace ModelVault;

/// <summary>Another process holds the file for writing; names the holder where it can be told.</summary>
public sealed class VaultLockedException : VaultException
{
    /// <summary>Makes an error about a held file.</summary>
    public VaultLockedException(string message, string? holder = null, Exception? innerException = null)
        : base(VaultErrorCode.Locked, message, innerException) => Holder = holder;

    /// <summary>Who holds it (process name and id), or null where that is not known.</summary>
    public string? Holder { get; }
}
