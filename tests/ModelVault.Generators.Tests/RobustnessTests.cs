using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;
using ModelVault.Generators.Parsing;
using ModelVault.Generators.Text;
using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>What must hold whatever the machine, the names and the generator's own defects.</summary>
public class RobustnessTests
{
    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    public void The_culture_makes_no_difference(string culture)
    {
        const string Source = """
            [VaultCollection] public partial class Item
            {
                public int Id { get; set; }
                [Range(-5, 5)] public int Negative { get; set; }
                [Range(-1.5, 2.5)] public double Fraction { get; set; }
                [Range(typeof(decimal), "-0.5", "1.5")] public decimal Price { get; set; }
                [Range(typeof(DateTime), "2020-01-02T03:04:05Z", "2021-01-02")] public DateTime At { get; set; }
                [AllowedValues(-1, 2)] public long Allowed { get; set; }
                public Sign Sign { get; set; }
            }
            public enum Sign { Minus = -1, Plus = 1 }
            """;
        CultureInfo before = CultureInfo.CurrentCulture;
        IReadOnlyDictionary<string, string> invariant = GeneratorHarness.Run(Source).Files;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(invariant, GeneratorHarness.Run(Source).Files);
            Assert.Equal("id_items", StoredNames.Collection("IDItem"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_defect_of_the_generator_costs_one_type_its_code_and_is_said()
    {
        VaultGenerator generator = new((type, kind, compilation, ct) =>
            type.Name == "Broken" ? throw new InvalidOperationException("oh no") : ModelParser.ParseCollection(type, compilation, ct));
        GeneratorDriver driver = GeneratorHarness.Driver(GeneratorHarness.CSharp13, generator: generator).RunGenerators(GeneratorHarness.Compile(
            GeneratorHarness.CSharp13, "[VaultCollection] public partial class Broken { public int Id { get; set; } } [VaultCollection] public partial class Fine { public int Id { get; set; } }"));
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Equal("MV0999: No code was generated for 'Broken', because the generator failed: InvalidOperationException: oh no", result.Diagnostics.Select(static d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}").Single());
        Assert.Contains(result.GeneratedSources, static s => s.HintName == "Fine.g.cs");
    }

    [Fact]
    public void Types_whose_names_differ_in_case_alone_get_files_of_their_own() =>
        Assert.Equal(3, GeneratorHarness.Run("[VaultCollection(\"a\", Accessor = \"A1\")] public partial class Item { public int Id { get; set; } } [VaultCollection(\"b\", Accessor = \"B1\")] public partial class ITEM { public int Id { get; set; } }").Files.Count);

    [Fact]
    public void A_long_name_is_cut_and_stays_unique()
    {
        string first = HintNames.For(new string('A', 300) + ".Book", false), second = HintNames.For(new string('B', 300) + new string('A', 200) + ".Book", false);
        Assert.NotEqual(first, second);
        Assert.InRange(first.Length, 50, 120);
    }

    [Fact]
    public void The_attributes_count_on_every_part_of_the_type() => GeneratorHarness.Run(
        "[VaultCollection] public partial class Book { public int Id { get; set; } }", "public partial class Book { [Index] public int Year { get; set; } }",
        "public class Use { public object Find(VaultDatabase db) => db.Books().FindByYear(1).ToList(); }");

    [Fact]
    public void Code_without_nullable_annotations_is_generated_too() => GeneratorHarness.Run(
        "#nullable disable\n[VaultCollection] public partial class Book { public int Id { get; set; } public string Title { get; set; } public List<string> Tags { get; set; } public Part Part { get; set; } }\n[VaultObject] public partial class Part { public string Name { get; set; } }");

    [Fact]
    public void Every_pipeline_model_is_a_sealed_record_of_equatable_parts()
    {
        HashSet<Type> seen = [];
        Queue<Type> open = new([typeof(TypeModel), typeof(GeneratorOptions), typeof(RegistryEntry)]);
        while (open.TryDequeue(out Type? type))
        {
            if (!seen.Add(type) || type.IsEnum || type.IsPrimitive || type == typeof(string)) continue;
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
            {
                open.Enqueue(type.GetGenericArguments()[0]);
                continue;
            }

            Assert.True(type is { IsSealed: true } && type.GetMethod("<Clone>$") is not null, $"{type.Name} is no sealed record.");
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)) open.Enqueue(field.FieldType);
        }

        Assert.Contains(typeof(ValueModel), seen);
    }
}
