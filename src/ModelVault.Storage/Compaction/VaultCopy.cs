namespace ModelVault.Storage;

/// <summary>
/// A compact copy of a vault in another storage. The first update copies every tree, filling page after page; later ones bring
/// over what was changed meanwhile, so that the vault can be written to while it is copied.
/// </summary>
internal sealed class VaultCopy : IDisposable
{
    private const int RowsPerReport = 4096;
    private const long TransactionMemory = 4 << 20;

    private readonly IBlockStorage _storage;
    private readonly TimeProvider _time;
    private readonly Engine _engine;
    private Snapshot? _copied;

    /// <param name="storage">Where to; an empty one. It stays open when the copy is disposed.</param>
    /// <param name="newest">The number of the newest commit of the vault.</param>
    /// <param name="time">The clock.</param>
    public VaultCopy(IBlockStorage storage, long newest, TimeProvider time)
    {
        _storage = storage;
        _time = time;
        VaultCreation.Initialize(storage, time, newest);
        var options = new StorageOptions { CacheSize = StorageOptions.MinCacheSize, TransactionMemory = TransactionMemory, TimeProvider = time };
        _engine = Engine.Open(new Borrowed(storage), null, null, options);
    }

    /// <summary>Brings the copy to the state of a snapshot, durably. Takes the use of the snapshot over.</summary>
    /// <returns>How many leaves have changed since the update before.</returns>
    public int Update(Snapshot source, IProgress<CompactionProgress>? progress, CancellationToken ct)
    {
        try
        {
            var changed = Copy(source, progress, ct);
            (_copied, source) = (source, _copied!);
            return changed;
        }
        finally
        {
            source?.Release();
        }
    }

    /// <summary>
    /// Makes a vault of its own of the copy, closed in order: every slot of its ring holds this one state, under numbers up to the
    /// one that follows all that the vault or the copy has used.
    /// </summary>
    /// <param name="newest">The number of the newest commit of the vault.</param>
    public void Finish(long newest)
    {
        var commit = Read(static snapshot => snapshot.Commit);
        _engine.Dispose();
        var last = Math.Max(newest, commit.Id) + 1;
        var writer = new CommitWriter(_storage, Recovery.ReadSuperblock(_storage, forWriting: true));
        for (var id = last - FileLayout.SlotCount + 1; id <= last; id++)
        {
            writer.WriteSlot(commit with
            {
                Id = id, DurableId = id - 1, WallClockTicks = _time.GetUtcNow().UtcTicks, ChainLength = 0, IsUnflushed = false, AnnouncesUnflushed = false, IsClean = true, Manifest = [],
            });
        }

        _storage.SetLength(FileLayout.OffsetOf(commit.PageCount));
        _storage.Flush();
    }

    public void Dispose()
    {
        _copied?.Release();
        _copied = null;
        _engine.Dispose();
    }

    private int Copy(Snapshot source, IProgress<CompactionProgress>? progress, CancellationToken ct)
    {
        _engine.EnterWriter(TimeSpan.Zero, ct);
        using var transaction = _engine.CreateTransaction(Durability.Full);
        var names = source.TreeNames.ToHashSet(StringComparer.Ordinal);
        foreach (var name in transaction.TreeNames.ToList())
        {
            if (Find(_copied!, name).Record.Id is var id && (!names.Contains(name) || Find(source, name).Record.Id != id)) transaction.DropTree(name);
        }

        var changed = 0;
        var report = new CompactionProgress(0, names.Sum(name => Find(source, name).Count));
        foreach (var name in names)
        {
            var isNew = !transaction.TryGetTree(name, out _);
            var target = transaction.GetOrCreateTree(name);
            if (isNew) report = Build(Find(source, name), target, report, progress, ct);
            else changed += TreeDifference.Apply(Find(_copied!, name), Find(source, name), target);
            ct.ThrowIfCancellationRequested();
        }

        transaction.Commit();
        return changed;
    }

    private static CompactionProgress Build(Tree source, WritableTree target, CompactionProgress report, IProgress<CompactionProgress>? progress, CancellationToken ct)
    {
        using var cursor = source.OpenCursor();
        if (!cursor.SeekFirst()) return report;
        var builder = target.Build();
        do
        {
            builder.Add(cursor.Key, cursor.Value);
            report = report with { Rows = report.Rows + 1 };
            if (report.Rows % RowsPerReport != 0) continue;
            ct.ThrowIfCancellationRequested();
            progress?.Report(report);
        }
        while (cursor.MoveNext());
        builder.Finish();
        progress?.Report(report);
        return report;
    }

    private T Read<T>(Func<Snapshot, T> read)
    {
        var snapshot = _engine.AcquireSnapshot();
        try
        {
            return read(snapshot);
        }
        finally
        {
            snapshot.Release();
        }
    }

    private static Tree Find(Snapshot snapshot, string name) =>
        snapshot.TryGetTree(name, out var tree) ? tree : throw new VaultCorruptionException($"The catalog has lost tree '{name}' while it was read.");

    private sealed class Borrowed(IBlockStorage storage) : IBlockStorage
    {
        public long Length => storage.Length;

        public void Read(long offset, Span<byte> destination) => storage.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source) => storage.Write(offset, source);

        public void Flush() => storage.Flush();

        public void StartFlush(long offset, long length) => storage.StartFlush(offset, length);

        public void SetLength(long length) => storage.SetLength(length);

        public void Dispose()
        {
        }
    }
}
