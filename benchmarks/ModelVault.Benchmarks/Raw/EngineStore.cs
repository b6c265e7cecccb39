using ModelVault.Storage;

namespace ModelVault.Benchmarks;

/// <summary>ModelVault's engine: one tree, spans.</summary>
internal sealed class EngineStore : IRawStore
{
    private const string Name = "rows";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly RawRows _rows;
    private readonly StorageEngine _engine;

    public EngineStore(string path, RawRows rows)
    {
        _rows = rows;
        _engine = StorageEngine.Open(path, new StorageOptions { CacheSize = BenchmarkOptions.CacheBytes });
    }

    public void Insert(ReadOnlySpan<long> numbers) => Put(numbers, 0);

    public void Update(ReadOnlySpan<long> numbers) => Put(numbers, 1);

    public void Delete(ReadOnlySpan<long> numbers)
    {
        using WriteTransaction transaction = _engine.BeginWrite(Timeout);
        WritableTree tree = transaction.GetOrCreateTree(Name);
        Span<byte> key = stackalloc byte[_rows.KeySize];
        foreach (long number in numbers)
        {
            _rows.WriteKey(number, key);
            tree.Delete(key);
        }

        transaction.Commit();
    }

    /// <summary>Adds rows in ascending order to the empty store.</summary>
    public void Build(ReadOnlySpan<long> numbers)
    {
        using WriteTransaction transaction = _engine.BeginWrite(Timeout);
        TreeBuilder builder = transaction.GetOrCreateTree(Name).Build();
        Span<byte> key = stackalloc byte[_rows.KeySize];
        Span<byte> value = stackalloc byte[RawRows.ValueSize];
        foreach (long number in numbers)
        {
            _rows.WriteKey(number, key);
            RawRows.WriteValue(number, value);
            builder.Add(key, value);
        }

        builder.Finish();
        transaction.Commit();
    }

    /// <summary>Adds a row as one of several writers, whose commits may be made together.</summary>
    public void InsertShared(long number) => _engine.Write((_rows, number), static (transaction, state) =>
    {
        Span<byte> key = stackalloc byte[state._rows.KeySize];
        Span<byte> value = stackalloc byte[RawRows.ValueSize];
        state._rows.WriteKey(state.number, key);
        RawRows.WriteValue(state.number, value);
        return transaction.GetOrCreateTree(Name).Put(key, value);
    }, Timeout);

    public IRawReader OpenReader() => new Reader(_engine.AcquireSnapshot());

    /// <summary>Gets a key's value from the newest commit.</summary>
    public long GetNewest(ReadOnlySpan<byte> key)
    {
        Snapshot snapshot = _engine.AcquireSnapshot();
        try
        {
            snapshot.TryGetTree(Name, out Tree? tree);
            return Get(tree!, key);
        }
        finally
        {
            snapshot.Release();
        }
    }

    public void Dispose() => _engine.Dispose();

    private static long Get(Tree tree, ReadOnlySpan<byte> key)
    {
        using ReadScope scope = ReadScope.Enter();
        return tree.TryGet(key, out ReadOnlySpan<byte> value) ? RawRows.Digest(value) : -1;
    }

    private void Put(ReadOnlySpan<long> numbers, long added)
    {
        using WriteTransaction transaction = _engine.BeginWrite(Timeout);
        WritableTree tree = transaction.GetOrCreateTree(Name);
        Span<byte> key = stackalloc byte[_rows.KeySize];
        Span<byte> value = stackalloc byte[RawRows.ValueSize];
        foreach (long number in numbers)
        {
            _rows.WriteKey(number, key);
            RawRows.WriteValue(number + added, value);
            tree.Put(key, value);
        }

        transaction.Commit();
    }

    private sealed class Reader : IRawReader
    {
        private readonly Snapshot _snapshot;
        private readonly Tree _tree;

        public Reader(Snapshot snapshot)
        {
            _snapshot = snapshot;
            if (!snapshot.TryGetTree(Name, out Tree? tree)) throw new InvalidOperationException("The store is empty.");
            _tree = tree;
        }

        public long Get(ReadOnlySpan<byte> key) => EngineStore.Get(_tree, key);

        public (long Rows, long Sum) Scan()
        {
            using TreeCursor cursor = _tree.OpenCursor();
            long rows = 0, sum = 0;
            for (bool more = cursor.SeekFirst(); more; more = cursor.MoveNext())
            {
                rows++;
                sum += cursor.Key[^1] + RawRows.Digest(cursor.Value);
            }

            return (rows, sum);
        }

        public void Dispose() => _snapshot.Release();
    }
}
