using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Suppressions;

/// <summary>IL2026 on the attributes of stored types is silenced, and nowhere else.</summary>
public sealed class ValidationAttributeTests
{
    [Fact]
    public async Task The_attributes_of_stored_types_are_silent() => Assert.Equal(["MaxLength(5)", "MinLength(1)", "Length(1, 2)", "Compare(\"Title\")", "Range(typeof(decimal), \"1\", \"2\")", "MaxLength(3)"], await FoundAsync("""
        [VaultCollection] public partial class Book { public long Id { get; set; } [MaxLength(5)] public string Title { get; set; } = ""; [MinLength(1), Length(1, 2)] public List<string> Tags { get; set; } = []; [Compare("Title")] public string? Again { get; set; } [Range(typeof(decimal), "1", "2")] public decimal Price { get; set; } = 1; }
        [VaultObject] public partial record Author([property: MaxLength(3)] string Name);
        """, suppressed: true));

    [Fact]
    public async Task Other_types_and_other_attributes_are_not() => Assert.Equal(["MaxLength(5)", "Needy", "Compare(\"Title\")", "MaxLength(9)", "MaxLength(4)"], await FoundAsync("""
        public class Form { [MaxLength(5)] public string Title { get; set; } = ""; }
        public class NeedyAttribute : ValidationAttribute { [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode("x")] public NeedyAttribute() { } }
        [VaultCollection] public partial class Book { public long Id { get; set; } [VaultIgnore, Needy] public string Title { get; set; } = ""; [VaultIgnore, Compare("Title")] public string Again { get; set; } = ""; public class Inner { [MaxLength(9)] public string Name { get; set; } = ""; } }
        [NotOurs.VaultCollection] public class Other { [MaxLength(4)] public string Title { get; set; } = ""; }
        namespace NotOurs { public class VaultCollectionAttribute : System.Attribute; }
        """, suppressed: false));

    private static async Task<string[]> FoundAsync(string source, bool suppressed)
    {
        Compilation compilation = Compilations.Of(("Test.cs", "using System.Collections.Generic; using System.ComponentModel.DataAnnotations; using ModelVault;\n" + source));
        CompilationWithAnalyzersOptions settings = new(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new AttributesThatNeedReflection(), new ValidationAttributeSuppressor()], settings).GetAnalyzerDiagnosticsAsync();
        return [.. found.Where(d => d.Id == "IL2026" && d.IsSuppressed == suppressed).OrderBy(static d => d.Location.SourceSpan).Select(static d => d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan))];
    }

#pragma warning disable RS1036, RS1038, RS1041, RS2008 // an analyzer of this test's own, which no compiler loads
    // Reports what the platform's trim analyzer reports of attributes, where it reports it.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class AttributesThatNeedReflection : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("IL2026", "x", "x", "Trimming", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                static c =>
                {
                    foreach (AttributeData attribute in c.Symbol.GetAttributes())
                        if (attribute.AttributeConstructor!.GetAttributes().Concat(attribute.AttributeClass!.GetAttributes()).Any(static a => a.AttributeClass!.Name == "RequiresUnreferencedCodeAttribute"))
                            c.ReportDiagnostic(Diagnostic.Create(Rule, attribute.ApplicationSyntaxReference!.GetSyntax(c.CancellationToken).GetLocation()));
                },
                SymbolKind.Property);
        }
    }
#pragma warning restore RS1036, RS1038, RS1041, RS2008
}
