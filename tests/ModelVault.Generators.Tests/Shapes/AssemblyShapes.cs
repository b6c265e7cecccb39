namespace ModelVault.Generators.Tests.Shapes;

/// <summary>Models whose parts come from another assembly.</summary>
internal static class AssemblyShapes
{
    public static IEnumerable<Shape> All { get; } =
    [
        new("base class of another assembly", "Books", "1", "new Book { Id = 1, Title = \"a\" }.Touch()", "new Book { Id = 2, Title = \"b\" }", "b => b.Title == \"a\" && b.Rank == 3", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }.Touch()",
            "namespace Shop; [VaultCollection] public partial class Book : Lib.Entity<long> { public required string Title { get; set; } public Book Touch() { Rank = 3; Set(); return this; } }")
            { InCSharp14 = true, Library = "namespace Lib; public abstract class Entity<T> where T : struct { public T Id { get; init; } public int Rank { get; protected set; } public DateTime At { get; private set; } public List<string> Log { get; } = []; public string Shown => $\"{Id}\"; protected void Set() { At = new(2020, 1, 1); Log.Add(\"x\"); } }" },

        new("base record of another assembly", "Employees", "1", "new Employee(1, \"a\", \"Ltd\")", "new Employee(2, \"b\", \"Inc\")", "e => e.Name == \"a\"", "all.Update(1, e => e with { Name = \"c\" })", "new Employee(1, \"c\", \"Ltd\")",
            "namespace Shop; [VaultCollection] public partial record Employee(int Id, string Name, string Company) : Lib.Person(Id, Name);") { Library = "namespace Lib; public abstract record Person(int Id, string Name) { public string? Note { get; init; } }" },

        new("objects, keys and enums of another assembly", "Orders", "new Lib.OrderId(1)", "new Order { Id = new(1), Home = new(\"s\", new(5, 6)), Level = Lib.Level.High, Sizes = [new() { Width = 1 }] }", "new Order { Id = new(2) }", "o => o.Home.At.X == 5 && o.Level == Lib.Level.High", "all.Update(new(1), o => o.Home = null)", "new Order { Id = new(1), Level = Lib.Level.High, Sizes = [new() { Width = 1 }] }",
            "namespace Shop; [VaultCollection] public partial class Order { public Lib.OrderId Id { get; init; } public Lib.Address? Home { get; set; } public Lib.Level Level { get; set; } public List<Lib.Size> Sizes { get; set; } = []; }")
            { InCSharp14 = true, Library = "namespace Lib; public readonly record struct OrderId(long Value); public enum Level { Low, High } [VaultObject] public partial record struct Point(int X, int Y); [VaultObject] public partial record Address(string Street, Point At); [VaultObject] public partial class Size { public int Width { get; set; } }" },

        new("object over a base class of another assembly", "Orders", "1", "new Order { Id = 1, Part = new() { Name = \"a\", Size = 3 } }", "new Order { Id = 2 }", "o => o.Part.Name == \"a\"", "all.Update(1, o => o.Part = null)", "new Order { Id = 1 }",
            "namespace Shop; [VaultObject] public partial class Part : Lib.Named { public int Size { get; set; } } [VaultCollection] public partial class Order { public int Id { get; init; } public Part? Part { get; set; } }") { Library = "namespace Lib; public class Named { public required string Name { get; init; } internal int Hidden { get; set; } }" },
    ];
}
