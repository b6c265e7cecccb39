using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelVault.Analyzers.Queries;

namespace ModelVault.Analyzers.Filters;

/// <summary>A place in a filter that names a stored field: <c>b.Year</c>, <c>b.Publisher.City</c>, <c>Book.Fields.Year</c>.</summary>
internal sealed class FieldReference
{
    private static readonly string[] ScalarFields =
    [
        "OrderedField", "NullableOrderedField", "StringField", "NullableStringField",
        "BoolField", "NullableBoolField", "EqualityField", "NullableEqualityField",
        "NullableReferenceField", "NullableOrderedReferenceField",
    ];

    private FieldReference(IOperation operation, IReadOnlyList<string> members, string path, SyntaxNode? place = null)
    {
        Operation = operation;
        Place = place ?? operation.Syntax;
        Members = members;
        Path = path;
    }

    /// <summary>The expression.</summary>
    public IOperation Operation { get; }

    /// <summary>Where it stands, or, of a list's item, the list.</summary>
    public SyntaxNode Place { get; }

    /// <summary>The names of the members on the way, from the model on.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>The names, dotted; where a list's item is meant, its name ends in <c>[]</c>.</summary>
    public string Path { get; }

    /// <summary>Whether the field holds a single value, which an index can cover.</summary>
    public bool IsScalar => Operation.Type is { } type && ScalarFields.Contains(type.Name);

    /// <summary>Whether it is a string.</summary>
    public bool IsText => Operation.Type is { Name: "StringField" or "NullableStringField" };

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Operation.Type is { Name: "ListField" };

    /// <summary>The list's items as a field.</summary>
    public FieldReference Items => new(Operation, Members, $"{Path}[]");

    /// <summary>Reads an expression as a field of the model. Null if it is something else.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="types">The library's types.</param>
    /// <param name="model">The model.</param>
    /// <param name="item">The list item that a condition is on; null outside of lists.</param>
    public static FieldReference? TryRead(IOperation expression, QueryTypes types, INamedTypeSymbol model, ListItem? item = null)
    {
        IOperation field = BehindValue(expression.Unwrap());
        List<string> members = [];
        IOperation current = field;
        while (current is IPropertyReferenceOperation { Instance: { } owner } property && IsMember(property.Property, types))
        {
            members.Insert(0, property.Property.Name);
            current = owner.Unwrap();
        }

        if (item is not null && current is IParameterReferenceOperation { Parameter: { } parameter } && SymbolEqualityComparer.Default.Equals(parameter, item.Parameter))
            return new FieldReference(field, [.. item.List.Members, .. members], string.Join(".", [item.List.Items.Path, .. members]), item.List.Place);
        return members.Count > 0 && IsFieldsOf(current, types, model) ? new FieldReference(field, members, string.Join(".", members)) : null;
    }

    /// <summary>Whether an expression starts at the model's fields, whatever it goes on with: lengths, entries, items.</summary>
    public static bool StartsAtFields(IOperation expression, QueryTypes types, INamedTypeSymbol model)
    {
        IOperation? current = expression.Unwrap();
        while (current is not null && !IsFieldsOf(current, types, model))
        {
            current = current switch
            {
                IPropertyReferenceOperation property => property.Instance?.Unwrap(),
                IInvocationOperation call when types.IsLibraryType(call.TargetMethod.ContainingType) => call.Instance?.Unwrap(),
                _ => null,
            };
        }

        return current is not null;
    }

    // The value behind a null is the same stored field.
    private static IOperation BehindValue(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.Name: "NullableOrderedField" or "NullableOrderedReferenceField" }, Instance: { } nullable } ? nullable.Unwrap() : operation;

    // Beside its members a fields struct has conditions on the object as a whole: IsNull.
    private static bool IsMember(IPropertySymbol property, QueryTypes types) => types.MembersBehind(property.ContainingType) is not null && property.Type.Name != "VaultFilter";

    private static bool IsFieldsOf(IOperation operation, QueryTypes types, INamedTypeSymbol model) =>
        operation is IParameterReferenceOperation or ILocalReferenceOperation or IPropertyReferenceOperation { Instance: null }
        && SymbolEqualityComparer.Default.Equals(types.MembersBehind(operation.Type), model);
}
