using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>The accessor's two forms, and the C# versions.</summary>
public class AccessorTests
{
    private const string Model = "namespace Shop { [VaultCollection] public partial class Book { public long Id { get; set; } } }\n";

    [Fact]
    public void In_CSharp_14_the_accessor_is_a_property() =>
        GeneratorHarness.Run(GeneratorHarness.CSharp14, Model, "namespace Shop { public class Use { public BookCollection Of(VaultTransaction tx) => tx.Books; } }");

    [Fact]
    public void In_CSharp_13_the_accessor_is_a_method() =>
        GeneratorHarness.Run(GeneratorHarness.CSharp13, Model, "namespace Shop { public class Use { public BookCollection Of(VaultTransaction tx) => tx.Books(); } }");

    [Theory]
    [InlineData("method")]
    [InlineData(" Method ")]
    public void A_property_of_the_project_asks_for_the_method(string value)
    {
        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(
            GeneratorHarness.CSharp14, new Dictionary<string, string> { ["ModelVaultAccessor"] = value }, Model, "namespace Shop { public class Use { public BookCollection Of(VaultDatabase db) => db.Books(); } }");
        Assert.Empty(run.Diagnostics);
    }

    [Fact]
    public void A_collection_can_be_extended_by_its_user() => GeneratorHarness.Run(
        Model, "namespace Shop { public sealed partial class BookCollection { public VaultQuery<Book, BookFields> Recent() => Where(b => b.Id > 5); } }");

    [Fact]
    public void The_registry_lists_the_models_by_stored_name() =>
        Assert.Equal("books,zebras", GeneratorHarness.Run(
            Model, "[VaultCollection] public partial class Zebra { public int Id { get; set; } }",
            "public static class Test { public static string Run() => string.Join(\",\", VaultModels.All.Select(m => m.Schema.Name)); }").Execute());

    [Fact]
    public void Without_a_collection_there_is_no_registry() =>
        Assert.Empty(GeneratorHarness.Run("public class Plain;").Files);
}
