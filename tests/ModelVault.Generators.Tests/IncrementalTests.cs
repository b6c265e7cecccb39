using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>What each kind of edit makes the pipeline do again.</summary>
public class IncrementalTests
{
    private const string Book = """
        // comment
        [VaultCollection]
        public partial class Book
        {
            public int Id { get; set; }
            public Status Status { get; set; }
            public int Twice() => Id * 2;
        }
        """;

    private const string Status = "public enum Status { Draft, Open }";
    private const string Shelf = "[VaultCollection] public partial class Shelf { [Index] public int Id { get; set; } }"; // a warning: MV0013

    /// <summary>An edit and the reasons of the steps after it, those of several values in the order of the values.</summary>
    private sealed record Expectation(string Models, string Diagnostics, string Registry, string Sources);

    [Fact]
    public void An_edit_in_another_file_emits_nothing() => Expect(
        new("Cached Cached", "Cached", "Cached", "Cached"), files => files["Other.cs"] = "public class Other { public int Added; }");

    [Fact]
    public void A_comment_above_the_class_emits_nothing() => Expect(
        new("Unchanged Cached", "Cached", "Cached", "Cached"), files => files["Book.cs"] = "// another comment\n" + Book);

    [Fact]
    public void A_comment_above_a_class_with_a_diagnostic_reports_it_at_its_new_place() => Expect(
        new("Cached Unchanged", "Modified", "Cached", "Cached Modified"), files => files["Shelf.cs"] = "// comment\n" + Shelf);

    [Fact]
    public void A_method_body_emits_nothing() => Expect(
        new("Unchanged Cached", "Cached", "Cached", "Cached"), files => files["Book.cs"] = Book.Replace("Id * 2", "Id + Id", StringComparison.Ordinal));

    [Fact]
    public void A_new_property_emits_its_type_alone() => Expect(
        new("Modified Cached", "Cached", "Cached", "Cached Modified"), files => files["Book.cs"] = Book.Replace("public int Twice", "public int Year { get; set; } public int Twice", StringComparison.Ordinal));

    [Fact]
    public void A_renamed_member_of_an_enum_in_another_file_emits_the_type_that_holds_it() => Expect(
        new("Modified Cached", "Cached", "Cached", "Cached Modified"), files => files["Status.cs"] = "public enum Status { Draft, Closed }");

    [Fact]
    public void A_second_collection_emits_itself_and_the_registry() => Expect(
        new("Unchanged New Cached", "Cached", "Modified", "Cached Modified New"), files => files["Book.cs"] = Book + "\n[VaultCollection] public partial class Second { public int Id { get; set; } }");

    [Fact]
    public void A_type_without_the_attribute_is_removed() => Expect(
        new("Cached Removed", "Removed", "Modified", "Cached Modified Removed"), files => files["Shelf.cs"] = Shelf.Replace("[VaultCollection]", "", StringComparison.Ordinal));

    [Fact]
    public void An_error_removes_the_type() => Expect(
        new("Removed Cached", "New Cached", "Modified", "Cached Modified New Removed"), files => files["Book.cs"] = Book.Replace("public int Twice", "public Delegate? Uri { get; set; } public int Twice", StringComparison.Ordinal));

