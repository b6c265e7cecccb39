using System.Buffers.Binary;
using SQLitePCL;

namespace ModelVault.Benchmarks;

/// <summary>SQLite through its C interface: prepared statements, WAL, synchronous=FULL, read transactions; a row is what costs it least (an integer key that is the rowid, or WITHOUT ROWID).</summary>
internal sealed class SqliteStore : IRawStore
{
    private const int BusyMilliseconds = 60_000;

    private readonly RawRows _rows;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _begin, _commit, _put, _delete, _get, _scan;

    public SqliteStore(string path, RawRows rows)
    {
        _rows = rows;
        Check(raw.sqlite3_open_v2(path, out _database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null));
        Check(raw.sqlite3_busy_timeout(_database, BusyMilliseconds));
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute($"PRAGMA cache_size = -{BenchmarkOptions.CacheBytes / 1024}");
        Execute(rows.Kind == RawKey.Number
            ? "CREATE TABLE IF NOT EXISTS Rows (K INTEGER PRIMARY KEY, V BLOB NOT NULL)"
            : "CREATE TABLE IF NOT EXISTS Rows (K TEXT PRIMARY KEY, V BLOB NOT NULL) WITHOUT ROWID");
        _begin = Prepare("BEGIN");
        _commit = Prepare("COMMIT");
        _put = Prepare("INSERT OR REPLACE INTO Rows (K, V) VALUES (?1, ?2)");
        _delete = Prepare("DELETE FROM Rows WHERE K = ?1");
        _get = Prepare("SELECT V FROM Rows WHERE K = ?1");
        _scan = Prepare("SELECT K, V FROM Rows ORDER BY K");
    }

    public void Insert(ReadOnlySpan<long> numbers) => Put(numbers, 0);

    public void Update(ReadOnlySpan<long> numbers) => Put(numbers, 1);

    public void Delete(ReadOnlySpan<long> numbers)
    {
        Span<byte> key = stackalloc byte[_rows.KeySize];
        if (numbers.Length > 1) Run(_begin);
        foreach (long number in numbers)
        {
            _rows.WriteKey(number, key);
            Bind(_delete, key);
            Run(_delete);
        }

        if (numbers.Length > 1) Run(_commit);
    }

    public IRawReader OpenReader()
    {
        Run(_begin);
        return new Reader(this);
    }

    public void Dispose()
    {
        foreach (sqlite3_stmt statement in (sqlite3_stmt[])[_begin, _commit, _put, _delete, _get, _scan]) statement.Dispose();
        _database.Dispose();
    }

    private void Put(ReadOnlySpan<long> numbers, long added)
    {
        Span<byte> key = stackalloc byte[_rows.KeySize];
        Span<byte> value = stackalloc byte[RawRows.ValueSize];
        // A single statement is a transaction of its own.
        if (numbers.Length > 1) Run(_begin);
        foreach (long number in numbers)
        {
            _rows.WriteKey(number, key);
            RawRows.WriteValue(number + added, value);
            Bind(_put, key);
            Check(raw.sqlite3_bind_blob(_put, 2, value));
            Run(_put);
        }

        if (numbers.Length > 1) Run(_commit);
    }

    private void Bind(sqlite3_stmt statement, ReadOnlySpan<byte> key) => Check(_rows.Kind == RawKey.Number
        ? raw.sqlite3_bind_int64(statement, 1, BinaryPrimitives.ReadInt64BigEndian(key))
        : raw.sqlite3_bind_text(statement, 1, key));

    private void Run(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement));
        Check(raw.sqlite3_reset(statement));
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out sqlite3_stmt statement));
        return statement;
    }

    private void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new InvalidOperationException($"SQLite reports {result}: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
    }

    private sealed class Reader(SqliteStore store) : IRawReader
    {
        public long Get(ReadOnlySpan<byte> key)
        {
            store.Bind(store._get, key);
            long digest = raw.sqlite3_step(store._get) == raw.SQLITE_ROW ? RawRows.Digest(raw.sqlite3_column_blob(store._get, 0)) : -1;
            store.Check(raw.sqlite3_reset(store._get));
            return digest;
        }

        public (long Rows, long Sum) Scan()
        {
            long rows = 0, sum = 0;
            bool isNumber = store._rows.Kind == RawKey.Number;
            while (raw.sqlite3_step(store._scan) == raw.SQLITE_ROW)
            {
                rows++;
                sum += isNumber ? (byte)raw.sqlite3_column_int64(store._scan, 0) : raw.sqlite3_column_blob(store._scan, 0)[^1];
                sum += RawRows.Digest(raw.sqlite3_column_blob(store._scan, 1));
            }

            store.Check(raw.sqlite3_reset(store._scan));
            return (rows, sum);
        }

        public void Dispose() => store.Run(store._commit);
    }
}
