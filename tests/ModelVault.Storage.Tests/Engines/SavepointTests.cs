using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Engines;

public class SavepointTests
{
    // Savepoints to any depth, gone back to once or several times, released or left to the commit, in transactions that change
    // everything that can be changed; the state, in the transaction and after it, equals the model's.
    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 1500)]
    [InlineData(3, 12_000)]
    public void Every_state_gone_back_to_equals_the_model(int seed, int valueLength)
    {
        for (var round = 0; round < TestScale.Of(4); round++)
        {
            // Every other run has little memory: pages are written ahead before the first savepoint and read back after it.
            var options = round % 2 == 0 ? new StorageOptions() : new StorageOptions { CacheSize = StorageOptions.MinCacheSize, TransactionMemory = 6 * FileLayout.PageSize };
            new Run((seed * 1000) + round, valueLength, options).Play(TestScale.Of(25));
        }
    }

    [Fact]
    public void What_a_savepoint_brings_back_leaves_the_file_as_short_as_it_was()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        var pages = engine.Statistics.PageCount;
        engine.Commit(static transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            var savepoint = transaction.Savepoint();
            for (var i = 0; i < 1000; i++) tree.Put(Bytes.Key(i), new byte[1000 + (i * 10)]);
            transaction.RollbackTo(savepoint);
            tree.Put([2], [2]);
        });
        Assert.InRange(engine.Statistics.PageCount, pages, pages + 4);
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void A_transaction_that_goes_back_to_its_beginning_commits_nothing()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        engine.Commit(static transaction =>
        {
            var savepoint = transaction.Savepoint();
            transaction.GetOrCreateTree("t").Put([2], [2]);
            transaction.RollbackTo(savepoint);
        });
        Assert.Equal(1, engine.Statistics.CommitCount);
    }

    [Fact]
    public void A_savepoint_that_has_ended_or_is_anothers_is_an_error()
    {
        using var engine = StorageEngine.OpenInMemory();
        Savepoint foreign;
        using (var transaction = engine.BeginWrite(Bytes.Timeout)) foreign = transaction.Savepoint();
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            var outer = transaction.Savepoint();
            var inner = transaction.Savepoint();
            transaction.RollbackTo(outer);
            Assert.Throws<VaultTransactionException>(() => transaction.RollbackTo(inner));
            transaction.RollbackTo(outer);
            transaction.Release(outer);
            Assert.Throws<VaultTransactionException>(() => transaction.RollbackTo(outer));
            Assert.Throws<VaultTransactionException>(() => transaction.Release(outer));
            Assert.Throws<ArgumentException>(() => transaction.RollbackTo(foreign));
            Assert.Throws<ArgumentException>(() => transaction.RollbackTo(default));
            var last = transaction.Savepoint();
            transaction.GetOrCreateTree("t").Put([1], [1]);
            transaction.Commit();
            Assert.Throws<VaultTransactionException>(() => transaction.RollbackTo(last));
        }

        Assert.Equal([1], engine.Get("t", [1])!);
    }

    [Fact]
    public void A_cursor_notices_that_its_tree_has_gone_back()
    {
        using var engine = StorageEngine.OpenInMemory();
        using var transaction = engine.BeginWrite(Bytes.Timeout);
        var tree = transaction.GetOrCreateTree("t");
        for (var i = 0; i < 2000; i += 2) tree.Put(Bytes.Key(i), Bytes.Key(i));
        var savepoint = transaction.Savepoint();
        for (var i = 1; i < 2000; i += 2) tree.Put(Bytes.Key(i), Bytes.Key(i));
        using var cursor = tree.OpenCursor();
        Assert.True(cursor.Seek(Bytes.Key(1001)));
        transaction.RollbackTo(savepoint);
        Assert.True(cursor.MoveNext());
        Assert.Equal(Bytes.Key(1002), cursor.Key.ToArray());
        Assert.True(cursor.MovePrevious());
        Assert.Equal(Bytes.Key(1000), cursor.Key.ToArray());
    }

    [Fact]
    public void A_tree_made_after_the_savepoint_is_gone_and_one_dropped_is_back()
    {
        using var engine = StorageEngine.OpenInMemory();
        using var transaction = engine.BeginWrite(Bytes.Timeout);
        var kept = transaction.GetOrCreateTree("kept");
        kept.Put([1], [1]);
        var savepoint = transaction.Savepoint();
        transaction.RenameTree("kept", "renamed");
        transaction.DropTree("renamed");
        var made = transaction.GetOrCreateTree("kept");
        made.Put([2], [2]);
        transaction.RollbackTo(savepoint);
        Assert.Throws<VaultTransactionException>(() => made.Put([1], [1]));
        Assert.Equal(new byte[] { 1 }, kept.Get([1]));
        Assert.Same(kept, transaction.GetOrCreateTree("kept"));
        Assert.False(transaction.TryGetTree("renamed", out _));
    }

    // A read fails in the middle of one of many changes; going back makes the transaction whole again.
    [Fact]
    public void A_transaction_that_failed_half_way_can_be_used_again_once_it_has_gone_back()
    {
        var storage = new SimulatedBlockStorage();
        using (var engine = StorageEngine.Open(storage))
        {
            engine.Commit(static transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                for (var i = 0; i < 3000; i++) tree.Put(Bytes.Key(i), Bytes.Random(i % 40 == 0 ? 5000 : 300, i));
            });
        }

        var (image, broken) = (storage.Snapshot(), 0);
        for (var failAt = 1; failAt <= 40; failAt++)
        {
            var disk = new SimulatedBlockStorage(image);
            using var engine = StorageEngine.Open(disk);
            var model = new VaultModel();
            for (var i = 0; i < 3000; i++) model["t"].Rows[Bytes.Key(i)] = Bytes.Random(i % 40 == 0 ? 5000 : 300, i);
            using (var transaction = engine.BeginWrite(Bytes.Timeout))
            {
                var tree = transaction.GetOrCreateTree("t");
                tree.Put(Bytes.Key(5), [5]);
                model["t"].Rows[Bytes.Key(5)] = [5];
                var savepoint = transaction.Savepoint();
                disk.Inject(new SimulatedFaults { FailAt = failAt, CountReads = true });
                var error = Record.Exception(() =>
                {
                    for (var i = 0; i < 3000; i += 150) tree.Put(Bytes.Key(i), Bytes.Random(6000, i));
                    tree.Clear();
                });
                disk.Inject(new SimulatedFaults());
                Assert.True(error is null or IOException, $"read {failAt}: {error}");
                if (error is not null && Record.Exception(() => transaction.TryGetTree("t", out _)) is VaultTransactionException) broken++;
                transaction.RollbackTo(savepoint);
                Assert.True(model.Difference(transaction) is null, $"read {failAt}: {model.Difference(transaction)}");
                tree.Put(Bytes.Key(9000), Bytes.Random(7000, 1));
                model["t"].Rows[Bytes.Key(9000)] = Bytes.Random(7000, 1);
                transaction.Commit();
            }

            Assert.Null(engine.Read(snapshot => model.Difference(snapshot) ?? SpaceAudit.Run(snapshot)));
        }

        Assert.True(broken > 10, $"Only {broken} reads failed in the middle of a change: the test proves little.");
    }

    private sealed class Run(int seed, int valueLength, StorageOptions options)
    {
        private static readonly string[] Names = ["a", "b", "c", "d"];

        private readonly Random _random = new(seed);
        private readonly List<(Savepoint Savepoint, VaultModel Model)> _savepoints = [];
        private VaultModel _model = new();

        public void Play(int transactions)
        {
            var image = new MemoryBlockStorage();
            var engine = StorageEngine.Open(image, options);
            for (var i = 0; i < transactions; i++)
            {
                var committed = _model.Clone();
                using (var transaction = engine.BeginWrite(Bytes.Timeout))
                {
                    _savepoints.Clear();
                    for (var step = _random.Next(5, 40); step > 0; step--) Step(transaction);
                    AssertSame(transaction, "at the end");
                    if (_random.Next(5) == 0) _model = committed;
                    else transaction.Commit();
                }

                var problem = engine.Read(snapshot => _model.Difference(snapshot) ?? SpaceAudit.Run(snapshot));
                Assert.True(problem is null, $"seed {seed}, transaction {i}: {problem}");
                if (_random.Next(8) != 0) continue;
                engine.Dispose();
                engine = StorageEngine.Open(image = new MemoryBlockStorage(image.ToArray()), options);
            }

            engine.Dispose();
        }

        private void Step(WriteTransaction transaction)
        {
            // Later savepoints in some transactions, so that there is something before them.
            switch (_savepoints.Count == 0 ? _random.Next(-8, 10) : _random.Next(10))
            {
                case 0 or 1:
                    _savepoints.Add((transaction.Savepoint(), _model.Clone()));
                    break;
                case 2 or 3 when _savepoints.Count > 0:
                    var at = _random.Next(_savepoints.Count);
                    transaction.RollbackTo(_savepoints[at].Savepoint);
                    _model = _savepoints[at].Model.Clone();
                    _savepoints.RemoveRange(at + 1, _savepoints.Count - at - 1);
                    AssertSame(transaction, "gone back");
                    break;
                case 4 when _savepoints.Count > 0:
                    var from = _random.Next(_savepoints.Count);
                    transaction.Release(_savepoints[from].Savepoint);
                    _savepoints.RemoveRange(from, _savepoints.Count - from);
                    break;
                case 5:
                    ChangeTrees(transaction);
                    break;
                default:
                    ChangeRows(transaction);
                    break;
            }
        }

        private void ChangeRows(WriteTransaction transaction)
        {
            var name = Names[_random.Next(Names.Length)];
            var tree = transaction.GetOrCreateTree(name);
            var rows = _model[name].Rows;
            var deletes = _random.Next(3) == 0;
            for (var i = _random.Next(1, 60); i > 0; i--)
            {
                var key = Bytes.Key(_random.Next(300));
                var value = Bytes.Random(_random.Next(valueLength), _random.Next());
                if (deletes)
                {
                    tree.Delete(key);
                    rows.Remove(key);
                }
                else
                {
                    tree.Put(key, value);
                    rows[key] = value;
                }
            }
        }

        private void ChangeTrees(WriteTransaction transaction)
        {
            var (from, to) = (Names[_random.Next(Names.Length)], Names[_random.Next(Names.Length)]);
            switch (_random.Next(5))
            {
                case 0:
                    var (first, last) = (Bytes.Key(_random.Next(300)), Bytes.Key(_random.Next(300)));
                    var doomed = _model[from].Rows.Keys.Where(key => key.AsSpan().SequenceCompareTo(first) >= 0 && key.AsSpan().SequenceCompareTo(last) < 0).ToList();
                    Assert.Equal(doomed.Count, transaction.GetOrCreateTree(from).DeleteRange(first, last));
                    foreach (var key in doomed) _model[from].Rows.Remove(key);
                    break;
                case 1:
                    var built = transaction.GetOrCreateTree(from);
                    built.Clear();
                    var builder = built.Build();
                    foreach (var (key, value) in _model[from].Rows) builder.Add(key, value);
                    builder.Finish();
                    break;
                case 2:
                    Assert.Equal(_model.Trees.Remove(from), transaction.DropTree(from));
                    break;
                case 3:
                    transaction.GetOrCreateTree(from).Clear();
                    _model[from].Rows.Clear();
                    break;
                default:
                    if (_model.Trees.ContainsKey(to)) break;
                    Assert.Equal(_model.Trees.Remove(from, out var tree), transaction.RenameTree(from, to));
                    if (tree is not null) _model.Trees.Add(to, tree);
                    break;
            }
        }

        private void AssertSame(WriteTransaction transaction, string when)
        {
            // A tree of the transaction that holds nothing yet is in its catalog all the same.
            var problem = _model.Difference(transaction);
            Assert.True(problem is null, $"seed {seed}, {when}: {problem}");
        }
    }
}
