namespace ModelVault;

/// <summary>A write was tried through a handle that only reads.</summary>
public sealed class VaultReadOnlyException : VaultException
{
    /// <summary>Makes an error about a write through a read-only handle.</summary>
    public VaultReadOnlyException(string message)
        : base(VaultErrorCode.ReadOnly, message)
    {
    }
}
