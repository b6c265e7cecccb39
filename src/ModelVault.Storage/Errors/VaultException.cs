namespace ModelVault;

/// <summary>The base of every error that ModelVault raises itself. File-system failures stay <see cref="IOException"/>.</summary>
public class VaultException : Exception
{
    /// <summary>Makes an error with its code and a message that says what, where and what to do.</summary>
    public VaultException(VaultErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>The kind of failure.</summary>
    public VaultErrorCode Code { get; }
}
