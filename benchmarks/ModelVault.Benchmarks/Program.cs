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
Option<bool> growth = new("--growth") { Description = "Also measures how costs grow from 10,000 to 10,000,000 rows; takes minutes and 5 GB of disk." };
Option<string> tables = new("--tables") { Description = "What to compare, separated by commas: engine, models, codec.", DefaultValueFactory = static _ => "engine,models,codec" };
RootCommand root = new("Compares ModelVault with others, in turns, in one process.") { rows, rounds, quick, only, output, readsGate, growth, tables };
root.SetAction(parsed =>
{
    bool isQuick = parsed.GetValue(quick);
    BenchmarkOptions options = isQuick
        ? new([20_000], 3, TimeSpan.FromSeconds(0.3), TimeSpan.FromMilliseconds(20), parsed.GetValue(only))
        : new([.. parsed.GetValue(rows)!.Split(',').Select(static r => int.Parse(r, CultureInfo.InvariantCulture))], parsed.GetValue(rounds), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100), parsed.GetValue(only));
    string[] wanted = parsed.GetValue(tables)!.Split(',');
    int[] growthSizes = !parsed.GetValue(growth) ? [] : isQuick ? [2_000, 20_000] : [10_000, 100_000, 1_000_000, 10_000_000];
    Results results = new(
        wanted.Contains("engine") ? (options.Rows.Max(), MeasureEngine(options)) : null,
        wanted.Contains("models") ? [.. options.Rows.Select(size => (size, MeasureModels(options, size)))] : [],
        wanted.Contains("codec") ? MeasureCodec(options) : [],
        [.. growthSizes.Select(size => (size, MeasureGrowth(options, size)))]);
    if (parsed.GetValue(output) is { } path) File.WriteAllText(path, Report.Of(results, options, $"dotnet run -c Release --project benchmarks/ModelVault.Benchmarks -- {string.Join(' ', args)}"));
    List<Row> slow = [.. results.Compared().Select(static compared => compared.Row).Where(static r => r.IsRead && r.IsLost)];
    foreach (Row row in slow) Console.WriteLine($"Slower than SQLite: {row.Name}, {Figures.Ratio(row.Ratio!.Value)}");
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

static IReadOnlyList<Row> MeasureEngine(BenchmarkOptions options)
{
    Console.WriteLine($"The engine, {options.Rows.Max():N0} rows: ModelVault, the other, ratio, allocations, gate");
    using RawContest contest = new(options, options.Rows.Max());
    return contest.Run();
}

static IReadOnlyList<Row> MeasureModels(BenchmarkOptions options, int size)
{
    Console.WriteLine($"Models, {size:N0} rows: ModelVault, SQLite, ratio, allocations, gate");
    using Contest contest = new(options, size);
    return contest.Run();
}

static IReadOnlyList<Row> MeasureCodec(BenchmarkOptions options)
{
    Console.WriteLine("The codec, one object: ModelVault, the other, ratio, allocations, gate");
    using CodecContest contest = new(options);
    return contest.Run();
}

static IReadOnlyList<Row> MeasureGrowth(BenchmarkOptions options, int size)
{
    Console.WriteLine($"Growth, {size:N0} rows: ModelVault, SQLite, ratio, allocations");
    return new Growth(options).Measure(size);
}
