using System.CommandLine;
using System.Globalization;
using ModelVault.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SqliteLibrary.Use();

Option<string> rows = new("--rows") { Description = "The sizes of the collection, separated by commas.", DefaultValueFactory = static _ => "100000,1000000" };
Option<int> rounds = new("--rounds") { Description = "How often each contender is measured.", DefaultValueFactory = static _ => 7 };
Option<bool> quick = new("--quick") { Description = "A run of a minute on 20,000 rows that shows that everything works; its times say little." };
Option<string?> only = new("--only") { Description = "Measures only what has this in its name." };
Option<string?> output = new("--output") { Description = "Where to write the report." };
Option<bool> readsGate = new("--reads-gate") { Description = "Exits with 1 if a read is slower than SQLite's." };
RootCommand root = new("Compares ModelVault with SQLite, in turns, in one process.") { rows, rounds, quick, only, output, readsGate };
root.SetAction(parsed =>
{
    BenchmarkOptions options = parsed.GetValue(quick)
        ? new([20_000], 3, TimeSpan.FromSeconds(0.3), TimeSpan.FromMilliseconds(20), parsed.GetValue(only))
        : new([.. parsed.GetValue(rows)!.Split(',').Select(static r => int.Parse(r, CultureInfo.InvariantCulture))], parsed.GetValue(rounds), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), parsed.GetValue(only));
    List<(int Size, IReadOnlyList<Row> Rows)> contests = [];
    foreach (int size in options.Rows)
    {
        Console.WriteLine($"{size:N0} rows: ModelVault, SQLite, ratio, allocations");
        using Contest contest = new(options, size);
        contests.Add((size, contest.Run()));
    }

    if (parsed.GetValue(output) is { } path) File.WriteAllText(path, Report.Of(contests, options, $"dotnet run -c Release --project benchmarks/ModelVault.Benchmarks -- {string.Join(' ', args)}"));
    List<Row> slow = [.. contests.SelectMany(static c => c.Rows).Where(static r => r.IsRead && r.IsLost)];
    foreach (Row row in slow) Console.WriteLine($"Slower than SQLite: {row.Name}, {Figures.Ratio(row.Ratio)}");
    return parsed.GetValue(readsGate) && slow.Count > 0 ? 1 : 0;
});

Argument<string> contender = new("contender");
Argument<string> file = new("file");
Argument<long> firstId = new("first-id");
Command victim = new(Victim.Command, "Commits rows until it is killed.") { contender, file, firstId };
victim.Hidden = true;
victim.SetAction(parsed => Victim.Write(parsed.GetValue(contender)!, parsed.GetValue(file)!, parsed.GetValue(firstId)));
root.Subcommands.Add(victim);
return root.Parse(args).Invoke();
