using ModelVault.Storage;

namespace ModelVault;

/// <summary>What one read stands on: a snapshot taken for it, or the transaction or snapshot it was started on.</summary>
internal readonly struct ReadView(TreeSource source, Snapshot? taken) : IDisposable
{
    public TreeSource Source => source;

    /// <summary>Gives a snapshot back that was taken for this read.</summary>
    public void Dispose() => taken?.Release();
}
