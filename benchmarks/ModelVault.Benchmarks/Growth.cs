namespace ModelVault.Benchmarks;

/// <summary>How the costs of the engine grow with the number of rows.</summary>
internal sealed class Growth(BenchmarkOptions options)
{
    private const string Ours = "ModelVault";
    private const string Sqlite = "SQLite";
    private const string File = "growth";
    private const int BatchOfWrites = 1000;

    private readonly Interleaver _interleaver = new(options);
    private long _killed;

    /// <summary>The rows of the table at one size.</summary>
    public IReadOnlyList<Row> Measure(int count)
    {
        using DataFolder folder = new();
        RawRows rows = new(count, RawKey.Number);
        string vault = folder.Vault(File), sqlite = folder.Sqlite(File);
        using (EngineStore engine = new(vault, rows)) engine.Insert(rows.Ascending());
        using (SqliteStore store = new(sqlite, rows)) store.Insert(rows.Ascending());
        List<Row> table = [Row.OfSizes("file size, rows inserted in order", DataFolder.Size(vault), DataFolder.Size(sqlite))];
        using (EngineStore engine = new(vault, rows))
        using (SqliteStore store = new(sqlite, rows))
        {
            table.AddRange(Reads(rows, engine, store));
            table.AddRange(Writes(rows, engine, store));
        }

        table.AddRange(OpenAfterKill(rows, vault, sqlite));
        foreach (Row row in table) Console.WriteLine(row);
        return table;
    }

    private IEnumerable<Row> Reads(RawRows rows, EngineStore engine, SqliteStore sqlite)
    {
        using IRawReader ours = engine.OpenReader();
        using IRawReader theirs = sqlite.OpenReader();
        return
        [
            .. _interleaver.Measure(new Workload("get", Getter(Ours, ours), Getter(Sqlite, theirs))),
            .. _interleaver.Measure(new Workload("full scan, per row", Scanner(Ours, ours), Scanner(Sqlite, theirs)) { Operations = rows.Count, IsLong = rows.Count >= 10_000_000 }),
        ];

        Lane Getter(string name, IRawReader reader)
        {
            KeyBatch keys = new(rows, seed: 29);
            return new Lane(name, operations =>
            {
                for (int i = 0; i < operations; i++) reader.Get(keys.Key(i));
            })
            {
                Prepare = keys.Draw,
            };
        }

        static Lane Scanner(string name, IRawReader reader) => new(name, _ => reader.Scan());
    }

    private IEnumerable<Row> Writes(RawRows rows, EngineStore engine, SqliteStore sqlite)
    {
        return
        [
            .. Measured("durable commit of 1 row", 1, static i => (2 * i) + 1, static (store, numbers) => store.Insert(numbers), static (store, numbers) => store.Delete(numbers)),
            .. Measured($"insert, {BatchOfWrites} a commit, per row", BatchOfWrites, static i => (2 * i) + 1, static (store, numbers) => store.Insert(numbers), static (store, numbers) => store.Delete(numbers)),
            .. Measured($"update, {BatchOfWrites} a commit, per row", BatchOfWrites, static i => 2 * i, static (store, numbers) => store.Update(numbers), static (_, _) => { }),
            .. Measured($"delete, {BatchOfWrites} a commit, per row", BatchOfWrites, static i => 2 * i, static (store, numbers) => store.Delete(numbers), static (store, numbers) => store.Insert(numbers)),
        ];

        IReadOnlyList<Row> Measured(string name, int batch, Func<long, long> number, Action<IRawStore, long[]> write, Action<IRawStore, long[]> restore) =>
            _interleaver.Measure(new Workload(name, Writer(Ours, engine, batch, number, write, restore), Writer(Sqlite, sqlite, batch, number, write, restore)) { Operations = Math.Max(batch, 200) });

        // What was written is taken back after the clock has stopped, so that the number of rows stays.
        Lane Writer(string name, IRawStore store, int batch, Func<long, long> number, Action<IRawStore, long[]> write, Action<IRawStore, long[]> restore)
        {
            Random random = new(31);
            List<long[]> written = [];
            return new Lane(name, _ =>
            {
                foreach (long[] numbers in written) write(store, numbers);
            })
            {
                Prepare = () => written = [.. Enumerable.Range(0, Math.Max(batch, 200) / batch).Select(_ => Draw(random, batch, number))],
                Finish = () => restore(store, [.. written.SelectMany(static numbers => numbers)]),
            };
        }

        long[] Draw(Random random, int batch, Func<long, long> number) => [.. Enumerable.Range(0, batch).Select(_ => number(random.Next(rows.Count)))];
    }

    private IReadOnlyList<Row> OpenAfterKill(RawRows rows, string vault, string sqlite)
    {
        return _interleaver.Measure(new Workload("open after kill -9, first get",
            Opener(Victim.Engine, vault, path => new EngineStore(path, rows)),
            Opener(Victim.RawSqlite, sqlite, path => new SqliteStore(path, rows)))
        {
            Operations = 1,
            IsLong = true,
        });

        Lane Opener(string victim, string path, Func<string, IRawStore> open)
        {
            IRawStore? store = null;
            byte[] key = new byte[rows.KeySize];
            rows.WriteKey(2L * (rows.Count / 2), key);
            return new Lane(victim, _ =>
            {
                store = open(path);
                using IRawReader reader = store.OpenReader();
                if (reader.Get(key) < 0) throw new InvalidOperationException($"A row is gone after {victim} was killed.");
            })
            {
                // Rows far above the others, other ones each time.
                Prepare = () => Victim.WriteAndDie(victim, path, (4L * rows.Count) + 1 + (_killed += 2 * Victim.MostRows)),
                Finish = () => store!.Dispose(),
            };
        }
    }
}
