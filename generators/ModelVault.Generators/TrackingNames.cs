namespace ModelVault.Generators;

/// <summary>The names of the pipeline's steps, for the caching tests.</summary>
internal static class TrackingNames
{
    /// <summary>What parsing a <c>[VaultCollection]</c> gives: a model, diagnostics, an identity.</summary>
    public const string ParsedCollections = nameof(ParsedCollections);

    /// <summary>What parsing a <c>[VaultObject]</c> gives.</summary>
    public const string ParsedObjects = nameof(ParsedObjects);

    /// <summary>What parsing a <c>[VaultView]</c> gives.</summary>
    public const string ParsedViews = nameof(ParsedViews);

    /// <summary>The views that have no errors.</summary>
    public const string ViewModels = nameof(ViewModels);

    /// <summary>The models of collections that have no errors.</summary>
    public const string CollectionModels = nameof(CollectionModels);

    /// <summary>The models of objects that have no errors.</summary>
    public const string ObjectModels = nameof(ObjectModels);

    /// <summary>What the pipeline needs to know about the compilation's options.</summary>
    public const string Options = nameof(Options);

    /// <summary>The full names that differ from another's in nothing but case.</summary>
    public const string SameButForCase = nameof(SameButForCase);

    /// <summary>The registry's entries, sorted.</summary>
    public const string Registry = nameof(Registry);

    /// <summary>The located diagnostics of one type.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>The diagnostics that concern several types, or the compilation.</summary>
    public const string Clashes = nameof(Clashes);

    /// <summary>The steps whose values hold locations, and through them syntax trees.</summary>
    public static readonly IReadOnlyList<string> Located = [ParsedCollections, ParsedObjects, ParsedViews, Diagnostics, Clashes];
}
