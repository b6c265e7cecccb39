using System.Reflection;
using Microsoft.CodeAnalysis;
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

    [Fact]
    public void Bases_objects_keys_and_enums_of_another_assembly_are_stored()
    {
        GeneratorRun library = GeneratorHarness.RunWithDiagnostics(GeneratorHarness.Compile(GeneratorHarness.CSharp13, Library).WithAssemblyName("Lib"), GeneratorHarness.CSharp13);
        using MemoryStream image = new();
        Assert.True(library.Output.Emit(image).Success);
        Assembly loaded = Assembly.Load(image.ToArray());
        AppDomain.CurrentDomain.AssemblyResolve += (_, e) => e.Name == loaded.FullName ? loaded : null;

        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(GeneratorHarness.Compile(GeneratorHarness.CSharp13, MetadataReference.CreateFromImage(image.ToArray()), """
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
