using Microsoft.CodeAnalysis;

namespace ModelVault.Analyzers.Filters;

/// <summary>The item of a list that the lambda of <c>Any</c> speaks of.</summary>
internal sealed class ListItem(FieldReference list, IParameterSymbol parameter, int number)
{
    /// <summary>The list.</summary>
    public FieldReference List { get; } = list;

    /// <summary>The lambda's parameter.</summary>
    public IParameterSymbol Parameter { get; } = parameter;

    /// <summary>What tells it from items that other conditions are on.</summary>
    public int Number { get; } = number;
}
