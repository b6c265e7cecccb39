using System.Diagnostics;
using System.Globalization;
using ModelVault;
using Spectre.Console;

namespace Quickstart;

/// <summary>What the quickstart prints.</summary>
internal static class Report
{
    public static void Title(string title, string path)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        AnsiConsole.Write(new Rule($"[bold]{title}[/]").LeftJustified());
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{path}[/]");
    }

    public static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[yellow]{text}[/]").LeftJustified());
    }

    public static void Line(string markup) => AnsiConsole.MarkupLine(markup);

    /// <summary>Runs work with a progress bar.</summary>
    public static T WithProgress<T>(string what, int total, Func<Action, T> work) => AnsiConsole.Progress().Start(context =>
    {
        ProgressTask task = context.AddTask(what, maxValue: total);
        return work(() => task.Increment(1));
    });

    /// <summary>Runs a query; prints its question, its answer and how it was found.</summary>
    public static void Answer(string question, VaultQuery<Book, BookFields> query)
    {
        List<Book> books = query.ToList();
        double milliseconds = Enumerable.Range(0, 20).Min(_ => Time(query));

        Table table = new Table().Border(TableBorder.Rounded).Title($"[bold]{question.EscapeMarkup()}[/]");
        table.AddColumn("Title").AddColumn("Author").AddColumn(new TableColumn("Year").RightAligned()).AddColumn(new TableColumn("Rating").RightAligned());
        foreach (Book book in books.Take(6)) table.AddRow(book.Title.EscapeMarkup(), book.Author.EscapeMarkup(), $"{book.Year}", $"{book.Rating:N2}");
        if (books.Count > 6) table.AddRow($"[grey]… {books.Count - 6} more[/]", "", "", "");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{query.Explain().ToString()}[/]");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[grey]{books.Count} books in {milliseconds:N3} ms[/]");
        AnsiConsole.WriteLine();
    }

    private static double Time(VaultQuery<Book, BookFields> query)
    {
        Stopwatch watch = Stopwatch.StartNew();
        query.ToList();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Tries something that is refused, and prints what is said.</summary>
    public static void Refusal(Action attempt)
    {
        try
        {
            attempt();
            AnsiConsole.MarkupLine("[red]This should have been refused.[/]");
            Environment.ExitCode = 1;
        }
        catch (VaultException e)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{e.GetType().Name}[/]: {e.Message}");
        }
    }
}
