namespace ModelVault;

/// <summary>A transaction was used wrongly, timed out waiting for the writer, or met a writer that an earlier failure has stopped.</summary>
public sealed class VaultTransactionException : VaultException
{
    /// <summary>Makes an error about a transaction.</summary>
    public VaultTransactionException(string message, VaultErrorCode code = VaultErrorCode.Transaction, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }
}
