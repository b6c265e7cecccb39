namespace ModelVault.Generators.Tests.Shapes;

/// <summary>Names that are keywords, not ASCII, or used by the generated code itself.</summary>
internal static class NameShapes
{
    public static IEnumerable<Shape> All { get; } =
    [
        new("keywords", "classes", "1", "new @class { @int = 1, @string = \"a\", @object = new() { @new = 5 }, @null = @enum.@true }", "new @class { @int = 2 }", "c => c.@string == \"a\" && c.@object.@new == 5", "all.Update(1, c => c.@string = \"c\")", "new @class { @int = 1, @string = \"c\", @object = new() { @new = 5 }, @null = @enum.@true }",
            """
            global using @namespace.@using;
            namespace @namespace.@using
            {
                [VaultCollection("classes", Accessor = "classes")] public partial class @class { [PrimaryKey] public int @int { get; init; } [Index] public string? @string { get; set; } public @struct? @object { get; set; } [Unique] public @enum? @null { get; set; } public List<@struct> @params { get; } = []; }
                [VaultObject] public partial class @struct { public int @new { get; set; } public int @this { get; private set; } }
                public enum @enum { @true, @false }
            }
            namespace Shop { public class Other; }
            """) { InCSharp14 = true },

        new("keywords in parameters and in an accessor", "@base", "1", "new @record(1, \"a\")", "new @record(2, \"b\")", "r => r.@for == \"a\"", "all.Update(1, r => r with { @for = \"c\" })", "new @record(1, \"c\")",
            "namespace Shop; [VaultCollection(Accessor = \"base\"), PrimaryKey(nameof(@if))] public partial record @record(int @if, [Index] string @for = \"\", int? @while = default);"),

        new("contextual keywords", "Books", "1", "new Book { field = 1, value = \"a\", record = 5, await = true }", "new Book { field = 2 }", "b => b.value == \"a\" && b.await", "all.Update(1, b => b.value = \"c\")", "new Book { field = 1, value = \"c\", record = 5, await = true }",
            "namespace Shop; [VaultCollection, Index(\"value\", \"async\")] public partial class Book { [PrimaryKey] public int field { get; init; } public string? value { get; set; } public int record { get; set; } public int async { get; set; } public bool await { get; set; } public int var { get; set; } public int dynamic { get; set; } public int partial { get; set; } public int where { get; set; } public int yield { get; set; } public int get { get; set; } public int set { get; set; } public int init { get; set; } public int required { get; set; } public int scoped { get; set; } public int file { get; set; } public int global { get; set; } public int alias { get; set; } public int extension { get; set; } public int nameof { get; set; } public int when { get; set; } public int nint { get; set; } public int notnull { get; set; } public int _ { get; set; } }") { InCSharp14 = true },

        new("names that are not ASCII", "Größen", "1", "new Größe { Größennummer = 1, Name = \"a\", Länge = 2.5, 名前 = \"x\", Δx = 1, Ωμέγα = new() { Ширина = 3 }, Art = Größenart.Übergroß }", "new Größe { Größennummer = 2, Name = \"b\" }", "g => g.Länge == 2.5 && g.Ωμέγα.Ширина == 3 && g.Art == Größenart.Übergroß", "all.Update(1, g => g.名前 = \"y\")", "new Größe { Größennummer = 1, Name = \"a\", Länge = 2.5, 名前 = \"y\", Δx = 1, Ωμέγα = new() { Ширина = 3 }, Art = Größenart.Übergroß }",
            "namespace Shop; public enum Größenart { Klein, Übergroß } [VaultObject] public partial class Габарит { public int Ширина { get; set; } } [VaultCollection(Accessor = \"Größen\")] public partial class Größe { [PrimaryKey] public int Größennummer { get; init; } public required string Name { get; set; } [Index] public double Länge { get; set; } [Unique] public string? 名前 { get; set; } public int Δx { get; set; } public Габарит? Ωμέγα { get; set; } public Größenart Art { get; set; } }")
            { InCSharp14 = true },

        new("Turkish letters and combining characters", "Items", "1", "new Item { Iı = 1, İi = \"a\", Cafe\u0301 = 5 }", "new Item { Iı = 2, İi = \"b\" }", "i => i.İi == \"a\" && i.Cafe\u0301 == 5", "all.Update(1, i => i.İi = \"c\")", "new Item { Iı = 1, İi = \"c\", Cafe\u0301 = 5 }",
            "namespace Shop; [VaultCollection] public partial class Item { [PrimaryKey] public int Iı { get; init; } public required string İi { get; set; } public int Cafe\u0301 { get; set; } public string? Straße { get; set; } }"),

        new("names of the generated code's locals", "Books", "1", "new Book(1, \"a\", 3)", "new Book(2, \"b\", 4)", "b => b.reader == \"a\" && b.count == 3", "all.Update(1, b => b.validator = 5)", "new Book(1, \"a\", 3) { validator = 5 }",
            "namespace Shop; [VaultCollection, Index(\"reader\", \"ct\", \"c\")] public partial class Book(int key, string reader, int count) { [PrimaryKey] public int key { get; } = key; public string reader { get; } = reader; public int count { get; } = count; public int i { get; set; } public int ordinal { get; set; } public int writer { get; set; } public int value { get; set; } public int validator { get; set; } public int context { get; set; } public int c { get; set; } public int m { get; set; } public int ct { get; set; } public int value2 { get; set; } public List<int> items { get; } = []; public List<string> item { get; } = []; public int hasItem { get; set; } public string[] length { get; set; } = []; public Dictionary<string, int> entries { get; set; } = []; public Dictionary<int, string> entry { get; init; } = []; public int present { get; set; } }"),

        new("names of the generated code's members", "Books", "1", "new Book { Id = 1, Names = \"a\", Model = 3, Key = 4 }", "new Book { Id = 2 }", "b => b.Names == \"a\" && b.Model == 3 && b.Key == 4", "all.Update(1, b => b.Names = \"c\")", "new Book { Id = 1, Names = \"c\", Model = 3, Key = 4 }",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; set; } public string? Names { get; set; } public int Model { get; set; } public int Key { get; set; } public int Read { get; set; } public int Write { get; set; } public int Validate { get; set; } public int Receive { get; set; } public int ModelDescription { get; set; } public List<int> NamesType { get; set; } = []; public List<int> ReadNames { get; set; } = []; public int SetNames { get; private set; } public int BookStorage { get; set; } public int Where { get; set; } public int All { get; set; } public int Insert { get; set; } public int Get { get; set; } public List<Part> Books { get; set; } = []; } [VaultObject] public partial record Part(int Model2, string? Nullable);"),

