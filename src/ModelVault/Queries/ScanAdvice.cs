using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Says what would spare a query its scan.</summary>
internal static class ScanAdvice
{
    /// <summary>One or two sentences.</summary>
    public static string For(in QuerySpec spec)
    {
        string[] fields = spec.Filter is { } filter ? Fields(filter) : [.. spec.Terms().Select(static t => t.Field.Path.ToString())];
        string index = fields.Length switch
        {
            0 => "No index could serve its conditions: filter by an indexed field as well",
            1 => $"An index on '{fields[0]}' would serve it",
            _ when spec.Filter is null => $"An index on '{string.Join("', '", fields)}' together would deliver its order",
            _ => $"Indexes on {string.Join(" and ", fields.Select(static f => $"'{f}'"))} would serve it",
        };
        return $"{index}, or allow the scan with AllowScan(\"why\").";
    }

    // The first condition that an index could serve; of alternatives one for each.
    private static string[] Fields(VaultFilter filter)
    {
        Conjunction conditions = Conjunction.Of(filter);
        foreach (Planning.ConditionShape shape in conditions.Shapes)
            if (shape.Class != Planning.ConditionClass.None) return [shape.Path];
        foreach (VaultFilter conjunct in conditions.Conjuncts)
        {
            if (conjunct is not IDisjunction either) continue;
            string[] left = Fields(either.Left), right = Fields(either.Right);
            if (left.Length > 0 && right.Length > 0) return [.. left.Union(right, StringComparer.Ordinal)];
        }

        return [];
    }
}
