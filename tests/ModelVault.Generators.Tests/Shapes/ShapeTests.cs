using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests.Shapes;

/// <summary>Every shape that a model can have: it compiles without a warning, and its records are written, read, queried and changed without losing anything.</summary>
public class ShapeTests
{
    public static IReadOnlyList<Shape> All { get; } = [.. TypeShapes.All, .. MemberShapes.All, .. ConstructionShapes.All, .. InheritanceShapes.All, .. NameShapes.All, .. AssemblyShapes.All];

    public static TheoryData<string> Names => new(All.Where(static s => !s.NeedsCSharp14).Select(static s => s.Name));

    public static TheoryData<string> NamesInCSharp14 => new(All.Where(static s => s.InCSharp14).Select(static s => s.Name));

    [Fact]
    public void The_table_has_its_rows()
    {
        Assert.True(All.Count >= 60, $"{All.Count} shapes");
        Assert.Equal(All.Count, All.Select(static s => s.Name).Distinct().Count());
        Assert.True(All.Count(static s => s.InCSharp14) >= 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shape(string name) => Run(name, GeneratorHarness.CSharp13);

    [Theory]
    [MemberData(nameof(NamesInCSharp14))]
    public void Shape_in_CSharp_14(string name) => Run(name, GeneratorHarness.CSharp14);

    private static void Run(string name, LanguageVersion version)
    {
        Shape shape = All.Single(s => s.Name == name);
        CSharpCompilation compilation = GeneratorHarness.Compile(version, [.. shape.Models, shape.Program(version)]);
        if (shape.Library is { } library) compilation = compilation.AddReferences(GeneratorHarness.Library(library, version));
        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(compilation.WithAssemblyName($"Shape{Guid.NewGuid():N}"), version);
        Assert.True(run.Diagnostics.IsEmpty, string.Join("\n", run.Diagnostics));
        Assert.Equal("ok", run.Execute());
    }
}
