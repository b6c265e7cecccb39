namespace ModelVault;

/// <summary>
/// The file is damaged, cut short, or not a ModelVault file. Raised instead of a wrong answer; names the place and, where
/// they are known, what was expected there and what was found.
/// </summary>
public sealed class VaultCorruptionException : VaultException
{
    /// <summary>Makes an error about a place in the file.</summary>
    /// <param name="message">What is damaged and how it shows.</param>
    /// <param name="page">The page number, or null where the damage is not in a page.</param>
    /// <param name="offset">The byte offset in the file, or null where it is not known.</param>
    /// <param name="expected">What should stand there.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="innerException">The error that led here.</param>
    /// <param name="code">The kind: <see cref="VaultErrorCode.Corruption"/> or <see cref="VaultErrorCode.UnsupportedFormat"/>.</param>
    public VaultCorruptionException(
        string message, long? page = null, long? offset = null, string? expected = null, string? found = null,
        Exception? innerException = null, VaultErrorCode code = VaultErrorCode.Corruption)
        : base(code, message, innerException)
    {
        Page = page;
        Offset = offset;
        Expected = expected;
        Found = found;
    }

    /// <summary>The file, or null where it is not known or the vault is not a file.</summary>
    public string? File { get; internal set; }

    /// <inheritdoc/>
    public override string Message => File is null ? base.Message : $"{base.Message} The file is '{File}'.";

    /// <summary>The damaged page's number, or null.</summary>
    public long? Page { get; }

    /// <summary>The byte offset in the file, or null.</summary>
    public long? Offset { get; }

    /// <summary>The same error, which says what file it is about.</summary>
    internal VaultCorruptionException In(string path)
    {
        if (path.Length > 0) File ??= path;
        return this;
    }

    /// <summary>What should stand there, or null.</summary>
    public string? Expected { get; }

    /// <summary>What stands there, or null.</summary>
    public string? Found { get; }
}
