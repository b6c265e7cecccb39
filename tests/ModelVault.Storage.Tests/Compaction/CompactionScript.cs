using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Compaction;

/// <summary>Fills a vault, compacts it while more is written, and writes on; knows what it holds after each commit.</summary>
internal sealed class CompactionScript
{
    private readonly List<VaultModel> _states = [new()];

    /// <summary>How many commits have returned.</summary>
    public int Acknowledged => _states.Count - 1 - (IsAttempting ? 1 : 0);

    /// <summary>Whether one more was begun.</summary>
    public bool IsAttempting { get; private set; }

    public VaultModel Newest => _states[^1];

    /// <summary>The error that ended it, or null.</summary>
    public Exception? Run(SimulatedPlace place)
    {
        StorageEngine? engine = null;
        try
        {
            engine = StorageEngine.Open(place.Vault, null, place);
            Fill(engine);
            engine.Compact(new Writes(this, engine));
            for (var i = 0; i < 4; i++) Commit(engine, "rows", Bytes.Key(i), Bytes.Random(300, i + 50));
            return null;
        }
        catch (IOException error)
        {
            return error;
        }
        finally
        {
            engine?.Dispose();
        }
    }

    /// <summary>What is wrong with what a power failure now would leave; null when nothing is.</summary>
    public string? Check(DiskImage image) => Check(image, Acknowledged);

    /// <summary>What is wrong with what a power failure leaves after this many acknowledged commits.</summary>
    public string? Check(DiskImage image, int acknowledged)
    {
        try
        {
            using var engine = StorageEngine.Open(new SimulatedBlockStorage(image));
            var allowed = _states.Skip(acknowledged).Take(2);
            var problem = engine.Read(snapshot => SpaceAudit.Run(snapshot)
                ?? (allowed.Any(state => state.Difference(snapshot) is null) ? null : _states[acknowledged].Difference(snapshot)));
            if (problem is not null) return problem;
            for (var i = 0; i < 3; i++) engine.Commit(transaction => transaction.GetOrCreateTree("after").Put(Bytes.Key(i), Bytes.Random(500, i)));
            return engine.Read(SpaceAudit.Run);
        }
        catch (VaultException error)
        {
            return error.ToString();
        }
    }

    public void Fill(StorageEngine engine)
    {
        Commit(engine, static (transaction, model) =>
        {
            for (var i = 0; i < 150; i++) Put(transaction, model, "rows", i, 400);
            Put(transaction, model, "rows", 500, 40_000);
            for (var i = 0; i < 20; i++) Put(transaction, model, "dropped", i, 100);
            for (var i = 0; i < 20; i++) Put(transaction, model, "renamed", i, 100);
            transaction.GetOrCreateTree("empty");
            _ = model["empty"];
        });
        Commit(engine, static (transaction, model) =>
        {
            for (var i = 0; i < 150; i += 3) Delete(transaction, model, "rows", i);
            Delete(transaction, model, "rows", 500);
            for (var i = 600; i < 603; i++) Put(transaction, model, "rows", i, 9_000);
        });
    }

    // Everything that can happen to trees while they are copied.
    private void WriteMeanwhile(StorageEngine engine, int round)
    {
        Commit(engine, (transaction, model) =>
        {
            for (var i = 0; i < 150; i += 7) Put(transaction, model, "rows", i + round, 350);
            Delete(transaction, model, "rows", 601);
            Delete(transaction, model, "rows", 8 + round);
            Put(transaction, model, "rows", 602, 12_000 + round);
        });
        Commit(engine, (transaction, model) =>
        {
            var name = $"made {round}";
            for (var i = 0; i < 10; i++) Put(transaction, model, name, i, 200);
            if (transaction.DropTree("dropped")) model.Trees.Remove("dropped");
            // Another tree of the same name.
            for (var i = 5; i < 9; i++) Put(transaction, model, "dropped", i, 150);
            if (!transaction.RenameTree("renamed", "moved")) return;
            model.Trees.Remove("renamed", out var moved);
            model.Trees.Add("moved", moved!);
        });
    }

    private void Commit(StorageEngine engine, string tree, byte[] key, byte[] value) => Commit(engine, (transaction, model) =>
    {
        transaction.GetOrCreateTree(tree).Put(key, value);
        model[tree].Rows[key] = value;
    });

    private void Commit(StorageEngine engine, Action<WriteTransaction, VaultModel> change)
    {
        var model = Newest.Clone();
        using var transaction = engine.BeginWrite(Bytes.Timeout);
        change(transaction, model);
        _states.Add(model);
        IsAttempting = true;
        transaction.Commit();
        IsAttempting = false;
    }

    private static void Put(WriteTransaction transaction, VaultModel model, string tree, int row, int length)
    {
        var (key, value) = (Bytes.Key(row), Bytes.Random(length, row + length));
        transaction.GetOrCreateTree(tree).Put(key, value);
        model[tree].Rows[key] = value;
    }

    private static void Delete(WriteTransaction transaction, VaultModel model, string tree, int row)
    {
        Assert.Equal(model[tree].Rows.Remove(Bytes.Key(row)), transaction.GetOrCreateTree(tree).Delete(Bytes.Key(row)));
    }

    private sealed class Writes(CompactionScript script, StorageEngine engine) : IProgress<CompactionProgress>
    {
        private int _round;

        public void Report(CompactionProgress value)
        {
            if (_round < 3) script.WriteMeanwhile(engine, _round++);
        }
    }
}
