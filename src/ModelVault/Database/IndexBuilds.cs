using System.Collections.Concurrent;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// The builds of indexes that one database handle has under way. Whoever finds a collection outdated builds, on its own thread, one
/// transaction after the other; everybody else of the handle reads and writes meanwhile, without the new indexes. Shared with the
/// handle's transactions. Thread-safe.
/// </summary>
internal sealed class IndexBuilds(StorageEngine engine, VaultOptions options)
{
    private readonly Dictionary<string, int> _active = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _settled = new(StringComparer.Ordinal);

    /// <summary>How much is done at a time.</summary>
    public BuildLimits Limits { get; set; } = new();

    /// <summary>Called after each transaction of a build with the collection's name, for tests.</summary>
    public Action<string>? StepCommitted { get; set; }

    /// <summary>Whether somebody is at a collection's indexes.</summary>
    public bool IsActive(string collection)
    {
        lock (_active) return _active.ContainsKey(collection);
    }

    /// <summary>Whether a model of this handle has found the file with its schema, and no build begun.</summary>
    public bool HasSettled(string collection) => _settled.ContainsKey(collection);

    /// <summary>Notes that a model has found the file with its schema, and no build begun.</summary>
    public void Settle(string collection) => _settled.TryAdd(collection, true);

    /// <summary>Brings a collection's indexes to a model's; returns when that is done. Unless somebody is at it already: then it joins in, or leaves it to them.</summary>
    public void Run(CollectionLayout layout, bool joins = false)
    {
        if (!TryBegin(layout.Schema.Name, joins)) return;
        try
        {
            IndexBuild build = new(layout, Limits);
            while (build.Stage != BuildStage.Over)
            {
                Step(build);
                StepCommitted?.Invoke(layout.Schema.Name);
            }
        }
        finally
        {
            End(layout.Schema.Name);
        }
    }

    /// <summary>The same; no thread waits for other writers or the disk meanwhile.</summary>
    public async Task RunAsync(CollectionLayout layout, CancellationToken ct)
    {
        if (!TryBegin(layout.Schema.Name, joins: false)) return;
        try
        {
            IndexBuild build = new(layout, Limits);
            while (build.Stage != BuildStage.Over)
            {
                await StepAsync(build, ct).ConfigureAwait(false);
                StepCommitted?.Invoke(layout.Schema.Name);
            }
        }
        finally
        {
            End(layout.Schema.Name);
        }
    }

    private void Step(IndexBuild build)
    {
        try
        {
            Write(build.Advance, DurabilityOf(build.Stage));
        }
        catch (VaultSchemaException) when (build.Stage == BuildStage.Batch)
        {
            Write(build.Abandon, null);
            throw;
        }
    }

    private async Task StepAsync(IndexBuild build, CancellationToken ct)
    {
        try
        {
            await WriteAsync(build.Advance, DurabilityOf(build.Stage), ct).ConfigureAwait(false);
        }
        catch (VaultSchemaException) when (build.Stage == BuildStage.Batch)
        {
            await WriteAsync(build.Abandon, null, ct).ConfigureAwait(false);
            throw;
        }
    }

    private void Write(Action<WriteTransaction> step, Durability? durability)
    {
        using WriteTransaction transaction = engine.BeginWrite(options.LockTimeout, durability);
        step(transaction);
        transaction.Commit();
    }

    private async Task WriteAsync(Action<WriteTransaction> step, Durability? durability, CancellationToken ct)
    {
        await using WriteTransaction transaction = await engine.BeginWriteAsync(options.LockTimeout, durability, ct).ConfigureAwait(false);
        step(transaction);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    // A power failure may take the last batches: entries and progress together, so that they are only made again.
    private Durability? DurabilityOf(BuildStage stage) => stage == BuildStage.Batch && options.Durability == Durability.Full ? Durability.Relaxed : null;

    private bool TryBegin(string collection, bool joins)
    {
        lock (_active)
        {
            int builders = _active.GetValueOrDefault(collection);
            if (builders > 0 && !joins) return false;
            _active[collection] = builders + 1;
            return true;
        }
    }

    private void End(string collection)
    {
        lock (_active)
        {
            if (_active[collection] == 1) _active.Remove(collection);
            else _active[collection]--;
        }
    }
}
