namespace ModelVault.Storage.Tests.Engines;

/// <summary>Random operations against a model under all modes of durability, with snapshots kept open, savepoints, rollback, compaction and reopening.</summary>
public class ModelTests
{
    [Theory]
    [InlineData(1, 8, 200)]
    [InlineData(2, 8, 3000)]
    [InlineData(3, 900, 60)]
    [InlineData(4, 1638, 2048)]
    [InlineData(5, 30, 9000)]
    [InlineData(6, 3, 10)]
    public void Every_state_equals_the_model(int seed, int keyLength, int valueLength)
    {
        // Every other run has little memory: its pages come and go, and are written ahead of their commits.
        long operations = 0;
        for (var round = 0; round < TestScale.Of(4); round++)
        {
            var options = round % 2 == 0 ? new StorageOptions() : new StorageOptions { CacheSize = StorageOptions.MinCacheSize, TransactionMemory = 6 * FileLayout.PageSize };
            var run = new ModelRun((seed * 1_000_000) + (round / 2), keyLength, valueLength, options);
            run.Run(transactions: 60);
            operations += run.Operations;
        }

        TestScale.Report("model operations", operations);
    }

    private sealed class ModelRun(int seed, int keyLength, int valueLength, StorageOptions options)
    {
        private readonly Random _random = new(seed);
        private readonly List<(Snapshot Snapshot, Oracle Expected)> _held = [];
        private readonly List<byte[]> _keys = [];
        private readonly VaultPlace _place = new();
        private Oracle _committed = new();

        /// <summary>How many times a row was put, inserted or deleted.</summary>
        public long Operations { get; private set; }

        public void Run(int transactions)
        {
            var engine = Open([]);
            for (var i = 0; i < transactions; i++)
            {
                Transact(engine);
                if (_random.Next(4) == 0) _held.Add((engine.AcquireSnapshot(), _committed.Clone()));
                if (_held.Count > 0 && _random.Next(4) == 0) Let(_random.Next(_held.Count));
                if (_random.Next(10) == 0) CheckHeld();
                if (_random.Next(12) == 0) Compact(engine);
                if (_random.Next(12) == 0) engine = Reopen(engine);
                Check(engine);
            }

            CheckHeld();
            engine.Dispose();
        }

        private void Transact(StorageEngine engine)
        {
            var model = _committed.Clone();
            using var transaction = engine.BeginWrite(Bytes.Timeout, (Durability)_random.Next(3));
            var tree = transaction.GetOrCreateTree("rows");
            var mode = _random.Next(5);
            for (var i = _random.Next(1, 120); i > 0; i--) Change(tree, model, mode);
            if (_random.Next(5) == 0) GoBack(transaction, tree, model);
            if (_random.Next(30) == 0)
            {
                tree.Clear();
                model.Rows.Clear();
            }
            else if (_random.Next(15) == 0)
            {
                Rebuild(tree, model);
            }

            if (_random.Next(6) == 0) DeleteRange(tree, model);
            Assert.True(TreeAudit.Of(tree).Problem is null, $"seed {seed}: in the transaction: {TreeAudit.Of(tree).Problem}");
            Assert.True(model.Difference(tree) is null, $"seed {seed}: in the transaction: {model.Difference(tree)}");
            if (_random.Next(5) == 0) return;
            transaction.Commit();
            _committed = model;
        }

        // What happens behind a savepoint is as if it had not.
        private void GoBack(WriteTransaction transaction, WritableTree tree, Oracle model)
        {
            var undone = model.Clone();
            var savepoint = transaction.Savepoint();
            for (var i = _random.Next(1, 60); i > 0; i--) Change(tree, undone, mode: _random.Next(2));
            if (_random.Next(4) == 0) DeleteRange(tree, undone);
            transaction.RollbackTo(savepoint);
            if (_random.Next(2) == 0) transaction.Release(savepoint);
        }

