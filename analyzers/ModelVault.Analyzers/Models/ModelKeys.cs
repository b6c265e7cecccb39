using Microsoft.CodeAnalysis;
using ModelVault.Analyzers.Filters;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Models;

/// <summary>The primary key and the indexes of a model, told from its attributes; so they are known of models in other assemblies too.</summary>
internal sealed class ModelKeys
{
    private readonly List<ModelKey> _keys = [];

    private ModelKeys()
    {
    }

    /// <summary>Whether the primary key or an index serves any of the conditions. Alternatives are served where each of them is, together with the conditions beside them.</summary>
    public bool Serve(ConditionGroup group) => Serve(group, []);

    private bool Serve(ConditionGroup group, IEnumerable<ConditionShape> outer)
    {
        ConditionShape[] conditions = [.. group.Conditions.Select(static c => c.Shape), .. outer];
        return _keys.Exists(key => key.Serves(conditions)) || group.Alternatives.Exists(sides => sides.All(side => Serve(side, conditions)));
    }

    /// <summary>Reads a model's attributes.</summary>
    public static ModelKeys Of(INamedTypeSymbol model)
    {
        ModelKeys keys = new();
        IReadOnlyList<IPropertySymbol> properties = ModelMembers.PropertiesOf(model);
        keys.AddPrimaryKey(model, properties);
        foreach (IPropertySymbol property in properties)
            foreach (AttributeData attribute in ModelMembers.AttributesOf(property, model).Where(static a => Is(a, "IndexAttribute") || Is(a, "UniqueAttribute")))
                keys._keys.Add(new ModelKey(attribute, model, [property.Name]));
        foreach (AttributeData attribute in model.GetAttributes().Where(static a => Is(a, "IndexAttribute"))) keys._keys.Add(new ModelKey(attribute, model, MembersOf(attribute)));
        return keys;
    }

    private void AddPrimaryKey(INamedTypeSymbol model, IReadOnlyList<IPropertySymbol> properties)
    {
        if (model.GetAttributes().FirstOrDefault(static a => Is(a, "PrimaryKeyAttribute")) is { } onType) _keys.Add(new ModelKey([.. MembersOf(onType).Select(static m => new KeyPart(m))]));
        else if (properties.FirstOrDefault(p => ModelMembers.AttributesOf(p, model).Any(MarksKey)) is { } marked) _keys.Add(new ModelKey([new KeyPart(marked.Name)]));
        else _keys.Add(new ModelKey([new KeyPart("Id")]));
    }

    private static bool MarksKey(AttributeData attribute) =>
        Is(attribute, "PrimaryKeyAttribute") || (attribute.AttributeClass?.ToDisplayString() == "System.ComponentModel.DataAnnotations.KeyAttribute");

    private static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace is { Name: "ModelVault", ContainingNamespace.IsGlobalNamespace: true };

    private static string[] MembersOf(AttributeData attribute) => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Kind == TypedConstantKind.Array
        ? [.. attribute.ConstructorArguments[0].Values.Select(static v => v.Value as string ?? "")]
        : [];
}
