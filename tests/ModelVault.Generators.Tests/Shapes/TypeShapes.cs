namespace ModelVault.Generators.Tests.Shapes;

/// <summary>Where a type stands, and what kind it is.</summary>
internal static class TypeShapes
{
    public static IEnumerable<Shape> All { get; } =
    [
        new("class", "Books", "1", "new Book { Id = 1, Title = \"a\" }", "new Book { Id = 2, Title = \"b\" }", "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; set; } public string Title { get; set; } = \"\"; }") { InCSharp14 = true },

        new("class in the global namespace", "Globals", "1", "new Global { Id = 1, Part = new(5) }", "new Global { Id = 2 }", "g => g.Part.Size == 5", "all.Update(1, g => g.Part = null)", "new Global { Id = 1 }",
            "[VaultCollection] public partial class Global { public int Id { get; set; } public GlobalPart? Part { get; set; } } [VaultObject] public partial record GlobalPart(int Size); namespace Shop { public class Other; }") { InCSharp14 = true },

        new("namespace of several levels, with a block", "Books", "1", "new A.B.C.Book { Id = 1 }", "new A.B.C.Book { Id = 2 }", "b => b.Id < 2", "all.Update(1, b => b.Note = \"n\")", "new A.B.C.Book { Id = 1, Note = \"n\" }",
            "global using A.B.C; namespace A { namespace B.C { [VaultCollection] public partial class Book { public int Id { get; set; } public string? Note { get; set; } } } } namespace Shop { public class Other; }"),

        new("nested in a partial class", "Items", "1", "new Outer.Item { Id = 1, Part = new() { Size = 3 } }", "new Outer.Item { Id = 2 }", "i => i.Part.Size == 3", "all.Update(1, i => i.Part!.Size = 4)", "new Outer.Item { Id = 1, Part = new() { Size = 4 } }",
            "namespace Shop; public partial class Outer { [VaultCollection] public partial class Item { public int Id { get; set; } public Part? Part { get; set; } } [VaultObject] public partial class Part { public int Size { get; set; } } }") { InCSharp14 = true },

        new("nested in a struct, a record, an interface and a static class", "Items", "1", "new A.B.C.D.Item { Id = 1, Name = \"a\" }", "new A.B.C.D.Item { Id = 2, Name = \"b\" }", "i => i.Name == \"a\"", "all.Update(1, i => i.Name = \"c\")", "new A.B.C.D.Item { Id = 1, Name = \"c\" }",
            "namespace Shop; public static partial class A { public partial struct B { public partial record C { public partial interface D { [VaultCollection] public partial class Item { public int Id { get; set; } public required string Name { get; set; } } } } } }"),

        new("nested in a record struct and internal", "Items", "1", "new A.Item { Id = 1 }", "new A.Item { Id = 2 }", "i => i.Id == 1", "all.Update(1, i => i.Size = 5)", "new A.Item { Id = 1, Size = 5 }",
            "namespace Shop; internal partial record struct A { [VaultCollection] internal partial class Item { public int Id { get; set; } public int Size { get; set; } } }"),

        new("types of one name in two containing types", "AItems", "1", "new A.Item { Id = 1, Part = new(\"p\") }", "new A.Item { Id = 2 }", "i => i.Part.Name == \"p\"", "all.Update(1, i => i.Part = new(\"q\"))", "new A.Item { Id = 1, Part = new(\"q\") }",
            """
            namespace Shop;
            public partial class A { [VaultCollection("a_items", Accessor = "AItems")] public partial class Item { public int Id { get; set; } public Part? Part { get; set; } } [VaultObject] public partial record Part(string Name); }
            public partial class B { [VaultCollection("b_items", Accessor = "BItems")] public partial class Item { public string Id { get; set; } = ""; public Part? Part { get; set; } } [VaultObject] public partial record Part(int Number); }
            """),

        new("object, enum and key inside the model itself", "Orders", "new Order.Number(1)", "new Order { Id = new(1), Kind = Order.Sort.Big, Line = new(3) }", "new Order { Id = new(2) }", "o => o.Kind == Order.Sort.Big && o.Line.Amount == 3", "all.Update(new(1), o => o.Line = null)", "new Order { Id = new(1), Kind = Order.Sort.Big }",
            "namespace Shop; [VaultCollection] public partial class Order { public Number Id { get; init; } public Sort Kind { get; set; } public Row? Line { get; set; } public readonly record struct Number(long Value); public enum Sort { Small, Big } [VaultObject] public partial record Row(int Amount); }"),

        new("internal class with an internal object", "Books", "1", "new Book { Id = 1, Part = new(1) }", "new Book { Id = 2 }", "b => b.Part.Size == 1", "all.Update(1, b => b.Part = new(2))", "new Book { Id = 1, Part = new(2) }",
            "namespace Shop; [VaultCollection] internal partial class Book { public int Id { get; set; } public Part? Part { get; set; } } [VaultObject] internal partial record Part(int Size);") { InCSharp14 = true },

        new("sealed record with a body", "Authors", "1", "new Author(1, \"a\") { Note = \"n\" }", "new Author(2, \"b\")", "a => a.Note == \"n\"", "all.Update(1, a => a with { Note = null, Name = \"c\" })", "new Author(1, \"c\")",
            "namespace Shop; [VaultCollection] public sealed partial record Author(int Id, string Name) { public string? Note { get; init; } public int Length => Name.Length; }") { InCSharp14 = true },

        new("record class without parameters", "Authors", "1", "new Author { Id = 1, Name = \"a\" }", "new Author { Id = 2, Name = \"b\" }", "a => a.Name == \"a\"", "all.Update(1, a => a with { Name = \"c\" })", "new Author { Id = 1, Name = \"c\" }",
            "namespace Shop; [VaultCollection] public partial record class Author { public required int Id { get; init; } public required string Name { get; init; } }"),

        new("structs of every kind as objects", "Boxes", "1", "new Box { Id = 1, Plain = new() { X = 1, Y = 2 }, Positional = new(3, \"p\"), ReadOnly = new(4), Made = new(5, 6), Nothing = null }", "new Box { Id = 2, Nothing = new(1) }", "b => b.Plain.X == 1 && b.Positional.Name == \"p\"",
            "all.Update(1, b => { b.Plain = b.Plain with { Y = 9 }; b.Nothing = new(7); })", "new Box { Id = 1, Plain = new() { X = 1, Y = 9 }, Positional = new(3, \"p\"), ReadOnly = new(4), Made = new(5, 6), Nothing = new(7) }",
            """
            namespace Shop;
            [VaultObject] public partial struct Plain { public int X { get; set; } public int Y { get; init; } }
            [VaultObject] public partial record struct Positional(int X, string? Name);
            [VaultObject] public readonly partial record struct ReadOnly(long Size) { public long Twice => Size * 2; }
            [VaultObject] public readonly partial struct Made { public Made(int a, int b) { A = a; B = b; } public int A { get; } public int B { get; } }
            [VaultCollection] public partial class Box { public int Id { get; set; } public Plain Plain { get; set; } public Positional Positional { get; set; } public ReadOnly ReadOnly { get; set; } public Made Made { get; set; } public ReadOnly? Nothing { get; set; } }
            """),

        new("struct with a constructor of its own and defaults", "Boxes", "1", "new Box { Id = 1, Size = new() { Width = 2 } }", "new Box { Id = 2 }", "b => b.Size.Width == 2", "all.Update(1, b => b.Size = default)", "new Box { Id = 1, Size = default }",
            "namespace Shop; [VaultObject] public partial struct Size { public Size() { } public int Width { get; set; } = 7; public string? Unit { get; set; } = \"mm\"; } [VaultCollection] public partial class Box { public int Id { get; set; } public Size Size { get; set; } = new(); }"),

        new("structs around one value as keys, positional and not", "Lines", "(new OrderId(1), new Sku { Code = \"a\" })", "new Line { Order = new(1), Sku = new() { Code = \"a\" }, Amount = 1 }", "new Line { Order = new(1), Sku = new() { Code = \"b\" }, Amount = 2 }", "l => l.Sku == new Sku { Code = \"a\" }",
            "all.Update((new OrderId(1), new Sku { Code = \"a\" }), l => l.Amount = 3)", "new Line { Order = new(1), Sku = new() { Code = \"a\" }, Amount = 3 }",
            "namespace Shop; public readonly record struct OrderId(long Value); public readonly record struct Sku { public required string Code { get; init; } } [VaultCollection, PrimaryKey(nameof(Order), nameof(Sku))] public partial class Line { public OrderId Order { get; init; } public Sku Sku { get; init; } public int Amount { get; set; } }"),

        new("several partial files", "Books", "1", "new Book { Id = 1, Title = \"a\", Pages = 5, Part = new() { Size = 1, Name = \"n\" } }", "new Book { Id = 2, Title = \"b\" }", "b => b.Pages == 5 && b.Part.Name == \"n\"", "all.Update(1, b => b.Pages = 6)", "new Book { Id = 1, Title = \"a\", Pages = 6, Part = new() { Size = 1, Name = \"n\" } }",
            "namespace Shop; public partial class Book { public int Pages { get; set; } }", "namespace Shop; [VaultCollection, Index(nameof(Title), nameof(Pages))] public partial class Book { public required string Title { get; set; } public Part? Part { get; set; } }",
            "namespace Shop; partial class Book : Entity { public override string ToString() => Title; }", "namespace Shop; public abstract class Entity { public int Id { get; init; } }",
            "namespace Shop; [VaultObject] partial class Part { public int Size { get; set; } }", "namespace Shop; public partial class Part { public string? Name { get; set; } }") { InCSharp14 = true },

        new("objects to some depth, in lists and maps", "Trees", "1", "new Tree { Id = 1, Root = new(new(new(new(\"x\")))), Many = [new(new(\"y\"))], Named = new() { [\"k\"] = new(\"z\") } }", "new Tree { Id = 2, Root = new(new(null)) }", "t => t.Root.Next.Next.Next.Name == \"x\"",
            "all.Update(1, t => t.Many.Add(new(null)))", "new Tree { Id = 1, Root = new(new(new(new(\"x\")))), Many = [new(new(\"y\")), new(null)], Named = new() { [\"k\"] = new(\"z\") } }",
            """
            namespace Shop;
            [VaultObject] public partial record L4(string Name); [VaultObject] public partial record L3(L4? Next); [VaultObject] public partial record L2(L3? Next); [VaultObject] public partial record L1(L2 Next);
            [VaultCollection] public partial class Tree { public int Id { get; set; } public required L1 Root { get; set; } public List<L3> Many { get; set; } = []; public Dictionary<string, L4> Named { get; set; } = []; }
            """),

        new("code without nullable annotations", "Books", "1", "new Book { Id = 1, Title = \"a\" }", "new Book { Id = 2 }", "b => b.Title == \"a\"", "all.Update(1, b => b.Title = null)", "new Book { Id = 1 }",
            "#nullable disable\nnamespace Shop; [VaultCollection] public partial class Book { public int Id { get; set; } public string Title { get; set; } public List<string> Tags { get; set; } public Part Part { get; set; } } [VaultObject] public partial class Part { public string Name { get; set; } }"),
    ];
}
