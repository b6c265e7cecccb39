using Microsoft.CodeAnalysis;

namespace ModelVault.Analyzers.Models;

/// <summary>The properties of a model, its own and inherited, with their attributes.</summary>
internal static class ModelMembers
{
    /// <summary>The most derived property of each name, base class first.</summary>
    public static IReadOnlyList<IPropertySymbol> PropertiesOf(INamedTypeSymbol model)
    {
        List<IPropertySymbol> properties = [];
        foreach (IPropertySymbol property in Lineage(model).SelectMany(static t => t.GetMembers()).OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsIndexer) continue;
            int known = properties.FindIndex(p => p.Name == property.Name);
            if (known >= 0) properties[known] = property;
            else properties.Add(property);
        }

        return properties;
    }

    /// <summary>The property of a name, or null.</summary>
    public static IPropertySymbol? Find(INamedTypeSymbol model, string name) => PropertiesOf(model).FirstOrDefault(p => p.Name == name);

    /// <summary>The property at the end of a dotted path, or null.</summary>
    public static IPropertySymbol? FindPath(INamedTypeSymbol model, string path)
    {
        IPropertySymbol? property = null;
        INamedTypeSymbol? owner = model;
        foreach (string name in path.Split('.'))
        {
            if (owner is null || (property = Find(owner, name)) is null) return null;
            owner = ObjectType(property.Type);
        }

        return property;
    }

    /// <summary>Whether a type is stored as a list or set.</summary>
    public static bool IsList(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.SpecialType != SpecialType.System_Byte,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => IsList(nullable.TypeArguments[0]),
        { SpecialType: SpecialType.System_String } => false,
        _ => IsSequence(type) || type.AllInterfaces.Any(IsSequence),
    };

    private static bool IsSequence(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;

    /// <summary>A property's attributes, those of what it overrides, and those of the constructor parameter that stands for it.</summary>
    public static IEnumerable<AttributeData> AttributesOf(IPropertySymbol property, INamedTypeSymbol model)
    {
        IEnumerable<AttributeData> attributes = property.GetAttributes();
        for (IPropertySymbol? p = property.OverriddenProperty; p is not null; p = p.OverriddenProperty) attributes = attributes.Concat(p.GetAttributes());
        return attributes.Concat(model.InstanceConstructors.SelectMany(static c => c.Parameters).Where(p => StandsFor(p, property)).SelectMany(static p => p.GetAttributes()));
    }

    private static bool StandsFor(IParameterSymbol parameter, IPropertySymbol property) =>
        string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type);

    private static INamedTypeSymbol? ObjectType(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] as INamedTypeSymbol : type as INamedTypeSymbol;

    private static Stack<INamedTypeSymbol> Lineage(INamedTypeSymbol type)
    {
        Stack<INamedTypeSymbol> lineage = new();
        for (INamedTypeSymbol? t = type; t is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; t = t.BaseType) lineage.Push(t);
        return lineage;
    }
}
