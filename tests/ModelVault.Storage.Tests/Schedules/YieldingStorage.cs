using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Schedules;

/// <summary>A simulated disk at which others may go on before and after each call.</summary>
internal sealed class YieldingStorage(SimulatedBlockStorage disk) : IBlockStorage
{
    public long Length => disk.Length;

    public void Read(long offset, Span<byte> destination)
    {
        Interleaving.Schedule?.Point();
        disk.Read(offset, destination);
        Interleaving.Schedule?.Point();
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        Interleaving.Schedule?.Point();
        disk.Write(offset, source);
        Interleaving.Schedule?.Point();
    }

    public void Flush()
    {
        Interleaving.Schedule?.Point();
        disk.Flush();
        Interleaving.Schedule?.Point();
    }

    public void SetLength(long length)
    {
        Interleaving.Schedule?.Point();
        disk.SetLength(length);
    }

    public void Dispose() => disk.Dispose();
}
