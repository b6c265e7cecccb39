using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>
/// Compares generated files with those that were verified, in the names and the workflow of Verify:
/// <c>Snapshots/{Class}.{Method}#{Hint}.verified.cs</c>. What differs is written beside it as <c>.received.cs</c>. To accept,
/// run the tests with <c>VAULT_ACCEPT_SNAPSHOTS=1</c>; they fail that time all the same, and never accept where <c>CI</c> is set.
/// </summary>
internal static partial class Snapshot
{
    private static readonly UTF8Encoding Bom = new(encoderShouldEmitUTF8Identifier: true);

    private static bool Accepts => Environment.GetEnvironmentVariable("VAULT_ACCEPT_SNAPSHOTS") == "1";

    /// <summary>Compares every generated file.</summary>
    public static void Verify(GeneratorRun run, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        if (Accepts && Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail("Snapshots are not accepted where CI is set.");
        string folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Snapshots");
        string prefix = $"{Path.GetFileNameWithoutExtension(testFile)}.{method}#";
        Directory.CreateDirectory(folder);

        List<string> failures = [];
        HashSet<string> expected = [];
        foreach ((string hint, string text) in run.Files.OrderBy(static f => f.Key, StringComparer.Ordinal))
        {
            string name = $"{prefix}{hint[..^".cs".Length]}";
            expected.Add($"{name}.verified.cs");
            if (Compare(folder, name, $"//HintName: {hint}\n{Scrub(text)}".TrimEnd('\n')) is { } failure) failures.Add(failure);
        }

        foreach (string orphan in Directory.EnumerateFiles(folder, $"{prefix}*.verified.cs").Select(f => Path.GetFileName(f)!).Where(f => !expected.Contains(f)))
        {
            if (Accepts) File.Delete(Path.Combine(folder, orphan));
            failures.Add($"{orphan} verifies a file that is not generated any more.");
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static string? Compare(string folder, string name, string actual)
    {
        string verified = Path.Combine(folder, $"{name}.verified.cs"), received = Path.Combine(folder, $"{name}.received.cs");
        string? before = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (before == actual)
        {
            File.Delete(received);
            return null;
        }

        File.WriteAllText(Accepts ? verified : received, actual, Bom);
        return before is null ? $"{name} is new{(Accepts ? " and was accepted" : "")}." : FirstDifference(name, before, actual);
    }

    private static string FirstDifference(string name, string verified, string received)
    {
        string[] left = verified.Split('\n'), right = received.Split('\n');
        int line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(i => left.ElementAtOrDefault(i) != right.ElementAtOrDefault(i));
        return $"{name} differs in line {line + 1}:\n  verified: {left.ElementAtOrDefault(line) ?? "(end)"}\n  received: {right.ElementAtOrDefault(line) ?? "(end)"}";
    }

    private static string Scrub(string text) => GeneratedCodeVersion().Replace(text, "GeneratedCode(\"ModelVault.Generators\", \"(version)\")");

    [GeneratedRegex("GeneratedCode\\(\"ModelVault.Generators\", \"[^\"]*\"\\)")]
    private static partial Regex GeneratedCodeVersion();
}
