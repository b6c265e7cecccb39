using System.Diagnostics;

namespace ModelVault.Samples.Tests;

public sealed class QuickstartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("modelvault-quickstart-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_quickstart_imports_asks_changes_and_finds_everything_again()
    {
        string first = Run();
        string second = Run();

        Assert.Contains("10,000 books, validated", first, StringComparison.Ordinal);
        Assert.Contains("nothing to import", second, StringComparison.Ordinal);
        foreach (string printed in (string[])[first, second])
        {
            Assert.Contains("A Wizard of Earthsea", printed, StringComparison.Ordinal);
            Assert.Contains("IndexRange author_year_idx", printed, StringComparison.Ordinal);
            Assert.Contains("IndexLookup isbn_unique", printed, StringComparison.Ordinal);
            Assert.Contains("VaultValidationException", printed, StringComparison.Ordinal);
            Assert.Contains("UniqueConstraintException", printed, StringComparison.Ordinal);
            Assert.Contains("10,000 of 10,000 books are there", printed, StringComparison.Ordinal);
        }
    }

    private string Run()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Quickstart.dll"), Path.Combine(_folder.FullName, "books.modelvault")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, printed + errors.Result);
        return printed;
    }
}
