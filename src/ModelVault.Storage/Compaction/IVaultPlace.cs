namespace ModelVault.Storage;

/// <summary>Where a vault's storage stands, so that another one can take its place in one step.</summary>
internal interface IVaultPlace
{
    /// <summary>Makes an empty storage beside the vault's. What an earlier one left that came to nothing is removed.</summary>
    IBlockStorage CreateReplacement();

    /// <summary>
    /// Gives the replacement, whose content is durable, the vault's place: from one moment to the next. When this throws, the vault
    /// is where it was.
    /// </summary>
    void Replace(IBlockStorage replacement);

    /// <summary>Makes durable that it was replaced. When this throws, a power failure may bring the old one back.</summary>
    void Flush();

    /// <summary>Removes a replacement that came to nothing, as far as that can be done now.</summary>
    void Discard(IBlockStorage replacement);
}
