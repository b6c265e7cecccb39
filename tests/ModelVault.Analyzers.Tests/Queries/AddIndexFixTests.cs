using Microsoft.CodeAnalysis.CodeFixes;
using ModelVault.Analyzers.Tests.Harness;
using ModelVault.CodeFixes.Queries;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>MV0101's fix that declares the index.</summary>
public sealed class AddIndexFixTests
{
    [Fact]
    public async Task The_index_goes_to_the_property_in_its_own_document()
    {
        using FixWorkspace workspace = new(("Test.cs", Shop.Body("_ = db.Books.Where(b => b.Price > 3).ToList();")), ("Shop.cs", Shop.Models));
        await workspace.ApplyAsync(new AddIndexFix());
        Assert.Equal(Shop.Models.Replace("    public decimal Price", "    [Index]\n    public decimal Price"), await workspace.TextAsync("Shop.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddIndexFix()));
    }

    [Fact]
    public async Task A_member_of_an_object_is_indexed_from_the_model()
    {
        using FixWorkspace workspace = new(("Test.cs", Shop.Body("_ = db.Books.Where(b => b.Publisher.Name == who).ToList();")), ("Shop.cs", Shop.Models));
        await workspace.ApplyAsync(new AddIndexFix());
        Assert.Equal(Shop.Models.Replace("[VaultCollection]\n", "[Index(\"Publisher.Name\")]\n[VaultCollection]\n"), await workspace.TextAsync("Shop.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddIndexFix()));
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task Several_queries_by_one_field_give_it_one_index(FixAllScope scope)
    {
        string body = Shop.Body("_ = db.Books.Where(b => b.Price > 3).ToList(); _ = db.Books.Any(b => b.Price == 3); _ = db.Books.Count(b => b.Active);");
        using FixWorkspace workspace = new(("Test.cs", body), ("Shop.cs", Shop.Models));
        await workspace.FixAllAsync(new AddIndexFix(), scope, AddIndexFix.EquivalenceKey);
        string expected = Shop.Models.Replace("    public decimal Price", "    [Index]\n    public decimal Price").Replace("    public bool Active", "    [Index]\n    public bool Active");
        Assert.Equal(expected, await workspace.TextAsync("Shop.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddIndexFix()));
    }

    [Fact]
    public async Task A_form_that_no_index_serves_gets_no_offer()
    {
        using FixWorkspace workspace = new(("Test.cs", Shop.Body("_ = db.Books.Where(b => b.Subtitle.EndsWith(\"x\")).ToList();")), ("Shop.cs", Shop.Models));
        Assert.Empty(await workspace.OffersAsync(new AddIndexFix()));
    }

    [Theory]
    [InlineData("public int A { get; set; }", "[ModelVault.Index]\n    public int A { get; set; }")]
    [InlineData("[Obsolete] public int A { get; set; }", "[Index] [Obsolete] public int A { get; set; }")]
    [InlineData("[Obsolete]\n    public int A { get; set; }", "[Index]\n    [Obsolete]\n    public int A { get; set; }")]
    public async Task Attributes_are_laid_out_as_their_neighbours_are(string before, string after)
    {
        bool isQualified = after.Contains("ModelVault.Index");
        string head = isQualified
            ? "using ModelVault; using Other; namespace Other { class IndexAttribute : System.Attribute; } namespace Shop {\n"
            : "using System; using ModelVault; namespace Shop {\n";
        string Model(string member) => head + "[VaultCollection] public partial class Item\n{\n    public long Id { get; set; }\n    " + member + "\n} }";
        using FixWorkspace workspace = new(("Item.cs", Model(before)), ("Test.cs", Shop.Body("_ = db.Items.Where(i => i.A == 1).ToList();").Replace("using ModelVault;", "#pragma warning disable CS0612\nusing ModelVault;")));
        await workspace.ApplyAsync(new AddIndexFix());
        Assert.Equal(Model(after), await workspace.TextAsync("Item.cs"));
    }

    [Fact]
    public async Task A_positional_parameter_gets_it_inline()
    {
        const string Author = "using ModelVault; namespace Shop; [VaultCollection] public partial record Author(long Id, string Name, int Born);";
        using FixWorkspace workspace = new(("Test.cs", Shop.Body("_ = db.Authors.Where(a => a.Born == 1).ToList();")), ("Author.cs", Author));
        await workspace.ApplyAsync(new AddIndexFix());
        Assert.Equal(Author.Replace("int Born", "[Index] int Born"), await workspace.TextAsync("Author.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddIndexFix()));
    }

    [Fact]
    public async Task An_inherited_property_gets_it_in_the_base_class_with_the_using_it_needs()
    {
        const string Base = "using System;\nusing System.Linq;\nusing Zoo;\nnamespace Zoo { class Cage; }\nnamespace Shop\n{\n    public abstract class Entity\n    {\n        public long Id { get; set; }\n        public DateTime CreatedAt { get; set; }\n    }\n}\n";
        using FixWorkspace workspace = new(
            ("Entity.cs", Base),
            ("Item.cs", "namespace Shop; [ModelVault.VaultCollection] public partial class Item : Entity { public int A { get; set; } }"),
            ("Test.cs", Shop.Body("_ = db.Items.Where(i => i.CreatedAt > DateTime.UtcNow).ToList();")));
        await workspace.ApplyAsync(new AddIndexFix());
        Assert.Equal(
            Base.Replace("using Zoo;", "using ModelVault;\nusing Zoo;").Replace("        public DateTime", "        [Index]\n        public DateTime"),
            await workspace.TextAsync("Entity.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddIndexFix()));
    }

    [Fact]
    public async Task A_model_in_another_project_is_indexed_there()
    {
        using FixWorkspace workspace = new(("Shop.cs", Shop.Models));
        workspace.AddProject("App", [("Test.cs", Shop.Body("_ = db.Books.Where(b => b.Price > 3).ToList(); _ = db.Books.Any(b => b.Price == 3);"))], "Test");
        await workspace.FixAllAsync(new AddIndexFix(), FixAllScope.Solution, AddIndexFix.EquivalenceKey, workspace.Solution.Projects.Last());
        Assert.Equal(Shop.Models.Replace("    public decimal Price", "    [Index]\n    public decimal Price"), await workspace.TextAsync("Shop.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddIndexFix(), workspace.Solution.Projects.Last()));
    }

    [Fact]
    public async Task Two_members_of_objects_get_an_index_each()
    {
        string body = Shop.Body("_ = db.Books.Where(b => b.Publisher.Name == who).ToList(); _ = db.Books.Where(b => b.Publisher.Founded == 1).ToList();");
        string models = Shop.Models.Replace("Publisher(string Name,", "Publisher(string Name, int Founded,");
        using FixWorkspace workspace = new(("Test.cs", body), ("Shop.cs", models));
        await workspace.FixAllAsync(new AddIndexFix(), FixAllScope.Project, AddIndexFix.EquivalenceKey);
        Assert.Empty(await workspace.AllDiagnosticsAsync());
        Assert.Contains("[Index(\"Publisher.Founded\")]", await workspace.TextAsync("Shop.cs"));
    }
}
