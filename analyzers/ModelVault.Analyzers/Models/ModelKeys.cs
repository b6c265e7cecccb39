using Microsoft.CodeAnalysis;
using ModelVault.Analyzers.Filters;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Models;

/// <summary>The primary key and the indexes of a model, told from its attributes; so they are known of models in other assemblies too.</summary>
internal sealed class ModelKeys
{
    private readonly INamedTypeSymbol _model;
    private readonly List<ModelKey> _keys = [];

    private ModelKeys(INamedTypeSymbol model) => _model = model;

    /// <summary>Whether the primary key or an index serves any of the conditions. Alternatives are served where each of them is, together with the conditions beside them.</summary>
    public bool Serve(ConditionGroup group) => Serve(group, []);

    private bool Serve(ConditionGroup group, IReadOnlyList<FilterCondition> outer)
    {
        List<FilterCondition> conditions = [.. group.Conditions, .. outer];
        ConditionShape[] shapes = [.. conditions.Select(static c => c.Shape)];
        return _keys.Exists(key => key.Serves(conditions, shapes)) || group.Alternatives.Exists(sides => sides.All(side => Serve(side, conditions)));
    }

    /// <summary>Reads a model's attributes.</summary>
    public static ModelKeys Of(INamedTypeSymbol model)
    {
        ModelKeys keys = new(model);
        IReadOnlyList<IPropertySymbol> properties = ModelMembers.PropertiesOf(model);
        keys.AddPrimaryKey(properties);
        foreach (IPropertySymbol property in properties)
            foreach (AttributeData attribute in ModelMembers.AttributesOf(property, model).Where(static a => Is(a, "IndexAttribute") || Is(a, "UniqueAttribute")))
                keys._keys.Add(new ModelKey(attribute, [keys.PathOf(property.Name)]));
        foreach (AttributeData attribute in model.GetAttributes().Where(static a => Is(a, "IndexAttribute"))) keys._keys.Add(new ModelKey(attribute, [.. MembersOf(attribute).Select(keys.PathOf)]));
        return keys;
    }

    private void AddPrimaryKey(IReadOnlyList<IPropertySymbol> properties)
    {
        if (_model.GetAttributes().FirstOrDefault(static a => Is(a, "PrimaryKeyAttribute")) is { } onType) _keys.Add(new ModelKey(MembersOf(onType)));
        else if (properties.FirstOrDefault(p => ModelMembers.AttributesOf(p, _model).Any(MarksKey)) is { } marked) _keys.Add(new ModelKey([marked.Name]));
        else _keys.Add(new ModelKey(["Id"]));
    }

    // A list that is named itself stands for its elements.
    private string PathOf(string name) =>
        !name.EndsWith("[]", StringComparison.Ordinal) && ModelMembers.FindPath(_model, name) is { } property && ModelMembers.IsList(property.Type) ? $"{name}[]" : name;

    private static bool MarksKey(AttributeData attribute) =>
        Is(attribute, "PrimaryKeyAttribute") || (attribute.AttributeClass?.ToDisplayString() == "System.ComponentModel.DataAnnotations.KeyAttribute");

    private static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace is { Name: "ModelVault", ContainingNamespace.IsGlobalNamespace: true };

    private static string[] MembersOf(AttributeData attribute) => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Kind == TypedConstantKind.Array
        ? [.. attribute.ConstructorArguments[0].Values.Select(static v => v.Value as string ?? "")]
        : [];
}
