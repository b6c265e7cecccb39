using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelVault.Analyzers.Tests.Harness;
using ModelVault.CodeFixes.Declarations;

namespace ModelVault.Analyzers.Tests.Declarations;

/// <summary>The fixes of the rules that the generator reports.</summary>
public sealed class DeclarationFixTests
{
    [Theory]
    [InlineData("public class A { public int Id { get; set; } }", "public partial class A { public int Id { get; set; } }")]
    [InlineData("class A { public int Id { get; set; } }", "partial class A { public int Id { get; set; } }")]
    [InlineData("public sealed record A(int Id);", "public sealed partial record A(int Id);")]
    [InlineData("/* a */ public record class A(int Id);", "/* a */ public partial record class A(int Id);")]
    public Task A_type_becomes_partial(string before, string after) =>
        VerifyAsync(new MakePartialFix(), Model(before), Model(after));

    [Fact]
    public Task A_nested_type_and_all_around_it_become_partial() => VerifyAsync(
        new MakePartialFix(),
        "using ModelVault; namespace N; static class Outer { public partial class Middle { public interface IInner { [VaultCollection] public class A { public int Id { get; set; } } } } }",
        "using ModelVault; namespace N; static partial class Outer { public partial class Middle { public partial interface IInner { [VaultCollection] public partial class A { public int Id { get; set; } } } } }");

    [Theory]
    [InlineData("public int Copies { get; set; } public string ItemId { get; set; } = \"\";", "public int Copies { get; set; } [PrimaryKey] public string ItemId { get; set; } = \"\";")]
    [InlineData("public string? Isbn { get; set; } public System.Guid Token { get; set; }", "public string? Isbn { get; set; } [PrimaryKey] public System.Guid Token { get; set; }")]
    public Task The_likeliest_property_becomes_the_key(string before, string after) =>
        VerifyAsync(new AddPrimaryKeyFix(), Model($"public partial class Item {{ {before} }}"), Model($"public partial class Item {{ {after} }}"));

