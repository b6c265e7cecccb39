using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>A member to store, with the attributes of the property and of the constructor parameter that stands for it.</summary>
internal sealed record Member(IPropertySymbol Property, ImmutableArray<AttributeData> Attributes)
{
    /// <summary>The member's name.</summary>
    public string Name => Property.Name;

    /// <summary>Where it is named in source, or null.</summary>
    public Location? Location => Property.SourceLocation();

    /// <summary>Where an attribute stands; at the member where that is not in source.</summary>
    public Location? LocationOf(AttributeData attribute, CancellationToken cancellationToken) => attribute.SourceLocation(cancellationToken) ?? Location;

    /// <summary>Whether it carries the attribute of ModelVault's.</summary>
    public bool Has(string attribute) => Attributes.Find(SymbolExtensions.ModelVault, attribute) is not null;
}