        // Sometimes wide, so that subtrees go, and open at either end.
        private void DeleteRange(WritableTree tree, Oracle model)
        {
            var (from, to) = (_random.Next(5) == 0 ? [] : NextKey(), _random.Next(5) == 0 ? [] : NextKey());
            var gone = model.Rows.Keys.Where(key => key.AsSpan().SequenceCompareTo(from) >= 0 && (to.Length == 0 || key.AsSpan().SequenceCompareTo(to) < 0)).ToList();
            Assert.Equal(gone.Count, tree.DeleteRange(from, to));
            foreach (var key in gone) model.Rows.Remove(key);
        }

        private void Rebuild(WritableTree tree, Oracle model)
        {
            tree.Clear();
            for (var i = _random.Next(300); i > 0; i--) model.Rows.TryAdd(NextKey(), NextValue());
            var builder = tree.Build();
            foreach (var (key, value) in model.Rows) builder.Add(key, value);
            builder.Finish();
        }

        private void Change(WritableTree tree, Oracle model, int mode)
        {
            Operations++;
            var key = NextKey();
            var value = NextValue();
            switch (mode == 0 ? 2 : _random.Next(3))
            {
                case 0:
                    Assert.Equal(model.Rows.TryAdd(key, value), tree.Insert(key, value));
                    break;
                case 1:
                    Assert.Equal(model.Rows.ContainsKey(key), tree.Put(key, value));
                    model.Rows[key] = value;
                    break;
                default:
                    Assert.Equal(model.Rows.Remove(key), tree.Delete(key));
                    break;
            }
        }

        private byte[] NextKey()
        {
            if (_keys.Count > 0 && _random.Next(2) == 0) return _keys[_random.Next(_keys.Count)];
            var key = new byte[_random.Next(keyLength + 1)];
            // Few different bytes, so that keys share long beginnings.
            for (var i = 0; i < key.Length; i++) key[i] = _random.Next(8) == 0 ? (byte)_random.Next(256) : (byte)7;
            _keys.Add(key);
            return key;
        }

        private byte[] NextValue()
        {
            var value = new byte[_random.Next(valueLength + 1)];
            _random.NextBytes(value);
            return value;
        }

        // What is held goes on being read from the vault as it was.
        private void Compact(StorageEngine engine)
        {
            engine.Compact();
            Assert.True(engine.Statistics.FreePages == 0, $"seed {seed}: {engine.Statistics.FreePages} pages are free after compacting");
            CheckHeld();
        }

        private StorageEngine Reopen(StorageEngine engine)
        {
            while (_held.Count > 0) Let(0);
            var killed = _place.Vault.ToArray();
            engine.Dispose();
            // Half the time as if the process had been killed: from what was there before the close.
            return Open(_random.Next(2) == 0 ? killed : _place.Vault.ToArray());
        }

        private StorageEngine Open(byte[] content)
        {
            _place.Vault = new MemoryBlockStorage(content);
            return StorageEngine.Open(_place.Vault, options, _place);
        }

        private void Let(int index)
        {
            _held[index].Snapshot.Release();
            _held.RemoveAt(index);
        }

        private void Check(StorageEngine engine) => engine.Read(snapshot =>
        {
            snapshot.TryGetTree("rows", out var tree);
            Assert.True(_committed.Difference(tree) is null, $"seed {seed}: newest commit: {_committed.Difference(tree)}");
            foreach (var key in _keys.Take(50))
                Assert.Equal(_committed.Rows.TryGetValue(key, out var value) ? value : null, tree?.Get(key));
            return 0;
        });

        private void CheckHeld()
        {
            foreach (var (snapshot, expected) in _held)
            {
                snapshot.TryGetTree("rows", out var tree);
                Assert.True(expected.Difference(tree) is null, $"seed {seed}: commit {snapshot.CommitId}: {expected.Difference(tree)}");
            }
        }
    }

    // Knows which storage is the vault's: a compaction puts another one in its place.
    private sealed class VaultPlace : IVaultPlace
    {
        public MemoryBlockStorage Vault { get; set; } = new();

        public IBlockStorage CreateReplacement() => new MemoryBlockStorage();

        public void Replace(IBlockStorage replacement) => Vault = (MemoryBlockStorage)replacement;

        public void Flush()
        {
        }

        public void Discard(IBlockStorage replacement) => replacement.Dispose();
    }
}
