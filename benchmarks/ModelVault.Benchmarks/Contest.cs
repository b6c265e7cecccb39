namespace ModelVault.Benchmarks;

/// <summary>Everything that is measured at one size: loads both contenders, checks that they agree, and runs the workloads in an order in which none spoils a later one.</summary>
internal sealed class Contest : IDisposable
{
    private const int BatchOfWrites = 1000;
    private const double HighRating = 4.97;
    private const string DeepPage = "page of 50, behind nine tenths of all rows";
    private const int PageSize = 50;
    private const int PageStep = 1000;

    private readonly BenchmarkOptions _options;
    private readonly BookData _data;
    private readonly DataFolder _folder;
    private readonly Measurements _measurements;
    private long _nextId;

    public Contest(BenchmarkOptions options, int rows)
    {
        _options = options;
        _data = new BookData(rows);
        _folder = new DataFolder();
        _measurements = new Measurements(options);
        _nextId = rows + 1;
    }

    public IReadOnlyList<Row> Run()
    {
        Book[] books = _data.Ascending();
        BulkInsert("bulk insert with two indexes, keys ascending", books, "ascending");
        Random.Shared.Shuffle(books);
        BulkInsert("bulk insert with two indexes, keys shuffled", books, "shuffled");

        using (VaultContender vault = new(_folder.Vault("ascending")))
        using (SqliteContender sqlite = new(_folder.Sqlite("ascending")))
        {
            Agreement.Check(vault, sqlite, _data);
            Reads(vault, sqlite);
            DurableCommits(vault, sqlite);
            Writes(vault, sqlite);
        }

        OpenAfterKill();
        return _measurements.Rows;
    }

    public void Dispose() => _folder.Dispose();

    private void BulkInsert(string name, Book[] books, string file)
    {
        // The files of the last round stay: they are what the other workloads run on.
        Workload workload = new(
            name,
            BulkLane("ModelVault", books, () => _folder.CleanVault(file), static path => new VaultContender(path)),
            BulkLane("SQLite", books, () => _folder.CleanSqlite(file), static path => new SqliteContender(path)) with { MostRatio = 0.4 })
        {
            Operations = books.Length,
            IsLong = true,
        };
        if (_options.Wants(name)) _measurements.Measure(workload);
        else Interleaver.RunOnce(workload);
        if (_options.Wants("file size")) _measurements.Add(Row.OfSizes($"file size after {name}", DataFolder.Size(_folder.Vault(file)), DataFolder.Size(_folder.Sqlite(file))));
    }

    private static Lane BulkLane(string name, Book[] books, Func<string> cleanPath, Func<string, IContender> open)
    {
        IContender? contender = null;
        return new Lane(name, _ => contender!.InsertMany(books))
        {
            Prepare = () => contender = open(cleanPath()),
            Finish = () => contender!.Dispose(),
        };
    }

    private void Reads(VaultContender vault, SqliteContender sqlite)
    {
        Read("get by key", vault, sqlite, (contender, random) => contender.Get(random.Next(1, _data.Rows + 1)), mostRatio: 0.2);
        Read("indexed equality, about 20 rows", vault, sqlite, (contender, random) => contender.ByAuthor(BookData.Author(random.Next(_data.Authors))), mostRatio: 1 / 5.0);
        Read("indexed range, ordered, limit 20", vault, sqlite, static (contender, random) => contender.FirstFrom(random.Next(BookData.FirstYear, BookData.LastYear)), mostRatio: 1 / 6.0);
        Read("filtered scan, 1 row in 100 passes", vault, sqlite, static (contender, _) => contender.RatedAtLeast(HighRating), mostRatio: 1 / 3.0);
        Read("count of ten years by index", vault, sqlite, static (contender, random) => Between(contender, random.Next(BookData.FirstYear, BookData.LastYear - 10)), mostRatio: 1 / 5.0);
        Read("count and mean of each year", vault, sqlite, static (contender, _) => contender.ByYear(), mostRatio: 1 / 2.0);
        Read("count of each year by index", vault, sqlite, static (contender, _) => contender.CountByYear());
        Read("20 best rated, no index", vault, sqlite, static (contender, _) => contender.Best(), mostRatio: 1 / 3.0);
        Pages(vault, sqlite);

        static void Between(IContender contender, int from) => contender.CountBetween(from, from + 10);
    }

    // A page costs what a page costs, wherever it is.
    private void Pages(VaultContender vault, SqliteContender sqlite)
    {
        if (!_options.Wants(DeepPage)) return;
        int skipped = _data.Rows * 9 / 10;
        object? ours = Behind(vault, skipped), theirs = Behind(sqlite, skipped);
        _measurements.Measure(new Workload(
            DeepPage,
            new Lane("ModelVault", Repeat(() => vault.Page(PageSize, ours))),
            new Lane("SQLite, behind the last row", Repeat(() => sqlite.Page(PageSize, theirs))),
            new Lane("SQLite, OFFSET", Repeat(() => sqlite.SkippedPage(PageSize, skipped)))) { IsRead = true });
        _measurements.Measure(new Workload(
            DeepPage,
            new Lane("ModelVault", Repeat(() => vault.Page(PageSize, ours))),
            new Lane("the first page", Repeat(() => vault.Page(PageSize, null))) { MostRatio = 1.5 }));

        static object? Behind(IContender contender, int rows)
        {
            object? place = null;
            for (int passed = 0; passed < rows; passed += PageStep) place = contender.Page(Math.Min(PageStep, rows - passed), place).Next;
            return place;
        }

        static Action<int> Repeat(Action page) => operations =>
        {
            for (int i = 0; i < operations; i++) page();
        };
    }

