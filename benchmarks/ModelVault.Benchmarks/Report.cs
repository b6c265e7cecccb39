using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelVault.Benchmarks;

/// <summary>Writes the results as Markdown.</summary>
internal static class Report
{
    public static string Of(IReadOnlyList<(int Size, IReadOnlyList<Row> Rows)> contests, BenchmarkOptions options, string command)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Benchmarks

            This page is written by `benchmarks/ModelVault.Benchmarks`; do not edit it. The exact command:

            ```
            {command}
            ```

            {Machine()} {DateTime.UtcNow.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, {options.Rounds} rounds.

            ## What is compared

            ModelVault and SQLite {SqliteLibrary.Version} through Microsoft.Data.Sqlite {typeof(Microsoft.Data.Sqlite.SqliteConnection).Assembly.GetName().Version!.ToString(3)} store the same class,
            `Book`: a 64-bit key, an indexed author with about 20 books, an indexed year, and title, ISBN and rating.

            - SQLite: the system's library, WAL, `synchronous=FULL`, `INTEGER PRIMARY KEY`, the same two indexes, every statement prepared
              once and reused, results mapped to the same class. Reads are in autocommit, as they are written by default.
            - ModelVault: every commit durable (the default), queries written as in the guides, built anew each time.
            - Both: {BenchmarkOptions.CacheBytes >> 20} MiB of page cache, files of their own in one folder on one disk, read warm. Answers are compared before times are.
            - Contenders run in turns within one process, each round beginning with the other one, after warm-up. Times are per operation:
              the median of the rounds and, in brackets, the least and the lower quartile. **The ratio is the median of the rounds' ratios,
              ModelVault's time to SQLite's: below 1 ModelVault is faster.** Times depend on the machine and its load; ratios much less.
            - 16 writers: SQLite both with 16 connections and with one that is shared behind a lock; the better is shown and named.
            - Open after kill: a process that commits is killed with SIGKILL; the time is that of opening the file and getting one row.
            - Allocations are of managed memory, per operation. SQLite's own, native ones are not counted.


            """);
        foreach ((int size, IReadOnlyList<Row> rows) in contests) AppendTable(text, size, rows);
        AppendLosses(text, contests);
        return text.ToString();
    }

    private static string Machine() => $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.";

    private static void AppendTable(StringBuilder text, int size, IReadOnlyList<Row> rows)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            ## {size:N0} rows

            | work | ModelVault | SQLite | ratio | ModelVault allocates | SQLite's client allocates |
            |---|---|---|---|---|---|
            """);
        foreach (Row row in rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Ours} | {row.Theirs} | {(row.IsLost ? $"**{Figures.Ratio(row.Ratio)}**" : Figures.Ratio(row.Ratio))} | {row.OurBytes} | {row.TheirBytes} |");
        text.AppendLine();
    }

    private static void AppendLosses(StringBuilder text, IReadOnlyList<(int Size, IReadOnlyList<Row> Rows)> contests)
    {
        text.AppendLine("## Where we lose").AppendLine();
        bool any = false;
        foreach ((int size, IReadOnlyList<Row> rows) in contests)
        {
            foreach (Row row in rows.Where(static r => r.IsLost))
            {
                any = true;
                text.AppendLine(CultureInfo.InvariantCulture, $"- {row.Name}, at {size:N0} rows: {row.Ours} against {row.Theirs}, {Figures.Ratio(row.Ratio)}");
            }
        }

        if (!any) text.AppendLine("In no row of this run.");
    }
}
