using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelVault.Benchmarks;

/// <summary>The tables of a run.</summary>
/// <param name="Engine">The engine by itself; null when it was not measured.</param>
/// <param name="Models">The model layer, at each size.</param>
/// <param name="Codec">Objects to bytes and back.</param>
/// <param name="Growth">How costs grow, at each size.</param>
internal sealed record Results(
    (int Size, IReadOnlyList<Row> Rows)? Engine, IReadOnlyList<(int Size, IReadOnlyList<Row> Rows)> Models, IReadOnlyList<Row> Codec, IReadOnlyList<(int Size, IReadOnlyList<Row> Rows)> Growth)
{
    /// <summary>All rows that are compared one by one, with where they are from.</summary>
    public IEnumerable<(string Table, Row Row)> Compared() =>
    [
        .. (Engine?.Rows ?? []).Select(row => ($"engine, {Engine!.Value.Size:N0} rows", row)),
        .. Models.SelectMany(static table => table.Rows.Select(row => ($"models, {table.Size:N0} rows", row))),
        .. Codec.Select(static row => ("codec", row)),
    ];
}

/// <summary>Writes the results as Markdown.</summary>
internal static class Report
{
    public static string Of(Results results, BenchmarkOptions options, string command)
    {
        StringBuilder text = new();
        AppendIntroduction(text, options, command);
        if (results.Engine is { } engine) AppendTable(text, $"The engine: {engine.Size:N0} rows of {RawRows.ValueSize} bytes", engine.Rows);
        foreach ((int size, IReadOnlyList<Row> rows) in results.Models) AppendTable(text, $"Models: {size:N0} rows", rows);
        if (results.Codec.Count > 0) AppendTable(text, "The codec: one object", results.Codec);
        if (results.Growth.Count > 0) AppendGrowth(text, results.Growth);
        AppendLosses(text, results);
        return text.ToString();
    }

    private static void AppendIntroduction(StringBuilder text, BenchmarkOptions options, string command) => text.Append(CultureInfo.InvariantCulture, $"""
        # Benchmarks

        This page is written by `benchmarks/ModelVault.Benchmarks`; do not edit it. The exact command:

        ```
        {command}
        ```

        {Machine()} {DateTime.UtcNow.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, {options.Rounds} rounds.

        ## What is compared

        All: {BenchmarkOptions.CacheBytes >> 20} MiB of page cache each, files of their own in one folder on one disk, read warm. Answers are compared before times are.
        SQLite is the system's library, {SqliteLibrary.Version}, in WAL mode with `synchronous=FULL`, every statement prepared once and reused.

        **The engine** (`ModelVault.Storage`) stores bytes under keys, of 8 bytes or texts of 21, each with {RawRows.ValueSize} bytes, and is read through spans. It is compared with
        - SQLite through its C interface (SQLitePCLRaw): a row is an `INTEGER PRIMARY KEY` and a blob, or a text key in a table WITHOUT ROWID. Reads are in a read transaction.
        - {(Lmdb.Version is { } version ? $"LMDB {version} through its C interface: `mdb_get` in a read transaction." : "LMDB: its library was not installed, so its rows are absent.")}
        - `Dictionary<long, byte[]>`, which is what memory costs without a database.

        **Models** are objects of the class `Book`: a 64-bit key, an indexed author with about 20 books, an indexed year, and title, ISBN and rating.
        - SQLite through Microsoft.Data.Sqlite {typeof(Microsoft.Data.Sqlite.SqliteConnection).Assembly.GetName().Version!.ToString(3)}: `INTEGER PRIMARY KEY`, the same two indexes, results mapped to the same class. Reads are in autocommit, as they are written by default.
        - ModelVault: every commit durable (the default), queries written as in the guides, built anew each time.

        **The codec** turns a `Book` into MessagePack and back: the generated code, with a buffer that is used again. It is compared, over {CodecContest.Books:N0} books, with
        - a codec for this one class, written by hand with spans: the same bytes, which is checked first;
        - System.Text.Json's source generation, to UTF-8 in a buffer that is used again, and back.

        How to read the tables:
        - Contenders run in turns within one process, each round beginning with another one, after warm-up. Times are per operation:
          the median of the rounds and, in brackets, the least and the lower quartile. **The ratio is the median of the rounds' ratios,
          ModelVault's time to the other's: below 1 ModelVault is faster; 0.25× is four times the rate.** Times depend on the machine and its load; ratios much less.
        - A gate is what a row has to reach at 1,000,000 rows. What is missed or lost is bold and explained at the end.
        - 16 writers: SQLite both with 16 connections and with one that is shared behind a lock; the better is shown and named.
        - Open after kill: a process that commits is killed with SIGKILL; the time is that of opening the file and getting one row.
        - Allocations are of managed memory, per operation. SQLite's and LMDB's own, native ones are not counted.


        """);

