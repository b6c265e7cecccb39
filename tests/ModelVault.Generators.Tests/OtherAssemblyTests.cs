using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>Models whose parts come from another assembly.</summary>
public class OtherAssemblyTests
{
    private const string Library = """
        namespace Lib;
        public abstract class Entity<TKey>(TKey id) where TKey : struct
        {
            protected Entity() : this(default) { }
            public TKey Id { get; init; } = id;
            public DateTime CreatedAt { get; private set; } = new(2020, 1, 1);
            public List<string> Log { get; internal set; } = [];
            public void Touch() => CreatedAt = new(2021, 1, 1);
            public string Shown => $"{Id}";
        }
        [VaultObject] public partial record Address(string Street, string? City);
        public readonly record struct CustomerId(Guid Value);
        public enum Level { Low, High }
        """;

    // What an application sees of the models of a class library: public ones, and internal ones that are shown to it.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Models_of_another_assembly_are_used_by_their_accessors(bool isInternal, bool isCSharp14)
    {
        LanguageVersion version = isCSharp14 ? GeneratorHarness.CSharp14 : GeneratorHarness.CSharp13;
        string name = $"Models{Guid.NewGuid():N}";
        MetadataReference library = GeneratorHarness.Library($$"""
            {{(isInternal ? $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App{name}\")]" : "")}}
            namespace Lib;
            [VaultCollection] {{(isInternal ? "internal" : "public")}} partial class Book { public int Id { get; init; } [Unique] public string Title { get; private set; } = ""; public Part? Part { get; set; } public Book Named(string title) { Title = title; return this; } }
            [VaultObject] {{(isInternal ? "internal" : "public")}} partial record Part(int Size);
            """, version, name);

        string books = isCSharp14 ? "db.Books" : "db.Books()", notes = isCSharp14 ? "db.Notes" : "db.Notes()";
        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(GeneratorHarness.Compile(version, library, $$"""
            using Lib;
            [VaultCollection] public partial class Note { public int Id { get; set; } }
            public static class Test
            {
                public static string Run()
                {
                    using var db = VaultDatabase.OpenInMemory();
                    {{books}}.Insert(new Book { Id = 1, Part = new(3) }.Named("a"));
                    {{notes}}.Insert(new Note { Id = 5 });
                    {{books}}.Update(1, b => b.Named("b"));
                    int found = {{books}}.Where(b => b.Part.Size == 3).AllowScan("test").Count() + db.Collection<Book, int>().All().Count();
                    return $"{{{books}}.FindByTitle("b")!.Part} {found} {Book.Schema.Name} {string.Join(",", db.CollectionNames)}";
                }
            }
            """).WithAssemblyName($"App{name}"), version);
        Assert.Empty(run.Diagnostics);
        Assert.Equal("Part { Size = 3 } 2 books books,notes", run.Execute());
    }

    [Fact]
    public void Bases_objects_keys_and_enums_of_another_assembly_are_stored()
    {
        MetadataReference library = GeneratorHarness.Library(Library, GeneratorHarness.CSharp13);

        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(GeneratorHarness.Compile(GeneratorHarness.CSharp13, library, """
            namespace App;
            [VaultCollection] public partial class Customer : Lib.Entity<Lib.CustomerId> { public Lib.Address? Home { get; set; } public Lib.Level Level { get; set; } }
            """, Sources.RoundTrip, """
            public static class Test
            {
                public static string Run()
                {
                    var customer = new App.Customer { Id = new(Guid.Empty), Home = new("s", "Oslo"), Level = Lib.Level.High };
                    customer.Log.Add("x"); customer.Touch();
                    var copy = Records.RoundTrip(customer);
                    using var db = VaultDatabase.OpenInMemory();
                    App.CustomerVaultExtensions.Customers(db).Insert(customer);
                    int found = App.CustomerVaultExtensions.Customers(db).Where(c => c.Home.City == "Oslo").AllowScan("test").Count();
                    return $"{copy.Id == customer.Id} {copy.CreatedAt.Year} {copy.Log[0]} {copy.Home} {copy.Level} {found}";
                }
            }
            """), GeneratorHarness.CSharp13);
        Assert.Empty(run.Diagnostics);
        Assert.Equal("True 2021 x Address { Street = s, City = Oslo } High 1", run.Execute());
    }
}
