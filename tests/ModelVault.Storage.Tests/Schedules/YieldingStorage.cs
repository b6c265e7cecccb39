using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Schedules;

/// <summary>A simulated disk at which others may go on before and after each call.</summary>
internal sealed class YieldingStorage(SimulatedBlockStorage disk) : IBlockStorage
{
    public long Length => disk.Length;

    public void Read(long offset, Span<byte> destination)
    {
        (Interleaving.Schedule as SeededSchedule)?.Call();
        disk.Read(offset, destination);
        (Interleaving.Schedule as SeededSchedule)?.Call();
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        (Interleaving.Schedule as SeededSchedule)?.Call();
        disk.Write(offset, source);
        (Interleaving.Schedule as SeededSchedule)?.Call();
    }

    public void Flush()
    {
        (Interleaving.Schedule as SeededSchedule)?.Call();
        disk.Flush();
        (Interleaving.Schedule as SeededSchedule)?.Call();
    }

    public void SetLength(long length)
    {
        (Interleaving.Schedule as SeededSchedule)?.Call();
        disk.SetLength(length);
    }

    public void Dispose() => disk.Dispose();
}