    [Theory]
    [InlineData("Circle.cs", "[VaultObject] public partial record Circle(double Diameter) : Shape;", "Modified")]
    [InlineData("Circle.cs", "[VaultObject(\"round\")] public partial record Circle(double Radius) : Shape;", "Modified")]
    [InlineData("Circle.cs", "[VaultObject] public partial record Circle(double Radius) : Shape { public double Area => Radius * Radius * 3.14; }", "Cached")]
    [InlineData("Other.cs", "[VaultObject] public partial record Square(double Side) : Shape;", "Modified")]
    [InlineData("Other.cs", "public class Other { public int Added; }", "Cached")]
    public void An_edited_case_of_a_union_in_another_file_emits_the_type_that_holds_the_union(string file, string edited, string reason)
    {
        Dictionary<string, string> files = new()
        {
            ["Drawing.cs"] = "[VaultCollection] public partial class Drawing { public int Id { get; set; } public Shape? Shape { get; set; } }",
            ["Shape.cs"] = "[VaultUnion] public abstract record Shape;",
            ["Circle.cs"] = "[VaultObject] public partial record Circle(double Radius) : Shape;",
            ["Other.cs"] = "public class Other;",
        };
        CSharpCompilation before = Compile(files);
        GeneratorDriver driver = GeneratorHarness.Driver(GeneratorHarness.CSharp13).RunGenerators(before);
        SyntaxTree tree = before.SyntaxTrees.First(t => t.FilePath == file);
        GeneratorRunResult result = driver.RunGenerators(before.ReplaceSyntaxTree(tree, Parse(file, edited))).GetRunResult().Results[0];

        Assert.Equal(reason, Reasons(result, TrackingNames.CollectionModels));
        Assert.Equal(reason == "Modified", result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs).Any(static o => o.Reason == IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void An_option_emits_everything_again()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(GeneratorHarness.CSharp14, Book, Status);
        GeneratorDriver driver = GeneratorHarness.Driver(GeneratorHarness.CSharp14).RunGenerators(compilation);
        driver = driver.WithUpdatedAnalyzerConfigOptions(new BuildProperties(new Dictionary<string, string> { ["ModelVaultAccessor"] = "method" }));
        GeneratorRunResult result = driver.RunGenerators(compilation).GetRunResult().Results[0];
        Assert.Equal("Modified", Reasons(result, TrackingNames.Options));
        Assert.Contains("this global::ModelVault.VaultContext", result.GeneratedSources.First(static s => s.HintName == "Book.g.cs").SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_edited_compilations_none_is_kept_alive()
    {
        (GeneratorDriver driver, List<WeakReference> compilations) = EditManyTimes();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        GC.KeepAlive(driver);
        Assert.InRange(compilations.Count(static c => c.IsAlive), 0, 1);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static (GeneratorDriver, List<WeakReference>) EditManyTimes()
    {
        List<WeakReference> compilations = [];
        GeneratorDriver driver = GeneratorHarness.Driver(GeneratorHarness.CSharp13);
        Dictionary<string, string> files = Files();
        for (int i = 0; i < 8; i++)
        {
            files["Other.cs"] = $"public class Other{i}; [VaultUnion] public abstract record Shape; [VaultObject] public partial record Circle(int R) : Shape; [VaultCollection] public partial class Drawing {{ public int Id {{ get; set; }} public Shape? Shape {{ get; set; }} }}";
            CSharpCompilation compilation = Compile(files);
            compilations.Add(new WeakReference(compilation));
            driver = driver.RunGenerators(compilation);
        }

        return (driver, compilations);
    }

    private static void Expect(Expectation expected, Action<Dictionary<string, string>> edit)
    {
        Dictionary<string, string> files = Files();
        CSharpCompilation before = Compile(files);
        GeneratorDriver driver = GeneratorHarness.Driver(GeneratorHarness.CSharp13).RunGenerators(before);
        edit(files);
        CSharpCompilation after = before;
        foreach (SyntaxTree tree in before.SyntaxTrees.Where(t => files.TryGetValue(t.FilePath, out string? text) && text != t.ToString()))
            after = after.ReplaceSyntaxTree(tree, Parse(tree.FilePath, files[tree.FilePath]));
        GeneratorRunResult result = driver.RunGenerators(after).GetRunResult().Results[0];
        Assert.Equal(expected, new Expectation(
            Reasons(result, TrackingNames.CollectionModels), Reasons(result, TrackingNames.Diagnostics), Reasons(result, TrackingNames.Registry),
            string.Join(" ", result.TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs).Select(static o => o.Reason.ToString()).Distinct().Order(StringComparer.Ordinal))));
    }

    private static string Reasons(GeneratorRunResult result, string step) =>
        string.Join(" ", result.TrackedSteps[step].SelectMany(static s => s.Outputs).Select(static o => o.Reason));

    private static Dictionary<string, string> Files() => new() { ["Book.cs"] = Book, ["Status.cs"] = Status, ["Shelf.cs"] = Shelf, ["Other.cs"] = "public class Other;" };

    private static CSharpCompilation Compile(Dictionary<string, string> files) =>
        GeneratorHarness.Compile(GeneratorHarness.CSharp13).AddSyntaxTrees(files.Select(static f => Parse(f.Key, f.Value)));

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, GeneratorHarness.ParseOptions(GeneratorHarness.CSharp13), path);
}
