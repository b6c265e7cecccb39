namespace ModelVault.Benchmarks;

/// <summary>Everything that is measured of the engine by itself: bytes and spans against the C interfaces of others.</summary>
internal sealed class RawContest : IDisposable
{
    private const string Ours = "ModelVault";
    private const string Sqlite = "SQLite";
    private const string Ascending = "raw-ascending";
    private const string Shuffled = "raw-shuffled";
    private const string Texts = "raw-texts";
    private const int Writers = 16;

    private readonly BenchmarkOptions _options;
    private readonly RawRows _numbers;
    private readonly DataFolder _folder = new();
    private readonly Measurements _measurements;

    public RawContest(BenchmarkOptions options, int rows)
    {
        _options = options;
        _numbers = new RawRows(rows, RawKey.Number);
        _measurements = new Measurements(options);
    }

    public IReadOnlyList<Row> Run()
    {
        long[] ascending = _numbers.Ascending();
        if (_options.Wants("bulk insert, keys ascending, sorted builder"))
            BulkInsert("bulk insert, keys ascending, sorted builder", "raw-built", ascending, static (store, numbers) => store.Build(numbers), 1 / 3.5);
        BulkInsert("bulk insert, keys ascending", Ascending, ascending, static (store, numbers) => store.Insert(numbers), 1 / 3.5);
        if (_options.Wants("bulk insert, keys shuffled") || _options.Wants("file size"))
        {
            BulkInsert("bulk insert, keys shuffled", Shuffled, _numbers.Shuffled(), static (store, numbers) => store.Insert(numbers), 1 / 3.0);
            if (_options.Wants("file size"))
                _measurements.Add(Row.OfSizes("file size after bulk insert, keys shuffled", DataFolder.Size(_folder.Vault(Shuffled)), DataFolder.Size(_folder.Sqlite(Shuffled)), 1.3));
        }

        if (_options.Wants("get by string key")) TextReads();
        using EngineStore engine = new(_folder.Vault(Ascending), _numbers);
        using SqliteStore sqlite = new(_folder.Sqlite(Ascending), _numbers);
        NumberReads(engine, sqlite);
        Commits(engine, sqlite);
        return _measurements.Rows;
    }

    public void Dispose() => _folder.Dispose();

    private void BulkInsert(string name, string file, long[] numbers, Action<EngineStore, long[]> insert, double mostRatio)
    {
        EngineStore? engine = null;
        SqliteStore? sqlite = null;
        Workload workload = new(
            name,
            new Lane(Ours, _ => insert(engine!, numbers)) { Prepare = () => engine = new EngineStore(_folder.CleanVault(file), _numbers), Finish = () => engine!.Dispose() },
            new Lane(Sqlite, _ => sqlite!.Insert(numbers))
            {
                Prepare = () => sqlite = new SqliteStore(_folder.CleanSqlite(file), _numbers),
                Finish = () => sqlite!.Dispose(),
                MostRatio = mostRatio,
            })
        {
            Operations = numbers.Length,
            IsLong = true,
        };
        if (_options.Wants(name)) _measurements.Measure(workload);
        else Interleaver.RunOnce(workload);
    }

    private void NumberReads(EngineStore engine, SqliteStore sqlite)
    {
        using LmdbStore? lmdb = Lmdb.Version is null || !_options.Wants("get by 8-byte key") ? null : new(_folder.Lmdb("numbers"), _numbers);
        using DictionaryStore dictionary = new();
        lmdb?.Insert(_numbers.Ascending());
        if (_options.Wants("get by 8-byte key")) dictionary.Insert(_numbers.Ascending());
        using IRawReader ours = engine.OpenReader();
        using IRawReader theirs = sqlite.OpenReader();
        using IRawReader? lmdbs = lmdb?.OpenReader();
        CheckAgreement(_numbers, ours, theirs, lmdbs);
        List<Lane> peers = [Getter(Sqlite, theirs, _numbers) with { MostRatio = 0.4 }];
        if (lmdbs is not null) peers.Add(Getter("LMDB", lmdbs, _numbers) with { MostRatio = 0.75 });
        peers.Add(Getter("Dictionary", dictionary, _numbers) with { MostRatio = 5.5 });
        _measurements.MeasureAllocation(new Workload("get by 8-byte key", Getter(Ours, ours, _numbers), [.. peers]), "allocation per get");

        _measurements.MeasureAllocation(new Workload("full scan, per row", Scanner(Ours, ours), Scanner(Sqlite, theirs) with { MostRatio = 1 / 6.0 }) { Operations = _numbers.Count }, "allocation per scanned row");

        static Lane Scanner(string name, IRawReader reader) => new(name, _ => reader.Scan());
    }