    [Fact]
    public async Task Every_possible_key_is_offered()
    {
        using FixWorkspace workspace = new(("Item.cs", Model("public partial class Item { public double Size { get; set; } public int A { get; set; } public string Code { get; set; } = \"\"; }")));
        Assert.Equal(["Add [PrimaryKey] to 'Code'", "Add [PrimaryKey] to 'A'"], (await workspace.OffersAsync(new AddPrimaryKeyFix())).Select(static o => o.Title));
        await workspace.ApplyAsync(new AddPrimaryKeyFix(), "Add [PrimaryKey] to 'A'");
        Assert.Contains("[PrimaryKey] public int A", await workspace.TextAsync("Item.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AddPrimaryKeyFix()));
    }

    [Fact]
    public Task A_member_that_cannot_be_stored_is_left_out() => VerifyAsync(
        new MemberFix(),
        "[ModelVault.VaultCollection]\npublic partial class Item\n{\n    public int Id { get; set; }\n    public System.Action? Changed { get; set; }\n}\n",
        "using ModelVault;\n\n[ModelVault.VaultCollection]\npublic partial class Item\n{\n    public int Id { get; set; }\n    [VaultIgnore]\n    public System.Action? Changed { get; set; }\n}\n");

    [Fact]
    public Task A_member_without_setter_gets_init() => VerifyAsync(
        new MemberFix(),
        Model("public partial class Item { public int Id { get; set; } public string Name { get; } = \"\"; }"),
        Model("public partial class Item { public int Id { get; set; } public string Name { get; init; } = \"\"; }"));

    [Fact]
    public async Task A_member_without_setter_may_be_left_out_instead()
    {
        using FixWorkspace workspace = new(("Item.cs", Model("public partial class Item { public int Id { get; set; } public string Name { get; } = \"\"; }")));
        await workspace.ApplyAsync(new MemberFix(), "Add [VaultIgnore] to 'Name'");
        Assert.Equal(Model("public partial class Item { public int Id { get; set; } [VaultIgnore] public string Name { get; } = \"\"; }"), await workspace.TextAsync("Item.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new MemberFix()));
    }

    [Fact]
    public Task A_computed_member_with_an_index_is_left_out() => VerifyAsync(
        new MemberFix(),
        Model("public partial class Item { public int Id { get; set; } [Index] public int Twice => Id * 2; }"),
        Model("public partial class Item { public int Id { get; set; } [VaultIgnore] [Index] public int Twice => Id * 2; }"));

    [Theory]
    [InlineData("[Index] public int Id { get; set; }", "public int Id { get; set; }")]
    [InlineData("[PrimaryKey, Index] public int Id { get; set; }", "[PrimaryKey] public int Id { get; set; }")]
    [InlineData("[Index, PrimaryKey] public int Id { get; set; }", "[PrimaryKey] public int Id { get; set; }")]
    [InlineData("\n    [Index]\n    public int Id { get; set; }", "\n    public int Id { get; set; }")]
    public Task A_redundant_index_goes(string before, string after) =>
        VerifyAsync(new RemoveIndexFix(), Model($"public partial class Item {{ {before} }}"), Model($"public partial class Item {{ {after} }}"));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_of_a_scope_are_fixed_together(FixAllScope scope, int documents)
    {
        await VerifyAllAsync(new MakePartialFix(), MakePartialFix.EquivalenceKey, scope, documents, "static class O# { [VaultCollection] public class A { public int Id { get; set; } } [VaultCollection(\"bs#\", Accessor = \"B#\")] public class B { public int Id { get; set; } } }");
        await VerifyAllAsync(new AddPrimaryKeyFix(), AddPrimaryKeyFix.EquivalenceKey, scope, documents, "[VaultCollection] public partial class A# { public int Key { get; set; } } [VaultCollection] public partial class B# { public int Code { get; set; } }");
        await VerifyAllAsync(new MemberFix(), MemberFix.IgnoreKey, scope, documents, "[VaultCollection] public partial class A# { public int Id { get; set; } public object? X { get; set; } public System.Action? Y { get; set; } }");
        await VerifyAllAsync(new MemberFix(), MemberFix.InitKey, scope, documents, "[VaultCollection] public partial class A# { public int Id { get; set; } public int X { get; } public int Y { get; } }");
        await VerifyAllAsync(new RemoveIndexFix(), RemoveIndexFix.EquivalenceKey, scope, documents, "[VaultCollection] public partial class A# { [Index] public int Id { get; set; } } [VaultCollection, Index(\"X\")] public partial class B# { [Index] public int Id { get; set; } [Unique] public int X { get; set; } }");
    }

    private static string Model(string declaration) => $"using ModelVault; namespace N; [VaultCollection] {declaration}";

    // The diagnostic is gone, nothing new appears, and there is nothing left to apply a second time.
    private static async Task VerifyAsync(CodeFixProvider fix, string before, string after)
    {
        using FixWorkspace workspace = new(("Item.cs", before));
        await workspace.ApplyAsync(fix);
        Assert.Equal(after, await workspace.TextAsync("Item.cs"));
        Assert.Empty(await workspace.AllDiagnosticsAsync());
    }

    private static async Task VerifyAllAsync(CodeFixProvider fix, string key, FixAllScope scope, int documents, string model)
    {
        string Source(int number) => $"using ModelVault; namespace N; {model.Replace("#", $"{number}")}";
        using FixWorkspace workspace = new(("1.cs", Source(1)), ("2.cs", Source(2)));
        Project first = workspace.Solution.Projects.Single();
        workspace.AddProject("Other", [("3.cs", Source(3))]);
        await workspace.FixAllAsync(fix, scope, key, first);
        foreach (Project project in workspace.Solution.Projects)
        {
            IEnumerable<string> left = (await workspace.DiagnosticsAsync(fix, project)).Select(static d => d.Location.SourceTree!.FilePath);
            Assert.DoesNotContain(left, path => path[0] - '0' <= documents);
        }
    }
}
