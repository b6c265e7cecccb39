using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The conditions of a query that no key answers.</summary>
internal static class Residual
{
    /// <summary>Whether a record passes all of them.</summary>
    public static bool Matches(IReadOnlyList<VaultFilter> conditions, ref RowContext row)
    {
        for (int i = 0; i < conditions.Count; i++)
            if (!conditions[i].Matches(ref row)) return false;
        return true;
    }
}
