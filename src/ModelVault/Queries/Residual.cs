using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The conditions of a query that no key answers.</summary>
internal static class Residual
{
    /// <summary>Whether a stored record, its header included, passes all of them.</summary>
    public static bool Matches(VaultFilter[] conditions, ReadOnlySpan<byte> record)
    {
        if (conditions.Length == 0) return true;
        RowContext row = RowContext.Of(record);
        return Matches(conditions, ref row);
    }

    /// <summary>Whether a record passes all of them.</summary>
    public static bool Matches(VaultFilter[] conditions, ref RowContext row)
    {
        foreach (VaultFilter condition in conditions)
            if (!condition.Matches(ref row)) return false;
        return true;
    }
}
