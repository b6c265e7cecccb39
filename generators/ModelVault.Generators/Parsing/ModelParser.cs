using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses an annotated type into its model and diagnostics. The generator and the analyzers share it.</summary>
internal static class ModelParser
{
    /// <summary>Parses a <c>[VaultCollection]</c>.</summary>
    public static ParseResult ParseCollection(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        ParseContext context = new(type, compilation, null, cancellationToken);
        TypeShape.Check(context, isCollection: true);
        if (context.HasErrors) return ParseResult.Failed(context.Diagnostics);

        IReadOnlyList<ParsedField> fields = FieldParser.Parse(context);
        ObjectChecksModel? checks = TypeConstraints.Parse(context);
        IReadOnlyList<FieldModel> key = KeyParser.Parse(context, fields);
        IReadOnlyList<IndexModel> indexes = new IndexParser(context, fields).Parse(key);
        CollectionModel collection = new(StoredNameOf(context), AccessorOf(type), key.ToEquatableArray(), indexes.ToEquatableArray());
        ClashFinder.CheckCollection(context, fields, collection);

        Constructors constructors = new(context, fields);
        ConstructionModel? construction = constructors.Parse();
        CollectionIdentity identity = new(collection.StoredName, collection.Accessor, type.ContainingNamespace.ToDisplayString(), type.Name, context.TypeLocation);
        TypeModel? model = context.HasErrors ? null : new TypeModel(TypeShape.NameOf(type), Models(context, fields, constructors), construction!, collection) { Checks = checks, Suppressed = RepeatedDiagnostics.Of(context, fields).ToEquatableArray() };
        return new ParseResult(model, context.Diagnostics.ToEquatableArray(), identity);
    }

    /// <summary>Parses a <c>[VaultObject]</c>.</summary>
    public static ParseResult ParseObject(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        ParseContext context = new(type, compilation, null, cancellationToken);
        if (type.IsVaultCollection()) return ParseResult.Failed([]);
        TypeModel? model = ParseObject(context);
        return new ParseResult(model, context.Diagnostics.ToEquatableArray(), null);
    }

    /// <summary>Parses a <c>[VaultObject]</c> in a context. Null if it, or a type that it holds, has errors.</summary>
    public static TypeModel? ParseObject(ParseContext context)
    {
        TypeShape.Check(context, isCollection: false);
        if (context.HasErrors) return null;

        IReadOnlyList<ParsedField> fields = FieldParser.Parse(context);
        ObjectChecksModel? checks = TypeConstraints.Parse(context);
        ClashFinder.CheckObject(context, fields);
        Constructors constructors = new(context, fields);
        ConstructionModel? construction = constructors.Parse();
        return context.HasErrors ? null : new TypeModel(TypeShape.NameOf(context.Type), Models(context, fields, constructors), construction!, null) { Checks = checks, Suppressed = RepeatedDiagnostics.Of(context, fields).ToEquatableArray() };
    }

    private static EquatableArray<FieldModel> Models(ParseContext context, IReadOnlyList<ParsedField> fields, Constructors constructors)
    {
        DefaultParser defaults = new(context, constructors.Chosen!);
        return fields.Select(f => f.Model with { Default = defaults.Parse(f) }).ToEquatableArray();
    }

    private static string StoredNameOf(ParseContext context)
    {
        AttributeData? attribute = context.Type.GetAttributes().Find(SymbolExtensions.ModelVault, "VaultCollectionAttribute");
        if (attribute?.Argument(0)?.Value is not string given) return StoredNames.Collection(context.Type.Name);
        string name = given.Trim();
        if (name.Length == 0) context.Report(Rules.NameClash, attribute!.SourceLocation(context.CancellationToken), $"The stored name of '{context.Type.Name}' is empty");
        return name;
    }

    private static string AccessorOf(INamedTypeSymbol type) =>
        type.GetAttributes().Find(SymbolExtensions.ModelVault, "VaultCollectionAttribute")?.Named<string>("Accessor") ?? StoredNames.Accessor(type.Name);
}