    private void TextReads()
    {
        RawRows texts = new(_numbers.Count, RawKey.Text);
        using EngineStore engine = new(_folder.Vault(Texts), texts);
        using SqliteStore sqlite = new(_folder.Sqlite(Texts), texts);
        using LmdbStore? lmdb = Lmdb.Version is null ? null : new(_folder.Lmdb("texts"), texts);
        foreach (IRawStore? store in (IRawStore?[])[engine, sqlite, lmdb]) store?.Insert(texts.Ascending());
        using IRawReader ours = engine.OpenReader();
        using IRawReader theirs = sqlite.OpenReader();
        using IRawReader? lmdbs = lmdb?.OpenReader();
        CheckAgreement(texts, ours, theirs, lmdbs);
        List<Lane> peers = [Getter(Sqlite, theirs, texts) with { MostRatio = 0.35 }];
        if (lmdbs is not null) peers.Add(Getter("LMDB", lmdbs, texts) with { MostRatio = 0.8 });
        _measurements.Measure(new Workload("get by string key", Getter(Ours, ours, texts), [.. peers]));
    }

    private static Lane Getter(string name, IRawReader reader, RawRows rows)
    {
        KeyBatch keys = new(rows, seed: name.Length);
        return new Lane(name, operations =>
        {
            for (int i = 0; i < operations; i++)
                if (reader.Get(keys.Key(i)) < 0) throw new InvalidOperationException($"{name} lacks a row.");
        })
        {
            Prepare = keys.Draw,
        };
    }

    // Before times are compared, answers are.
    private static void CheckAgreement(RawRows rows, IRawReader ours, params IRawReader?[] others)
    {
        byte[] key = new byte[rows.KeySize];
        Random random = new(3);
        foreach (IRawReader other in others.OfType<IRawReader>())
        {
            for (int i = 0; i < 1000; i++)
            {
                rows.WriteKey(random.Next(2 * rows.Count), key);
                if (ours.Get(key) != other.Get(key)) throw new InvalidOperationException("The stores do not agree on a get. Nothing is compared.");
            }

            if (ours.Scan() != other.Scan()) throw new InvalidOperationException("The stores do not agree on the scan. Nothing is compared.");
        }
    }

    private void Commits(EngineStore engine, SqliteStore sqlite)
    {
        Commit("durable commit of 1 row", rows: 1, mostRatio: 1.25);
        Commit("durable commit of 100 rows, per row", rows: 100, mostRatio: 1 / 1.5);
        ManyWriters(engine, sqlite);
        if (_options.Wants(ReaderLatency.Name))
        {
            foreach (Row row in ReaderLatency.Measure(engine, _numbers, _options)) _measurements.Add(row);
        }


        void Commit(string name, int rows, double mostRatio) =>
            _measurements.Measure(new Workload(name, Committer(Ours, engine, rows), Committer(Sqlite, sqlite, rows) with { MostRatio = mostRatio }) { Operations = Math.Max(2000, 100 * rows) });

        // Rows that are not there yet, in places that are as likely as all others.
        Lane Committer(string name, IRawStore store, int rows)
        {
            Random random = new(rows);
            long[] numbers = new long[rows];
            return new Lane(name, operations =>
            {
                for (int i = 0; i < operations; i += rows)
                {
                    NewNumbers(random, numbers);
                    store.Insert(numbers);
                }
            });
        }
    }

    private void ManyWriters(EngineStore engine, SqliteStore sqlite)
    {
        string name = $"durable commit of 1 row, {Writers} writers";
        if (!_options.Wants(name)) return;
        using Crowd<EngineStore, long> threads = Crowd<EngineStore, long>.Sharing(Writers, engine, static (store, number) => store.InsertShared(number), isLocked: false);
        using Crowd<SqliteStore, long> shared = Crowd<SqliteStore, long>.Sharing(Writers, sqlite, static (store, number) => store.Insert([number]), isLocked: true);
        using Crowd<SqliteStore, long> own = Crowd<SqliteStore, long>.Each(Writers, () => new SqliteStore(_folder.Sqlite(Ascending), _numbers), static (store, number) => store.Insert([number]));
        Random random = new(17);
        _measurements.Measure(new Workload(
            name,
            new Lane(Ours, operations => threads.InsertAll(NewNumbers(random, new long[operations]))),
            new Lane($"{Sqlite}, one connection, locked", operations => shared.InsertAll(NewNumbers(random, new long[operations]))) { MostRatio = 0.5 },
            new Lane($"{Sqlite}, {Writers} connections", operations => own.InsertAll(NewNumbers(random, new long[operations]))) { MostRatio = 0.5 })
        {
            Operations = 6400,
            IsParallel = true,
            TakesFastest = true,
        });
    }

    private long[] NewNumbers(Random random, long[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (2L * random.Next(_numbers.Count)) + 1;
        return numbers;
    }
}
