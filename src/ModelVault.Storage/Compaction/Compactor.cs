namespace ModelVault.Storage;

/// <summary>
/// Rewrites a vault without its holes into another storage, which then takes its place. Reading goes on all the time; writing
/// waits only while the last changes are brought over.
/// </summary>
internal sealed class Compactor(Engine engine, IVaultPlace place)
{
    // As much as is brought over under the writer's lock without anybody noticing.
    private const int FewLeaves = 64;
    private const int MostRounds = 6;

    private int _isRunning;

    public void Run(IProgress<CompactionProgress>? progress, CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0) throw new InvalidOperationException("The vault is being compacted already.");
        try
        {
            var replacement = place.CreateReplacement();
            try
            {
                CopyAndReplace(replacement, progress, ct);
            }
            catch (IOException error) when (!engine.StandsOn(replacement))
            {
                throw new IOException($"Compacting failed; the vault is as it was, and can be read and written. {error.Message}", error) { HResult = error.HResult };
            }
            finally
            {
                if (!engine.StandsOn(replacement)) place.Discard(replacement);
            }
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    private void CopyAndReplace(IBlockStorage replacement, IProgress<CompactionProgress>? progress, CancellationToken ct)
    {
        var first = engine.AcquireSnapshot();
        using var copy = new VaultCopy(replacement, first.CommitId, engine.Options.TimeProvider);
        copy.Update(first, progress, ct);
        for (var round = 0; round < MostRounds && copy.Update(engine.AcquireSnapshot(), progress, ct) > FewLeaves;) round++;
        engine.EnterWriter(Timeout.InfiniteTimeSpan, ct);
        try
        {
            var last = engine.AcquireSnapshot();
            copy.Update(last, progress, ct);
            copy.Finish(last.CommitId);
            engine.ReplaceVolume(new Volume(replacement, engine.Options), place);
        }
        finally
        {
            engine.ExitWriter();
        }
    }
}
