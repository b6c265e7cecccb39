namespace ModelVault;

/// <summary>The order of two values of which at least one is null: null is first.</summary>
internal static class NullOrder
{
    /// <summary>Compares them. The sign is the result.</summary>
    public static int Compare<T>(T? left, T? right) => (left is null ? 0 : 1) - (right is null ? 0 : 1);
}