    private static string Machine() => $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.";

    private static void AppendTable(StringBuilder text, string title, IReadOnlyList<Row> rows)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            ## {title}

            | work | ModelVault | compared with | | ratio | gate | met | ModelVault allocates | the other allocates |
            |---|---|---|---|---|---|---|---|---|
            """);
        foreach (Row row in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Ours} | {row.Peer} | {row.Theirs} | {RatioOf(row)} | {row.Gate?.Text} | {MetOf(row)} | {row.OurBytes} | {row.TheirBytes} |");
        text.AppendLine();
    }

    private static string RatioOf(Row row) => row.Ratio is not { } ratio ? "" : row.IsLost || row.IsMissed ? $"**{Figures.Ratio(ratio)}**" : Figures.Ratio(ratio);

    private static string MetOf(Row row) => row.Gate is null ? "" : row.IsMissed ? "**no**" : "yes";

    private static void AppendGrowth(StringBuilder text, IReadOnlyList<(int Size, IReadOnlyList<Row> Rows)> tables)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            ## How costs grow

            The engine and SQLite through its C interface again, keys of 8 bytes and {RawRows.ValueSize} bytes each, medians: ModelVault / SQLite, and the ratio.
            Rows to read, insert, update and delete are drawn at random from all. The files of 10,000,000 rows are larger than the page cache of {BenchmarkOptions.CacheBytes >> 20} MiB; what it lacks comes from the operating system's.

            | work | {string.Join(" | ", tables.Select(static table => $"{table.Size:N0}"))} |
            |---|{string.Concat(Enumerable.Repeat("---|", tables.Count))}
            """);
        for (int i = 0; i < tables[0].Rows.Count; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {tables[0].Rows[i].Name} | {string.Join(" | ", tables.Select(table => Cell(table.Rows[i])))} |");
        text.AppendLine();

        static string Cell(Row row) => $"{MedianOf(row.Ours)} / {MedianOf(row.Theirs)}, {(row.IsLost ? $"**{Figures.Ratio(row.Ratio!.Value)}**" : Figures.Ratio(row.Ratio!.Value))}";
        static string MedianOf(string figure) => figure.Split(" (")[0];
    }

    private static void AppendLosses(StringBuilder text, Results results)
    {
        text.AppendLine("## Where we lose").AppendLine();
        (string Table, Row Row)[] lost = [.. results.Compared().Where(static compared => compared.Row.IsLost || compared.Row.IsMissed)];
        foreach ((string table, Row row) in lost)
        {
            string comparison = row.Ratio is { } ratio ? $" against {row.Theirs} of {row.Peer}, {Figures.Ratio(ratio)}" : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"- {row.Name} ({table}): {row.Ours}{comparison}{(row.Gate is { } gate ? $"; the gate is {gate.Text}{(gate.IsMet ? ", met" : "")}" : "")}.{Explanation(row)}");
        }

        // Of how costs grow, each line of work once, with the sizes at which it is lost.
        (Row First, string Sizes)[] grown = [.. results.Growth
            .SelectMany(static table => table.Rows.Where(static row => row.IsLost).Select(row => (table.Size, Row: row)))
            .GroupBy(static lostRow => lostRow.Row.Name)
            .Select(static rows => (rows.First().Row, string.Join(", ", rows.Select(static r => $"{Figures.Ratio(r.Row.Ratio!.Value)} at {r.Size:N0} rows"))))];
        foreach ((Row first, string sizes) in grown) text.AppendLine(CultureInfo.InvariantCulture, $"- {first.Name} (how costs grow): {sizes}.{Explanation(first)}");
        if (lost.Length + grown.Length == 0) text.AppendLine("In no row of this run.");
    }

    private static string Explanation(Row row) => Explanations.Of(row) is { } explanation ? $" {explanation}" : "";
}
