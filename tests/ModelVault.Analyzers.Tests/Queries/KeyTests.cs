using Microsoft.CodeAnalysis;
using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>Where keys and indexes are declared, and which conditions they serve together.</summary>
public sealed class KeyTests
{
    [Theory]
    [InlineData("b.Author == who")]
    [InlineData("b.Author == who && b.Year > 2000")]
    [InlineData("b.Author.StartsWith(who)")]
    [InlineData("b.Shelf == 1 && b.Price > 1")]
    [InlineData("{|MV0101:b.Copies|} == 1")]
    [InlineData("{|MV0101:b.Copies|} == 1 && b.Price > 1")]
    [InlineData("b.Copies == 1 && b.Shelf > 1")]
    public Task Of_a_compound_index_the_leading_members_serve(string filter) =>
        Shop.VerifyBodyAsync($"_ = db.Books.Where(b => {filter}).ToList();");

    [Theory]
    [InlineData("b.Publisher.City == who")]
    [InlineData("b.Publisher!.City!.StartsWith(who)")]
    [InlineData("{|MV0101:b.Publisher.Name|} == who")]
    [InlineData("{|MV0101:b.Publisher|} == null")]
    [InlineData("{|MV0101:b.Publisher|}.IsNull")]
    [InlineData("{|MV0101:b.Publisher|} != null && b.Publisher.Name == who")]
    public Task Members_of_objects_are_indexed_by_path(string filter) =>
        Shop.VerifyBodyAsync($"_ = db.Books.Where(b => {filter}).ToList();");

    [Theory]
    [InlineData("[VaultCollection] public partial class Item { public int Id { get; set; } }")]
    [InlineData("[VaultCollection] public partial class Item { [PrimaryKey] public int Code { get; set; } public int Id { get; set; } }")]
    [InlineData("[VaultCollection] public partial class Item { [System.ComponentModel.DataAnnotations.Key] public int Code { get; set; } public int Id { get; set; } }")]
    [InlineData("[VaultCollection, PrimaryKey(\"Code\", \"Id\")] public partial class Item { public int Id { get; set; } public int Code { get; set; } }")]
    [InlineData("[VaultCollection] public partial record Item([PrimaryKey] int Code, int Id);")]
    [InlineData("[VaultCollection] public partial record Item([property: PrimaryKey] int Code, int Id);")]
    [InlineData("public class Entity { public int Id { get; set; } } [VaultCollection] public partial class Item : Entity { }")]
    [InlineData("public class Entity { [PrimaryKey] public int Code { get; set; } } [VaultCollection] public partial class Item : Entity { public int Id { get; set; } }")]
    [InlineData("public class Entity<T> { [PrimaryKey] public T Code { get; set; } = default!; } [VaultCollection] public partial class Item : Entity<int> { public int Id { get; set; } }")]
    public async Task The_primary_key_serves_wherever_it_is_declared(string model)
    {
        bool isMarked = model.Contains("Code");
        await Analysis.VerifyAsync(
            Shop.Body(isMarked
                ? "_ = db.Items.Where(i => i.Code > 3).ToList(); _ = db.Items.Where(i => {|MV0101:i.Id|} > 3).ToList();"
                : "_ = db.Items.Where(i => i.Id > 3).ToList(); _ = db.Items.Where(i => !({|MV0101:i.Id|} == 3)).ToList();"),
            $"using ModelVault; namespace Shop; {model}");
    }

    private const string Kinds = """
        using System.Collections.Generic; using ModelVault; namespace Shop;
        [VaultCollection]
        [Index(nameof(Name), IgnoreCase = true)]
        [Index(nameof(Down), nameof(Size), IsDescending = [true, false])]
        [Index(nameof(Kind), Where = "Size >= 3 && !Old")]
        [Index("Parts[].Code", "Parts[].Count")]
        public partial class Item
        {
            public int Id { get; set; }
            public string? Name { get; set; }
            public string Kind { get; set; } = "";
            public int Down { get; set; }
            public int Size { get; set; }
            public bool Old { get; set; }
            [Index] public List<string> Tags { get; set; } = [];
            public List<Part> Parts { get; set; } = [];
        }
        [VaultObject] public partial record Part(string Code, int Count, int Price);
        """;

