namespace ModelVault;

/// <summary>Writes queries without their values, so that those which differ in values only are one.</summary>
internal static class QueryShape
{
    /// <summary>Filter, order and whether there is a limit.</summary>
    public static string Of(in QuerySpec spec)
    {
        List<string> parts = [];
        if (spec.Filter is { } filter) parts.Add(filter.Shape);
        if (spec.Order is not null) parts.Add($"order by {string.Join(", ", (object[])spec.Terms())}");
        if (spec.IsLimited && !spec.IsKeysOnly) parts.Add("limit");
        return string.Join(' ', parts);
    }
}
