using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Isolation;

/// <summary>One of several readers: every snapshot must be one of a prefix of the acts, as new as what had returned, and stay as it is.</summary>
internal sealed class HistoryReader(StorageEngine engine, SimulatedBlockStorage storage, History history, int seed, bool seesOnlyDurable)
{
    private readonly Random _random = new(seed);
    private readonly List<(Snapshot Snapshot, long Acts)> _held = [];
    private readonly List<(Snapshot Snapshot, TreeCursor Cursor, long Acts, long At)> _cursors = [];
    private long _last;
    private long _lastCommit;

    /// <summary>How many states were compared with the model.</summary>
    public int Compared { get; private set; }

    /// <summary>Reads while a condition holds, then what it still holds.</summary>
    public void RunWhile(Func<bool> condition)
    {
        do
        {
            ReadNewest();
            if (_held.Count > 0 && _random.Next(3) == 0) CheckHeld(_random.Next(_held.Count), _random.Next(2) == 0);
            MoveCursors();
            if (_random.Next(12) == 0) FailPower();
        }
        while (condition());

        while (_held.Count > 0) CheckHeld(0, letGo: true);
        while (_cursors.Count > 0) MoveCursors();
    }

    private void ReadNewest()
    {
        var atLeast = Math.Max(history.Acknowledged, _last);
        var snapshot = engine.AcquireSnapshot();
        var acts = Acts.HeadOf(snapshot);
        Assert.True(acts >= atLeast, $"{acts} acts are seen after {atLeast} had returned or were seen before.");
        Assert.True(acts <= history.Attempted, $"Act {acts} is seen before its commit.");
        Assert.True(snapshot.CommitId >= _lastCommit, $"Commit {snapshot.CommitId} is seen after {_lastCommit}.");
        (_last, _lastCommit) = (acts, snapshot.CommitId);
        Compare(snapshot, acts);
        switch (_random.Next(4))
        {
            case 0 when _held.Count < 8:
                _held.Add((snapshot, acts));
                break;
            case 1 when _cursors.Count < 4 && snapshot.TryGetTree("log", out var log):
                _cursors.Add((snapshot, log.OpenCursor(), acts, 0));
                break;
            default:
                snapshot.Release();
                break;
        }
    }

    private void CheckHeld(int index, bool letGo)
    {
        var (snapshot, acts) = _held[index];
        Compare(snapshot, acts);
        if (!letGo) return;
        snapshot.Release();
        _held.RemoveAt(index);
    }

    // A few rows at a time, with commits in between.
    private void MoveCursors()
    {
        for (var i = _cursors.Count - 1; i >= 0; i--)
        {
            var (snapshot, cursor, acts, at) = _cursors[i];
            var more = true;
            for (var steps = _random.Next(1, 80); more && steps > 0; steps--)
            {
                more = at == 0 ? cursor.SeekFirst() : cursor.MoveNext();
                if (!more) break;
                at++;
                Assert.Equal(Bytes.Key(at), cursor.Key.ToArray());
                Assert.True(Acts.WriterOf(cursor.Value, at) >= 0, $"A cursor over {acts} acts finds another entry {at}.");
            }

            _cursors[i] = (snapshot, cursor, acts, at);
            if (more) continue;
            Assert.Equal(acts, at);
            cursor.Dispose();
            snapshot.Release();
            _cursors.RemoveAt(i);
        }
    }

    // What the disk would hold if the power failed now: a prefix too.
    private void FailPower()
    {
        var atLeast = seesOnlyDurable ? _last : history.Durable;
        var images = storage.CrashImages();
        var atMost = history.Attempted;
        foreach (var image in images.Enumerate(_random.Next(), samples: 1, enumerated: 1).Take(3))
        {
            using var recovered = StorageEngine.Open(new SimulatedBlockStorage(image), new StorageOptions { CacheSize = StorageOptions.MinCacheSize });
            recovered.Read(snapshot =>
            {
                var acts = Acts.HeadOf(snapshot);
                Assert.True(acts >= atLeast && acts <= atMost, $"{acts} acts after a power failure, where {atLeast} were durable and {atMost} begun.");
                Compare(snapshot, acts);
                Assert.Null(SpaceAudit.Run(snapshot));
                return 0;
            });
        }
    }

    private void Compare(Snapshot snapshot, long acts)
    {
        Compared++;
        if (Acts.Difference(snapshot, acts) is { } difference) Assert.Fail($"Commit {snapshot.CommitId}: {difference}.");
    }
}
