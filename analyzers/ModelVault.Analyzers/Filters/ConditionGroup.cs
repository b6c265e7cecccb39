using ModelVault.Planning;

namespace ModelVault.Analyzers.Filters;

/// <summary>Conditions that must all hold, and choices of which one side each must hold.</summary>
internal sealed class ConditionGroup
{
    /// <summary>The single conditions, in the order of the source.</summary>
    public List<FilterCondition> Conditions { get; } = [];

    /// <summary>What stands between <c>||</c>: of each, one side must hold.</summary>
    public List<List<ConditionGroup>> Alternatives { get; } = [];

    /// <summary>Every condition, in the order of the source but for those of alternatives, which come last.</summary>
    public IEnumerable<FilterCondition> All => Conditions.Concat(Alternatives.SelectMany(static sides => sides).SelectMany(static side => side.All));

    /// <summary>
    /// The first condition that an index could serve but none does. Of alternatives each side must have one, or be served
    /// already: an index for one alone would not help.
    /// </summary>
    public FilterCondition? Missing(Func<ConditionGroup, bool> isServed)
    {
        if (Conditions.Find(static c => c.Class != ConditionClass.None) is { } own) return own;
        foreach (List<ConditionGroup> sides in Alternatives)
        {
            List<ConditionGroup> unserved = sides.FindAll(side => !isServed(side));
            if (unserved.Count > 0 && unserved.TrueForAll(side => side.Missing(isServed) is not null)) return unserved[0].Missing(isServed);
        }

        return null;
    }
}
