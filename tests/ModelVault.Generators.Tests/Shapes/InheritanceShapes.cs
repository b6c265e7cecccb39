namespace ModelVault.Generators.Tests.Shapes;

/// <summary>Base classes, generic ones, and members that are hidden, overridden or implemented.</summary>
internal static class InheritanceShapes
{
    private const string Two = "new Book { Id = 2 }";

    public static IEnumerable<Shape> All { get; } =
    [
        new("base class with the key and stamps", "Books", "1", "new Book { Title = \"a\" }", "new Book { Title = \"b\" }", "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\", CreatedAt = first.CreatedAt, UpdatedAt = all.Get(1)!.UpdatedAt }",
            "namespace Shop; public abstract class Entity { [PrimaryKey(AutoIncrement = true)] public long Id { get; set; } [CreatedAt] public DateTimeOffset CreatedAt { get; set; } [UpdatedAt] public DateTimeOffset UpdatedAt { get; set; } } [VaultCollection] public partial class Book : Entity { public required string Title { get; set; } }") { InCSharp14 = true },

        new("several models of one base class", "Books", "1", "new Book { Id = 1, Name = \"a\" }", Two, "b => b.Name == \"a\"", "all.Update(1, b => b.Name = \"c\")", "new Book { Id = 1, Name = \"c\" }",
            "namespace Shop; public abstract class Named { public int Id { get; init; } [Index] public string? Name { get; set; } } [VaultCollection] public partial class Book : Named; [VaultCollection] public partial class Author : Named { public Part? Part { get; set; } } [VaultObject] public partial class Part : Named;"),

        new("generic base closed by the model", "Books", "new BookId(1)", "new Book { Id = new(1), Owner = \"a\" }", "new Book { Id = new(2), Owner = \"b\" }", "b => b.Owner == \"a\"", "all.Update(new(1), b => b.Owner = \"c\")", "new Book { Id = new(1), Owner = \"c\" }",
            "namespace Shop; public readonly record struct BookId(int Value); public abstract class Entity<TKey, TOwner> where TKey : struct where TOwner : class { public TKey Id { get; init; } public required TOwner Owner { get; set; } public List<TKey> Others { get; set; } = []; public Dictionary<string, TOwner?> ByName { get; set; } = []; } [VaultCollection] public partial class Book : Entity<BookId, string>;") { InCSharp14 = true },

        new("generic bases over generic bases", "Books", "1", "new Book { Id = 1, Parts = [new(3)] }.Touch()", Two, "b => b.Parts.Any(p => p.Size == 3)", "all.Update(1, b => b.Parts.Clear())", "new Book { Id = 1 }.Touch()",
            "namespace Shop; public abstract class Entity<TSelf, TKey> where TSelf : Entity<TSelf, TKey> where TKey : IComparable<TKey>, new() { public TKey Id { get; init; } = new(); public DateTime At { get; private set; } public TSelf Touch() { At = new(2020, 1, 1); return (TSelf)this; } } public abstract class Holder<TSelf, TPart> : Entity<TSelf, int> where TSelf : Holder<TSelf, TPart> where TPart : class { public List<TPart> Parts { get; init; } = []; } [VaultObject] public partial record Part(int Size); [VaultCollection] public partial class Book : Holder<Book, Part>;"),

        new("generic base nested in a generic type", "Books", "1", "new Book { Id = 1, Value = 5 }", Two, "b => b.Value == 5", "all.Update(1, b => b.Value = 6)", "new Book { Id = 1, Value = 6 }",
            "namespace Shop; public class Outer<T> { public abstract class Inner<U> { public int Id { get; init; } public T? Value { get; set; } public U? Other { get; private set; } public void Set(U u) => Other = u; } } [VaultCollection] public partial class Book : Outer<long>.Inner<string>;"),

        new("record over a record", "Employees", "1", "new Employee(1, \"a\", \"Ltd\") { Note = \"n\" }", "new Employee(2, \"b\", \"Inc\")", "e => e.Company == \"Ltd\" && e.Note == \"n\"", "all.Update(1, e => e with { Name = \"c\" })", "new Employee(1, \"c\", \"Ltd\") { Note = \"n\" }",
            "namespace Shop; public abstract record Person(int Id, string Name) { public string? Note { get; init; } } [VaultCollection] public partial record Employee(int Id, string Name, string Company) : Person(Id, Name);") { InCSharp14 = true },

        new("generic record over a generic record", "Employees", "1", "new Employee(1, \"a\")", "new Employee(2, \"b\")", "e => e.Extra == \"a\"", "all.Update(1, e => e with { Extra = \"c\" })", "new Employee(1, \"c\")",
            "namespace Shop; public abstract record Base<T>(T Id) where T : struct; public abstract record Middle<T, U>(T Id, U Extra) : Base<T>(Id) where T : struct; [VaultCollection] public sealed partial record Employee(int Id, string Extra) : Middle<int, string>(Id, Extra);"),

        new("constructor passed on to the base class", "Books", "1", "new Book(1, \"a\")", "new Book(2, \"b\")", "b => b.Title == \"a\"", "all.Update(new Book(1, \"c\"))", "new Book(1, \"c\")",
            "namespace Shop; public abstract class Entity(int id) { public int Id { get; } = id; } [VaultCollection] public partial class Book(int id, string title) : Entity(id) { public string Title { get; } = title; }"),

        new("setters that are private to the base class", "Books", "1", "new Book().Set(1, 5)", "new Book().Set(2, 6)", "b => b.Rank == 5", "all.Update(1, b => b.Set(1, 7))", "new Book().Set(1, 7)",
            "namespace Shop; public class Entity { public int Id { get; private set; } public int Rank { get; private protected set; } public Book Set(int id, int rank) { Id = id; Rank = rank; return (Book)this; } } [VaultCollection] public partial class Book : Entity;"),

        new("hidden member of the same type", "Books", "1", "new Book { Id = 1, Name = \"a\" }", Two, "b => b.Name == \"a\"", "all.Update(1, b => b.Name = \"c\")", "new Book { Id = 1, Name = \"c\" }",
            "namespace Shop; public class Entity { public int Id { get; set; } public string? Name => \"base\"; } [VaultCollection] public partial class Book : Entity { public new string? Name { get; set; } }"),

        new("hidden member of another type", "Books", "1", "new Book { Id = 1, Code = \"a\" }", Two, "b => b.Code == \"a\"", "all.Update(1, b => b.Code = \"c\")", "new Book { Id = 1, Code = \"c\" }",
            "namespace Shop; public class Entity { public int Id { get; set; } public object Code => 1; } [VaultCollection] public partial class Book : Entity { public new string? Code { get; set; } }"),

        new("members that hide what is no property", "Books", "1", "new Book { Id = 1, Code = \"a\", Size = 2 }", Two, "b => b.Code == \"a\" && b.Size == 2", "all.Update(1, b => b.Code = \"c\")", "new Book { Id = 1, Code = \"c\", Size = 2 }",
            "namespace Shop; public class Entity { public int Id { get; set; } public int Code; public void Size() { } } [VaultCollection] public partial class Book : Entity { public new string? Code { get; set; } public new int Size { get; set; } }"),

        new("overridden members", "Books", "1", "new Book { Id = 1, Name = \"a\", Kind = 3 }", Two, "b => b.Name == \"a\" && b.Kind == 3", "all.Update(1, b => b.Name = \"c\")", "new Book { Id = 1, Name = \"c\", Kind = 3 }",
            "namespace Shop; public abstract class Entity { public virtual int Id { get; set; } public abstract string? Name { get; set; } public virtual int Kind { get; set; } } public abstract class Middle : Entity { public override int Id { get; set; } } [VaultCollection] public partial class Book : Middle { [Index] public override string? Name { get; set; } public override int Kind { get => base.Kind; } }"),

        new("overridden member that is left out", "Books", "1", "new Book { Id = 1 }", Two, "b => b.Id == 1", "all.Update(1, b => b.Note = \"n\")", "new Book { Id = 1, Note = \"n\" }",
            "namespace Shop; public abstract class Entity { public int Id { get; set; } public virtual object? Extra { get; set; } } [VaultCollection] public partial class Book : Entity { public string? Note { get; set; } [VaultIgnore] public override object? Extra { get; set; } }"),

        new("attributes of the overridden member", "Books", "\"a\"", "new Book { Code = \"a\", Name = \"n\" }", "new Book { Code = \"b\" }", "b => b.Name == \"n\"", "all.Update(\"a\", b => b.Name = \"c\")", "new Book { Code = \"a\", Name = \"c\" }",
            "namespace Shop; public abstract class Entity { [PrimaryKey] public virtual string Code { get; set; } = \"\"; [VaultField(\"title\"), Index] public virtual string? Name { get; set; } } [VaultCollection] public partial class Book : Entity { public override string Code { get; set; } = \"\"; public override string? Name { get; set; } }"),

        new("interfaces, implemented openly, explicitly and by default", "Books", "1", "new Book { Id = 1, Name = \"a\" }", Two, "b => b.Name == \"a\"", "all.Update(1, b => b.Name = \"c\")", "new Book { Id = 1, Name = \"c\" }",
            "namespace Shop; public interface INamed { string? Name { get; } string Code { get; set; } int Length => Name?.Length ?? 0; static abstract int Limit { get; } } [VaultCollection] public partial class Book : INamed { public int Id { get; set; } public string? Name { get; set; } string INamed.Code { get; set; } = \"\"; public static int Limit => 5; }"),

        new("required members of the base class", "Books", "1", "new Book { Id = 1, Name = \"a\" }", "new Book { Id = 2, Name = \"b\" }", "b => b.Name == \"a\"", "all.Update(1, b => b.Size = 5)", "new Book { Id = 1, Name = \"a\", Size = 5 }",
            "namespace Shop; public abstract class Entity { public required int Id { get; init; } public required virtual string Name { get; set; } } [VaultCollection] public partial class Book : Entity { public override required string Name { get; set; } public int Size { get; set; } }"),
    ];
}
