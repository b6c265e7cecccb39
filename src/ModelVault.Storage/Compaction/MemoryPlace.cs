namespace ModelVault.Storage;

/// <summary>The place of a vault in memory, which nobody else knows.</summary>
internal sealed class MemoryPlace : IVaultPlace
{
    public IBlockStorage CreateReplacement() => new MemoryBlockStorage();

    public void Replace(IBlockStorage replacement)
    {
    }

    public void Flush()
    {
    }

    public void Discard(IBlockStorage replacement) => replacement.Dispose();
}
