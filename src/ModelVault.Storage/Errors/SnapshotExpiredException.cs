namespace ModelVault;

/// <summary>The pages that a snapshot stands on have been reused: it was opened outside the reader protocol, or held past its limit.</summary>
public sealed class SnapshotExpiredException : VaultException
{
    /// <summary>Makes an error about an expired snapshot.</summary>
    public SnapshotExpiredException(string message, Exception? innerException = null)
        : base(VaultErrorCode.SnapshotExpired, message, innerException)
    {
    }
}
