using Microsoft.Data.Sqlite;

namespace ModelVault.Benchmarks;

/// <summary>SQLite through Microsoft.Data.Sqlite: WAL, synchronous=FULL, the same indexes, every statement prepared once and mapped to the same class.</summary>
internal sealed class SqliteContender : IContender
{
    private const string Columns = "Id, Title, Author, Year, Isbn, Rating";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _get, _byAuthor, _firstFrom, _ratedAtLeast, _countBetween, _byYear, _countByYear, _best, _firstPage, _page, _skippedPage, _insert, _rate, _delete;

    public SqliteContender(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 60 }.ToString());
        _connection.Open();
        Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{BenchmarkOptions.CacheBytes / 1024}");
        Execute("CREATE TABLE IF NOT EXISTS Book (Id INTEGER PRIMARY KEY, Title TEXT NOT NULL, Author TEXT NOT NULL, Year INTEGER NOT NULL, Isbn TEXT, Rating REAL NOT NULL)");
        Execute("CREATE INDEX IF NOT EXISTS BookAuthor ON Book (Author); CREATE INDEX IF NOT EXISTS BookYear ON Book (Year)");
        _get = Prepare($"SELECT {Columns} FROM Book WHERE Id = $id", "$id");
        _byAuthor = Prepare($"SELECT {Columns} FROM Book WHERE Author = $author", "$author");
        _firstFrom = Prepare($"SELECT {Columns} FROM Book WHERE Year >= $year ORDER BY Year, Id LIMIT 20", "$year");
        _ratedAtLeast = Prepare($"SELECT {Columns} FROM Book WHERE Rating >= $rating", "$rating");
        _countBetween = Prepare("SELECT COUNT(*) FROM Book WHERE Year >= $from AND Year < $before", "$from", "$before");
        _byYear = Prepare("SELECT Year, COUNT(*), AVG(Rating) FROM Book GROUP BY Year ORDER BY Year");
        _countByYear = Prepare("SELECT Year, COUNT(*) FROM Book GROUP BY Year ORDER BY Year");
        _best = Prepare($"SELECT {Columns} FROM Book ORDER BY Rating DESC, Id LIMIT 20");
        _firstPage = Prepare($"SELECT {Columns} FROM Book ORDER BY Year, Id LIMIT $size", "$size");
        _page = Prepare($"SELECT {Columns} FROM Book WHERE (Year, Id) > ($year, $id) ORDER BY Year, Id LIMIT $size", "$size", "$year", "$id");
        _skippedPage = Prepare($"SELECT {Columns} FROM Book ORDER BY Year, Id LIMIT $size OFFSET $skip", "$size", "$skip");
        _insert = Prepare($"INSERT INTO Book ({Columns}) VALUES ($id, $title, $author, $year, $isbn, $rating)", "$id", "$title", "$author", "$year", "$isbn", "$rating");
        _rate = Prepare("UPDATE Book SET Rating = $rating WHERE Id = $id", "$id", "$rating");
        _delete = Prepare("DELETE FROM Book WHERE Id = $id", "$id");
    }

    public void InsertMany(IEnumerable<Book> books) => InTransaction(() =>
    {
        foreach (Book book in books) Insert(book);
    });

    public Book? Get(long id)
    {
        _get.Parameters[0].Value = id;
        using SqliteDataReader reader = _get.ExecuteReader();
        return reader.Read() ? Map(reader) : null;
    }

    public List<Book> ByAuthor(string author) => List(_byAuthor, author);

    public List<Book> FirstFrom(int year) => List(_firstFrom, year);

    public List<Book> RatedAtLeast(double rating) => List(_ratedAtLeast, rating);

    public int CountBetween(int from, int before)
    {
        _countBetween.Parameters[0].Value = from;
        _countBetween.Parameters[1].Value = before;
        return (int)(long)_countBetween.ExecuteScalar()!;
    }

    public List<(int Year, int Count, double Rating)> ByYear()
    {
        using SqliteDataReader reader = _byYear.ExecuteReader();
        List<(int, int, double)> years = [];
        while (reader.Read()) years.Add((reader.GetInt32(0), reader.GetInt32(1), reader.GetDouble(2)));
        return years;
    }

    public List<(int Year, int Count)> CountByYear()
    {
        using SqliteDataReader reader = _countByYear.ExecuteReader();
        List<(int, int)> years = [];
        while (reader.Read()) years.Add((reader.GetInt32(0), reader.GetInt32(1)));
        return years;
    }

    public List<Book> Best() => List(_best);

    public (IReadOnlyList<Book> Books, object? Next) Page(int size, object? after)
    {
        List<Book> books = after is Book last ? List(_page, size, last.Year, last.Id) : List(_firstPage, size);
        return (books, books.Count < size ? null : books[^1]);
    }

    /// <summary>The page behind so many books, found by passing over them.</summary>
    public List<Book> SkippedPage(int size, int skip) => List(_skippedPage, size, skip);

    public void Insert(Book book)
    {
        SqliteParameterCollection parameters = _insert.Parameters;
        parameters[0].Value = book.Id;
        parameters[1].Value = book.Title;
        parameters[2].Value = book.Author;
        parameters[3].Value = book.Year;
        parameters[4].Value = book.Isbn ?? (object)DBNull.Value;
        parameters[5].Value = book.Rating;
        _insert.ExecuteNonQuery();
    }

    public void Rate(IEnumerable<long> ids, double rating) => InTransaction(() =>
    {
        foreach (long id in ids)
        {
            _rate.Parameters[0].Value = id;
            _rate.Parameters[1].Value = rating;
            _rate.ExecuteNonQuery();
        }
    });

    public void Delete(IEnumerable<long> ids) => InTransaction(() =>
    {
        foreach (long id in ids)
        {
            _delete.Parameters[0].Value = id;
            _delete.ExecuteNonQuery();
        }
    });

    public void Dispose() => _connection.Dispose();

    // A command has to carry the transaction that is open on its connection.
    private void InTransaction(Action work)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        SqliteCommand[] writes = [_insert, _rate, _delete];
        foreach (SqliteCommand command in writes) command.Transaction = transaction;
        work();
        transaction.Commit();
        foreach (SqliteCommand command in writes) command.Transaction = null;
    }

    private static List<Book> List(SqliteCommand command, params ReadOnlySpan<object> parameters)
    {
        for (int i = 0; i < parameters.Length; i++) command.Parameters[i].Value = parameters[i];
        using SqliteDataReader reader = command.ExecuteReader();
        List<Book> books = [];
        while (reader.Read()) books.Add(Map(reader));
        return books;
    }

    private static Book Map(SqliteDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Title = reader.GetString(1),
        Author = reader.GetString(2),
        Year = reader.GetInt32(3),
        Isbn = reader.IsDBNull(4) ? null : reader.GetString(4),
        Rating = reader.GetDouble(5),
    };

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = 0 });
        command.Prepare();
        return command;
    }
}
