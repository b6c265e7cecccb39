namespace ModelVault;

/// <summary>
/// What the steps of a plan cost, in the time of reading one index entry (some 15 ns in memory). Only their proportions count,
/// and only where two plans are far apart: no constant is worth tuning by less than half.
/// </summary>
internal static class PlanCosts
{
    /// <summary>Finding where an interval begins.</summary>
    public const double Seek = 25;

    /// <summary>Going to the next entry of an index.</summary>
    public const double Entry = 1;

    /// <summary>Going to the next record.</summary>
    public const double ScannedRecord = 1.5;

    /// <summary>Checking a condition on a record.</summary>
    public const double CheckedCondition = 1.5;

    /// <summary>Fetching a record by its primary key, from anywhere.</summary>
    public const double FetchedRecord = 12;

    /// <summary>The same in the order of keys, where neighbours often stand in one page.</summary>
    public const double FetchedNeighbour = 9;

    /// <summary>Putting a primary key into a list and sorting that.</summary>
    public const double CollectedKey = 4;

    /// <summary>Keeping a record with its sort key and sorting those.</summary>
    public const double SortedRecord = 16;

    /// <summary>Finding that a record does not belong to the first so many.</summary>
    public const double OutsortedRecord = 1;

    /// <summary>What sorting so many records takes where only the first so many are asked for.</summary>
    public static double Sort(double records, double limit) =>
        records <= 2 * limit ? records * SortedRecord : (2 * limit * SortedRecord) + (records * OutsortedRecord);
}
