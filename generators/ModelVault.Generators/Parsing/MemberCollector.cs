using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds the members of a type that are stored: its public properties and those it inherits, base class first.</summary>
internal static class MemberCollector
{
    private static readonly string[] StoringAttributes = ["PrimaryKeyAttribute", "IndexAttribute", "UniqueAttribute", "VaultFieldAttribute", "CreatedAtAttribute", "UpdatedAtAttribute", "ConcurrencyTokenAttribute"];

    /// <summary>The members to store.</summary>
    public static IReadOnlyList<Member> Collect(ParseContext context)
    {
        List<Member> members = [];
        foreach (IPropertySymbol property in Properties(context.Type))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            Member member = new(property, AttributesOf(property, context.Type));
            if (!IsIgnored(member) && IsStored(member, context)) members.Add(member);
        }

        return members;
    }

    // The most derived property of each name, at the place of the first.
    private static List<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        List<IPropertySymbol> properties = [];
        foreach (IPropertySymbol property in type.Lineage().SelectMany(static t => t.GetMembers()).OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsIndexer || property.ExplicitInterfaceImplementations.Length > 0 || property.IsImplicitlyDeclared && property.Name == "EqualityContract") continue;
            int known = properties.FindIndex(p => p.Name == property.Name);
            if (known >= 0) properties[known] = property;
            else properties.Add(property);
        }

        return properties;
    }

    // A positional parameter's attributes stay on the parameter unless they are targeted at the property.
    private static ImmutableArray<AttributeData> AttributesOf(IPropertySymbol property, INamedTypeSymbol type)
    {
        ImmutableArray<AttributeData> attributes = property.GetAttributes();
        for (IPropertySymbol? p = property.OverriddenProperty; p is not null; p = p.OverriddenProperty) attributes = WithMissing(attributes, p.GetAttributes());
        foreach (IMethodSymbol constructor in type.InstanceConstructors)
            foreach (IParameterSymbol parameter in constructor.Parameters)
                if (Constructors.Matches(parameter, property)) attributes = WithMissing(attributes, parameter.GetAttributes());
        return attributes;
    }

    private static ImmutableArray<AttributeData> WithMissing(ImmutableArray<AttributeData> attributes, ImmutableArray<AttributeData> more) => more.IsEmpty
        ? attributes
        : attributes.AddRange(more.Where(m => !attributes.Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, m.AttributeClass))));

    private static bool IsIgnored(Member member) => IsLeftOut(member.Attributes);

    /// <summary>Whether a member with these attributes is not stored.</summary>
    public static bool IsLeftOut(ImmutableArray<AttributeData> attributes) =>
        attributes.Find(SymbolExtensions.ModelVault, "VaultIgnoreAttribute") is not null || attributes.Find(SymbolExtensions.DataAnnotations + ".Schema", "NotMappedAttribute") is not null;

    private static bool IsStored(Member member, ParseContext context)
    {
        bool isAsked = StoringAttributes.Any(member.Has);
        if (member.Property is not { DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public })
        {
            if (isAsked) ReportNotWritable(member, context, "only public properties with a getter are stored");
            return false;
        }

        if (HasSetter(member.Property) || IsAutoProperty(member.Property) || IsPassedToConstructor(member.Property, context.Type)) return true;
        if (isAsked) ReportNotWritable(member, context, "it is computed");
        return false;
    }

    private static void ReportNotWritable(Member member, ParseContext context, string why) =>
        context.Report(Rules.NotWritable, member.Location, context.Type.Name, member.Name, why);

    private static bool HasSetter(IPropertySymbol property) => Constructors.SetterOf(property) is not null;

    /// <summary>Whether the property has a field of the compiler's behind it.</summary>
    public static bool IsAutoProperty(IPropertySymbol property) => IsFromMetadata(property)
        ? property.OriginalDefinition.GetMethod!.GetAttributes().Find("System.Runtime.CompilerServices", "CompilerGeneratedAttribute") is not null
        : property.ContainingType.OriginalDefinition.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property.OriginalDefinition));

    /// <summary>Whether the property is another assembly's, of which only what is public or protected can be seen.</summary>
    public static bool IsFromMetadata(IPropertySymbol property) => property.SourceLocation() is null;

    // Of a base class in another assembly only the constructor can tell that a property without a setter is not computed.
    private static bool IsPassedToConstructor(IPropertySymbol property, INamedTypeSymbol type) =>
        IsFromMetadata(property) && type.InstanceConstructors.Any(c => c.Parameters.Any(p => Constructors.Matches(p, property)));
}