        new("types called like those of the library and of .NET", "Strings", "1", "new Clash.String { Id = 1, Guid = new(2), Task = \"a\" }", "new Clash.String { Id = 2 }", "s => s.Task == \"a\" && s.Guid.Int32 == 2", "all.Update(1, s => s.Task = \"c\")", "new Clash.String { Id = 1, Guid = new(2), Task = \"c\" }",
            "global using static Clash.StringVaultExtensions; namespace Shop { public class Other; } namespace Clash { public class List; public class Task; public class Math; public class Array; public class VaultQuery; public class VaultCollection; public class Attribute2; public class Func; public class Type; public class CancellationToken; public class GeneratedCode; [VaultObject] public partial record Guid(int Int32); [global::ModelVault.VaultCollectionAttribute] public partial class String { public int Id { get; set; } public Guid? Guid { get; set; } public string? Task { get; set; } public int[] Lengths { get; set; } = []; public System.Collections.Generic.List<int> More { get; set; } = []; } }"),

        new("namespaces called System and ModelVault inside one's own", "Books", "1", "new Shop.System.Book { Id = 1, At = new(5) }", "new Shop.System.Book { Id = 2 }", "b => b.At == new DateTime(5)", "all.Update(1, b => b.Note = \"n\")", "new Shop.System.Book { Id = 1, At = new(5), Note = \"n\" }",
            "global using Shop.System; namespace Shop.ModelVault.Runtime { public class FieldTypes; } namespace Shop.System { [VaultCollection] public partial class Book { public int Id { get; set; } public global::System.DateTime At { get; set; } public string? Note { get; set; } } }"),

        new("members called like namespaces and their own types", "Books", "1", "new Book { Id = 1, System = \"a\", Shop = 2, Part = new(3), Sort = Sort.B }", "new Book { Id = 2 }", "b => b.System == \"a\" && b.Part.Size == 3 && b.Sort == Sort.B", "all.Update(1, b => b.System = \"c\")", "new Book { Id = 1, System = \"c\", Shop = 2, Part = new(3), Sort = Sort.B }",
            "namespace Shop; public enum Sort { A, B } [VaultObject] public partial record Part(int Size); [VaultCollection] public partial class Book { public int Id { get; set; } public string? System { get; set; } public int Shop { get; set; } public int ModelVault { get; set; } public Part? Part { get; set; } public Sort Sort { get; set; } public List<Sort> Sorts { get; } = []; }"),

        new("type names that end like generated ones", "BookCollections", "1", "new BookCollection { Id = 1, Fields2 = new() { A = 1 } }", "new BookCollection { Id = 2 }", "b => b.Fields2.A == 1", "all.Update(1, b => b.Fields2 = null)", "new BookCollection { Id = 1 }",
            "namespace Shop; [VaultObject] public partial class PartFields { public int A { get; set; } } [VaultObject] public partial class BookCollectionStorage { public int B { get; set; } } [VaultCollection] public partial class BookCollection { public int Id { get; set; } public PartFields? Fields2 { get; set; } public BookCollectionStorage? Storage { get; set; } public int BookCollectionStorage_ { get; set; } }"),

        new("stored names with quotes, dots and signs", "Books", "1", "new Book { Id = 1, A = \"a\", B = 2, C = 3 }", "new Book { Id = 2 }", "b => b.A == \"a\" && b.B == 2 && b.C == 3", "all.Update(1, b => b.A = \"c\")", "new Book { Id = 1, A = \"c\", B = 2, C = 3 }",
            "namespace Shop; [VaultCollection(\"böcker \\\"&<x>\\\"\")] public partial class Book { public int Id { get; set; } [VaultField(\"a \\\"quoted\\\" <name> & more\"), Index] public string? A { get; set; } [VaultField(\"back\\\\slash\"), Unique(Name = \"</summary>\")] public int B { get; set; } [VaultField(\"日本\\u2028\")] public int C { get; set; } }"),

        new("names of one letter, in lower case, and with digits and underscores", "xs", "1", "new Shop.x { Id = 1, a = 1, _b = 2, c_d = 3, E1F2 = 4, URL = \"u\" }", "new Shop.x { Id = 2 }", "o => o.a == 1 && o._b == 2 && o.c_d == 3", "all.Update(1, o => o.URL = null)", "new Shop.x { Id = 1, a = 1, _b = 2, c_d = 3, E1F2 = 4 }",
            "#pragma warning disable CS8981\nnamespace Shop; [VaultCollection(Accessor = \"xs\")] public partial class x { public int Id { get; set; } public int a { get; set; } public int _b { get; set; } [Index] public int c_d { get; set; } public int E1F2 { get; set; } [Index] public string? URL { get; set; } public int __ { get; set; } }"),
    ];
}
