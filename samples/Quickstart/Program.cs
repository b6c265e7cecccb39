using System.Diagnostics;
using ModelVault;
using Quickstart;
using Spectre.Console;

// The first thing a developer does with ModelVault: import real data, ask questions, change it, and find it all again.
string path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "books.modelvault");
Report.Title("ModelVault quickstart", path);

using (VaultDatabase db = VaultDatabase.Open(path))
{
    if (db.Books.Any()) Report.Line($"Found {db.Books.Count():N0} books from an earlier run; nothing to import.");
    else Import(db);

    Ask(db);
    Change(db);
    Refuse(db);
}

Reopen(path);

static void Import(VaultDatabase db)
{
    Report.Heading("Import 10,000 books, all or none");
    Stopwatch watch = Stopwatch.StartNew();
    long count = Report.WithProgress("importing", total: 10_000, advance => db.Books.InsertMany(BookFile.Read().Select(book =>
    {
        advance();
        return book;
    })));
    Report.Line("[grey]goodbooks-10k by Zygmunt Zając, CC BY-SA 4.0[/]");
    Report.Line($"{count:N0} books, validated, with three indexes, durable after [bold]{watch.ElapsedMilliseconds:N0} ms[/].");
}

static void Ask(VaultDatabase db)
{
    Report.Heading("Ask");
    Report.Answer("What has Ursula K. Le Guin written, oldest first?",
        db.Books.Where(b => b.Author == "Ursula K. Le Guin").OrderBy(b => b.Year));

    Report.Answer("The best-rated books of the nineteen-fifties",
        db.Books.Where(b => b.Year >= 1950 && b.Year < 1960 && b.Ratings > 50_000).OrderByDescending(b => b.Rating).Take(5));

    Report.Answer("Which book has the ISBN 0439023483?",
        db.Books.Where(b => b.Isbn == "0439023483"));

    Report.Answer("Where did Mary GrandPré have a hand in?",
        db.Books.AllowScan("a list member has no index").Where(b => b.Contributors.Contains("Mary GrandPré")).Take(5));

    Report.Answer("The oldest books of all",
        db.Books.Where(b => b.Year < 0).OrderBy(b => b.Year).Take(5));
}

static void Change(VaultDatabase db)
{
    Report.Heading("Change, in transactions");
    using (VaultTransaction tx = db.BeginTransaction())
    {
        tx.Books.Insert(new Book { Id = 1_000_001, Title = "Notes on this quickstart", Author = "You", Year = 2026, Rating = 4 });
        tx.Books.Update(1_000_001, b => b.Rating = 5);
        Report.Line($"Inside the transaction there are {tx.Books.Count():N0} books, outside still {db.Books.Count():N0}.");
        tx.Commit();
    }

    Report.Line($"Committed: \"{db.Books.Get(1_000_001)!.Title}\" has a rating of {db.Books.Get(1_000_001)!.Rating}.");
    using (VaultTransaction tx = db.BeginTransaction())
    {
        tx.Books.DeleteMany(db.Books.All().Select(b => b.Id).ToList());
        Report.Line($"In a second one all were deleted ({tx.Books.Count()} left), and it was not committed: there are {db.Books.Count():N0}.");
    }

    db.Books.Delete(1_000_001);
    Report.Line($"The notes are deleted again: {db.Books.Count():N0}.");
}

static void Refuse(VaultDatabase db)
{
    Report.Heading("What it refuses");
    Book hungerGames = db.Books.Get(1)!;
    Report.Refusal(() => db.Books.Insert(new Book { Id = 2_000_000, Title = new string('x', 501), Author = "Nobody", Year = 4000, Rating = 6 }));
    Report.Refusal(() => db.Books.Insert(new Book { Id = 2_000_001, Title = "A copy", Author = "Nobody", Isbn = hungerGames.Isbn }));
    Report.Refusal(() => db.Books.Insert(hungerGames));
}

static void Reopen(string path)
{
    Report.Heading("Close and open again");
    Stopwatch watch = Stopwatch.StartNew();
    using VaultDatabase db = VaultDatabase.Open(path);
    double milliseconds = watch.Elapsed.TotalMilliseconds;
    int same = BookFile.Read().Count(book => db.Books.Get(book.Id) is { } stored && stored.Title == book.Title && stored.Isbn == book.Isbn && stored.Contributors.SequenceEqual(book.Contributors));
    Report.Line($"Open in [bold]{milliseconds:N1} ms[/]; {same:N0} of 10,000 books are there, equal to the source.");
    Report.Line($"The file has {new FileInfo(path).Length / 1024.0 / 1024.0:N1} MiB, the CSV {new FileInfo(BookFile.Path).Length / 1024.0 / 1024.0:N1} MiB.");
}
