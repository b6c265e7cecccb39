namespace ModelVault;

/// <summary>The file's schema of a collection without a model is another than the one that was read before. Never reaches a caller of the library.</summary>
internal sealed class StaleSchemaException(string collection)
    : Exception($"The schema of '{collection}' has changed meanwhile.");
