using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelVault.Analyzers.Models;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.CodeFixes.Declarations;

/// <summary>MV0004: marks a property as the primary key; offers every property that could be one, the likeliest first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPrimaryKeyFix)), Shared]
public sealed class AddPrimaryKeyFix : SourceFixProvider
{
    /// <summary>What "fix all" takes together: of each type the likeliest property.</summary>
    public const string EquivalenceKey = "ModelVault.AddPrimaryKey";

    private static readonly string[] KeyEndings = ["Id", "Key", "Code", "Number", "Name"];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.NoKey];

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        TypeDeclarationSyntax? declaration = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (declaration is null || semantics?.GetDeclaredSymbol(declaration, cancellationToken) is not { } model) return [];

        List<SourceFix> fixes = [];
        foreach (IPropertySymbol property in ModelMembers.PropertiesOf(model).Where(CanBeKey).OrderBy(p => Rank(p, model)))
        {
            IReadOnlyList<(DocumentId, TextChange)> changes = await AttributeInsertion
                .AddAsync(document.Project.Solution, property, "PrimaryKey", "", cancellationToken).ConfigureAwait(false);
            string key = fixes.Count == 0 ? EquivalenceKey : $"{EquivalenceKey}.{property.Name}";
            if (changes.Count > 0) fixes.Add(new SourceFix($"Add [PrimaryKey] to '{property.Name}'", key, changes));
        }

        return fixes;
    }

    private static bool CanBeKey(IPropertySymbol property) =>
        property is { DeclaredAccessibility: Accessibility.Public, GetMethod: not null, NullableAnnotation: not NullableAnnotation.Annotated } && IsScalar(property.Type);

    private static bool IsScalar(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Char or SpecialType.System_DateTime } => true,
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => true,
        { TypeKind: TypeKind.Enum } => true,
        { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => type.Name is "Guid" or "Int128" or "UInt128" or "DateOnly" or "DateTimeOffset",
        INamedTypeSymbol { IsRecord: true, IsReadOnly: true } wrapper => IsWrapper(wrapper),
        _ => false,
    };

    // A readonly record struct of one scalar is a strongly typed key.
    private static bool IsWrapper(INamedTypeSymbol type)
    {
        List<IPropertySymbol> properties = [.. type.GetMembers().OfType<IPropertySymbol>().Where(static p => !p.IsStatic)];
        return properties.Count == 1 && IsScalar(properties[0].Type);
    }

    // BookId before OtherId before the rest; then as declared.
    private static int Rank(IPropertySymbol property, INamedTypeSymbol model)
    {
        int ending = Array.FindIndex(KeyEndings, e => property.Name.EndsWith(e, StringComparison.Ordinal));
        bool namesModel = ending >= 0 && property.Name == model.Name + KeyEndings[ending];
        return namesModel ? -1 : ending >= 0 ? ending : KeyEndings.Length;
    }
}
