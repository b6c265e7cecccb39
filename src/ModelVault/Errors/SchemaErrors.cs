namespace ModelVault;

/// <summary>The model and the stored schema do not fit together, or a schema is itself wrong; nothing was changed.</summary>
public sealed class VaultSchemaException : VaultException
{
    /// <summary>Makes an error about a schema.</summary>
    public VaultSchemaException(string message, Exception? innerException = null)
        : base(VaultErrorCode.Schema, message, innerException)
    {
    }
}

/// <summary>A query asks for something that cannot be answered.</summary>
public sealed class VaultQueryException : VaultException
{
    /// <summary>Makes an error about a query.</summary>
    public VaultQueryException(string message)
        : base(VaultErrorCode.Query, message)
    {
    }
}