    private void Read(string name, IContender vault, IContender sqlite, Action<IContender, Random> read, double? mostRatio = null)
    {
        _measurements.Measure(new Workload(name, Reader("ModelVault", vault), Reader("SQLite", sqlite) with { MostRatio = mostRatio }) { IsRead = true });

        // Both lanes draw the same keys.
        Lane Reader(string contender, IContender store)
        {
            Random random = new(7);
            return new Lane(contender, operations =>
            {
                for (int i = 0; i < operations; i++) read(store, random);
            });
        }
    }

    private void DurableCommits(VaultContender vault, SqliteContender sqlite)
    {
        _measurements.Measure(new Workload("durable commit of 1 row, 1 writer", Committer("ModelVault", vault), Committer("SQLite", sqlite) with { MostRatio = 1.25 }));

        const int writers = 16;
        using Crowd<VaultContender, Book> threads = Crowd<VaultContender, Book>.Sharing(writers, vault, static (v, book) => v.Insert(book), isLocked: false);
        using Crowd<SqliteContender, Book> shared = Crowd<SqliteContender, Book>.Sharing(writers, sqlite, static (s, book) => s.Insert(book), isLocked: true);
        using Crowd<SqliteContender, Book> own = Crowd<SqliteContender, Book>.Each(writers, () => new SqliteContender(_folder.Sqlite("ascending")), static (s, book) => s.Insert(book));
        _measurements.Measure(new Workload(
            $"durable commit of 1 row, {writers} writers",
            new Lane("ModelVault", operations => threads.InsertAll(NewBooks(operations))),
            new Lane("SQLite, one connection, locked", operations => shared.InsertAll(NewBooks(operations))) { MostRatio = 0.5 },
            new Lane($"SQLite, {writers} connections", operations => own.InsertAll(NewBooks(operations))) { MostRatio = 0.5 })
        {
            Operations = 3200,
            TakesFastest = true,
            IsParallel = true,
        });

        Lane Committer(string name, IContender contender) => new(name, operations =>
        {
            foreach (Book book in NewBooks(operations)) contender.Insert(book);
        });
    }

    private void Writes(VaultContender vault, SqliteContender sqlite)
    {
        Batch($"update of one field, {BatchOfWrites} a commit", static (contender, ids) => contender.Rate(ids, 3.25), static (_, _) => { });
        Batch($"delete, {BatchOfWrites} a commit", static (contender, ids) => contender.Delete(ids), static (contender, books) => contender.InsertMany(books));

        void Batch(string name, Action<IContender, long[]> write, Action<IContender, Book[]> restore) =>
            _measurements.Measure(new Workload(name, Writer("ModelVault", vault, write, restore), Writer("SQLite", sqlite, write, restore)) { Operations = BatchOfWrites });

        // Keys are drawn before the clock runs, and what was deleted is put back after it stopped.
        Lane Writer(string name, IContender contender, Action<IContender, long[]> write, Action<IContender, Book[]> restore)
        {
            Random random = new(11);
            Book[] books = [];
            return new Lane(name, _ => write(contender, [.. books.Select(static b => b.Id)]))
            {
                Prepare = () => books = [.. Enumerable.Range(0, BatchOfWrites).Select(_ => random.Next(1, _data.Rows + 1)).Distinct().Select(id => contender.Get(id)!)],
                Finish = () => restore(contender, books),
            };
        }
    }

    private void OpenAfterKill()
    {
        _measurements.Measure(new Workload("open after kill -9, first get",
            OpenLane(Victim.Vault, _folder.Vault("ascending"), static path => new VaultContender(path)),
            OpenLane(Victim.Sqlite, _folder.Sqlite("ascending"), static path => new SqliteContender(path)))
        {
            Operations = 1,
            MostTime = TimeSpan.FromMilliseconds(5),
        });
    }

    private Lane OpenLane(string victim, string path, Func<string, IContender> open)
    {
        IContender? contender = null;
        return new Lane(victim, _ =>
        {
            contender = open(path);
            contender.Get(_data.Rows);
        })
        {
            Prepare = () => Victim.WriteAndDie(victim, path, Interlocked.Add(ref _nextId, Victim.MostRows)),
            Finish = () => contender!.Dispose(),
        };
    }

    private IEnumerable<Book> NewBooks(int count)
    {
        Random random = new(count);
        long first = Interlocked.Add(ref _nextId, count) - count;
        for (int i = 0; i < count; i++) yield return _data.Make(first + i, random);
    }
}
