using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Emitting;
using ModelVault.Generators.Models;
using ModelVault.Generators.Parsing;
using ModelVault.Generators.Text;

namespace ModelVault.Generators;

/// <summary>
/// Generates the code of <c>[VaultCollection]</c> and <c>[VaultObject]</c> types. Each is parsed once into an equatable model
/// and its diagnostics; files are printed from models alone, so an edit that leaves a model equal emits nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class VaultGenerator : IIncrementalGenerator
{
    private readonly Func<INamedTypeSymbol, AnnotatedKind, Compilation, CancellationToken, ParseResult> _parse;

    /// <summary>Made by the compiler.</summary>
    public VaultGenerator()
        : this(static (type, kind, compilation, ct) => kind switch
        {
            AnnotatedKind.Collection => ModelParser.ParseCollection(type, compilation, ct),
            AnnotatedKind.Object => ModelParser.ParseObject(type, compilation, ct),
            _ => ViewParser.Parse(type, compilation, ct),
        })
    {
    }

    /// <summary>Made by tests, with a parser of theirs.</summary>
    internal VaultGenerator(Func<INamedTypeSymbol, AnnotatedKind, Compilation, CancellationToken, ParseResult> parse) => _parse = parse;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<GeneratorOptions> options = Options(context);
        IncrementalValuesProvider<ParseResult> collections = Parse(context, "ModelVault.VaultCollectionAttribute", AnnotatedKind.Collection, TrackingNames.ParsedCollections);
        IncrementalValuesProvider<ParseResult> objects = Parse(context, "ModelVault.VaultObjectAttribute", AnnotatedKind.Object, TrackingNames.ParsedObjects);
        IncrementalValuesProvider<ParseResult> views = Parse(context, "ModelVault.VaultViewAttribute", AnnotatedKind.View, TrackingNames.ParsedViews);

        RegisterModels(context, options, collections, objects, views);
        RegisterDiagnostics(context, collections);
        RegisterDiagnostics(context, objects);
        RegisterDiagnostics(context, views);
        RegisterClashes(context, options, collections);
    }

    private static IncrementalValueProvider<GeneratorOptions> Options(IncrementalGeneratorInitializationContext context) =>
        context.ParseOptionsProvider.Combine(context.AnalyzerConfigOptionsProvider).Select(static (pair, _) =>
        {
            pair.Right.GlobalOptions.TryGetValue("build_property.ModelVaultAccessor", out string? accessor);
            return new GeneratorOptions((int)((CSharpParseOptions)pair.Left).LanguageVersion, string.Equals(accessor?.Trim(), "method", StringComparison.OrdinalIgnoreCase));
        }).WithTrackingName(TrackingNames.Options);

    private IncrementalValuesProvider<ParseResult> Parse(IncrementalGeneratorInitializationContext context, string attribute, AnnotatedKind kind, string trackingName) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (_, _) => true, (c, ct) => ParseGuarded(c, kind, ct)).WithTrackingName(trackingName);

    // A defect here must not take the other models' code with it.
    private ParseResult ParseGuarded(GeneratorAttributeSyntaxContext context, AnnotatedKind kind, CancellationToken cancellationToken)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.TargetSymbol;
        if (!IsFirstOfParts(context)) return ParseResult.Failed([]);
        try
        {
            return _parse(type, kind, context.SemanticModel.Compilation, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return ParseResult.Failed([LocatedDiagnostic.Of(Rules.InternalFailure, type.SourceLocation() ?? Location.None, type.Name, $"{e.GetType().Name}: {e.Message}")]);
        }
    }

    // Each attributed part of a type comes by itself. More than one is the compiler's error, but must not emit a file twice.
    private static bool IsFirstOfParts(GeneratorAttributeSyntaxContext context)
    {
        INamedTypeSymbol attribute = context.Attributes[0].AttributeClass!;
        SyntaxReference? first = context.TargetSymbol.GetAttributes().First(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute)).ApplicationSyntaxReference;
        return first is null || (first.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(first.Span));
    }

    private static void RegisterModels(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<GeneratorOptions> options,
        IncrementalValuesProvider<ParseResult> collections, IncrementalValuesProvider<ParseResult> objects, IncrementalValuesProvider<ParseResult> views)
    {
        IncrementalValuesProvider<TypeModel> collectionModels = Models(collections).WithTrackingName(TrackingNames.CollectionModels);
        IncrementalValuesProvider<TypeModel> objectModels = Models(objects).WithTrackingName(TrackingNames.ObjectModels);
        IncrementalValuesProvider<ViewModel> viewModels = views.Where(static r => r.View is not null).Select(static (r, _) => r.View!).WithTrackingName(TrackingNames.ViewModels);
        IncrementalValueProvider<EquatableArray<string>> sameButForCase = collectionModels.Select(static (m, _) => m.Name.Path).Collect()
            .Combine(objectModels.Select(static (m, _) => m.Name.Path).Collect())
            .Combine(viewModels.Select(static (v, _) => v.Type.Name.Path).Collect())
            .Select(static (paths, _) => paths.Left.Left.AddRange(paths.Left.Right).AddRange(paths.Right).GroupBy(static p => p, StringComparer.OrdinalIgnoreCase)
                .Where(static g => g.Count() > 1).SelectMany(static g => g).OrderBy(static p => p, StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(TrackingNames.SameButForCase);
        IncrementalValueProvider<(GeneratorOptions, EquatableArray<string>)> facts = options.Combine(sameButForCase);

        context.RegisterSourceOutput(collectionModels.Combine(facts), static (c, pair) => Emit(c, pair.Left.Name, o => ModelEmitter.Emit(pair.Left, o), pair.Right.Item1, pair.Right.Item2));
        context.RegisterSourceOutput(objectModels.Combine(facts), static (c, pair) => Emit(c, pair.Left.Name, o => ModelEmitter.Emit(pair.Left, o), pair.Right.Item1, pair.Right.Item2));
        context.RegisterSourceOutput(viewModels.Combine(facts), static (c, pair) => Emit(c, pair.Left.Type.Name, _ => ViewEmitter.Emit(pair.Left), pair.Right.Item1, pair.Right.Item2));

        IncrementalValueProvider<EquatableArray<RegistryEntry>> registry = collectionModels
            .Select(static (m, _) => new RegistryEntry(m.Collection!.StoredName, AccessorEmitter.CollectionType(m.Name))).Collect()
            .Select(static (entries, _) => entries.OrderBy(static e => e.StoredName, StringComparer.Ordinal).ThenBy(static e => e.CollectionType, StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(TrackingNames.Registry);
        context.RegisterSourceOutput(registry.Combine(options), static (c, pair) =>
        {
            if (pair.Left.Count > 0 && pair.Right.IsLanguageSupported) c.AddSource(RegistryEmitter.HintName, RegistryEmitter.Emit(pair.Left));
        });
    }

    private static IncrementalValuesProvider<TypeModel> Models(IncrementalValuesProvider<ParseResult> parsed) =>
        parsed.Where(static r => r.Model is not null).Select(static (r, _) => r.Model!);

    private static void Emit(SourceProductionContext context, TypeName name, Func<GeneratorOptions, string> emit, GeneratorOptions options, EquatableArray<string> sameButForCase)
    {
        if (!options.IsLanguageSupported) return;
        try
        {
            string hint = HintNames.For(name.Path, isAmbiguous: sameButForCase.Contains(name.Path));
            context.AddSource(hint, emit(options));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.InternalFailure, Location.None, name.Simple, $"{e.GetType().Name}: {e.Message}"));
        }
    }

    private static void RegisterDiagnostics(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ParseResult> parsed)
    {
        IncrementalValuesProvider<EquatableArray<LocatedDiagnostic>> diagnostics = parsed
            .Where(static r => r.Diagnostics.Count > 0).Select(static (r, _) => r.Diagnostics).WithTrackingName(TrackingNames.Diagnostics);
        context.RegisterSourceOutput(diagnostics, static (c, found) =>
        {
            foreach (LocatedDiagnostic diagnostic in found) c.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
    }

    private static void RegisterClashes(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<GeneratorOptions> options, IncrementalValuesProvider<ParseResult> collections)
    {
        IncrementalValueProvider<EquatableArray<LocatedDiagnostic>> clashes = collections
            .Where(static r => r.Identity is not null).Select(static (r, _) => r.Identity!).Collect().Combine(options)
            .Select(static (pair, _) => CollectionClashes.Find(pair.Left, pair.Right).ToEquatableArray()).WithTrackingName(TrackingNames.Clashes);
        context.RegisterSourceOutput(clashes, static (c, found) =>
        {
            foreach (LocatedDiagnostic diagnostic in found) c.ReportDiagnostic(diagnostic.ToDiagnostic());
        });
    }
}