    [Theory]
    [InlineData("{|MV0101:i.Name|} == \"a\"")]
    [InlineData("i.Name.Equals(\"a\", System.StringComparison.OrdinalIgnoreCase)")]
    [InlineData("i.Name.StartsWith(\"a\", System.StringComparison.OrdinalIgnoreCase)")]
    [InlineData("{|MV0101:i.Name|}.EndsWith(\"a\", System.StringComparison.OrdinalIgnoreCase)")]
    [InlineData("i.Name == null")]
    [InlineData("i.Down > 3")]
    [InlineData("{|MV0101:i.Size|} > 3")]
    [InlineData("i.Tags.Contains(\"a\")")]
    [InlineData("i.Tags.Any(t => t == \"a\" && t.StartsWith(\"b\"))")]
    [InlineData("{|MV0101:i.Tags|}.Any(t => t == \"a\" || t == \"b\")")]
    [InlineData("{|MV0101:i.Tags|}.All(t => t == \"a\")")]
    [InlineData("{|MV0101:i.Tags|}.Any()")]
    [InlineData("i.Parts.Any(p => p.Code == \"a\" && p.Price > 1)")]
    [InlineData("{|MV0101:i.Parts|}.Any(p => p.Count == 1)")]
    [InlineData("i.Parts.Any(p => {|MV0101:i.Id|} == 1)")]
    [InlineData("{|MV0101:i.Kind|} == \"a\"")]
    [InlineData("{|MV0101:i.Kind|} == \"a\" && i.Size > 3")]
    [InlineData("i.Kind == \"a\" && i.Size > 3 && !i.Old")]
    public Task Each_kind_of_index_serves_what_it_can(string filter) =>
        Analysis.VerifyAsync(Shop.Body($"_ = db.Items.Where(i => {filter}).ToList();"), Kinds);

    [Theory]
    [InlineData("[Index(Include = [\"B\"])] public string A { get; set; } = \"\";")]
    [InlineData("[Index(IsDescending = [false])] public string A { get; set; } = \"\";")]
    public Task An_index_that_holds_further_members_serves_as_any_other(string member) => Analysis.VerifyAsync(
        Shop.Body("_ = db.Items.Where(i => i.A == \"a\").ToList();"),
        $"using ModelVault; namespace Shop; [VaultCollection] public partial class Item {{ public int Id {{ get; set; }} {member} public int B {{ get; set; }} }}");

    [Theory]
    [InlineData("public partial class Item { public int Id { get; set; } [Index] public int A { get; set; } public int B { get; set; } }")]
    [InlineData("public partial class Item { public int Id { get; set; } [Unique] public int A { get; set; } public int B { get; set; } }")]
    [InlineData("public partial class Item { public int Id { get; set; } [Index(IsUnique = true, Name = \"x\")] public int A { get; set; } public int B { get; set; } }")]
    [InlineData("[Index(nameof(A), nameof(B))] public partial class Item { public int Id { get; set; } public int A { get; set; } public int B { get; set; } }")]
    [InlineData("public partial record Item(int Id, [Index] int A, int B);")]
    [InlineData("public partial record Item(int Id, [property: Index] int A, int B);")]
    [InlineData("[Index(\"A\")] public partial record Item(int Id, int A, int B);")]
    [InlineData("public partial class Item : Entity { public int B { get; set; } } public class Entity { public int Id { get; set; } [Index] public int A { get; set; } }")]
    [InlineData("public partial class Item : Entity { public override int A { get; set; } public int B { get; set; } } public class Entity { public int Id { get; set; } [Index] public virtual int A { get; set; } }")]
    [InlineData("public partial class Item { public Item(int id, [Index] int a) { Id = id; A = a; } public int Id { get; } public int A { get; } public int B { get; set; } }")]
    public Task An_index_serves_wherever_it_is_declared(string model) => Analysis.VerifyAsync(
        Shop.Body("_ = db.Items.Where(i => i.A > 3).ToList(); _ = db.Items.Where(i => {|MV0101:i.B|} > 3).ToList();"),
        $"using ModelVault; namespace Shop; [VaultCollection] {model}");

    [Fact]
    public async Task A_model_of_another_assembly_is_known_by_its_attributes()
    {
        Compilation library = Generation.Complete(Compilations.Of(("Shop.cs", Shop.Models)).WithAssemblyName("Shop"));
        using MemoryStream image = new();
        Assert.True(library.Emit(image).Success);
        Markup markup = Markup.Parse(Shop.Body("_ = db.Books.Where(b => b.Author == who && b.Active).ToList(); _ = db.Books.Where(b => {|MV0101:b.Active|} && b.Copies > 1).ToList();"));
        Compilation application = Compilations.Of(("Test.cs", markup.Source)).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Diagnostic found = Assert.Single(await Analysis.RunAsync(application));
        Assert.Equal(markup.Expected[0].Span, found.Location.SourceSpan);
    }

    [Fact]
    public async Task A_compilation_without_the_library_is_left_alone() =>
        Assert.Empty(await Analysis.RunAsync(Compilations.Of(("Test.cs", "class C { void M() => ToString(); }")).WithReferences(Compilations.References.Where(static r => !r.Display!.Contains("ModelVault")))));
}
