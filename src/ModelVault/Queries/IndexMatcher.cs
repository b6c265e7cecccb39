using System.Collections.Generic;

namespace ModelVault.Planning;

// Shared source: the planner compiles it for the run time, the analyzers for the IDE, so that they cannot disagree on which
// queries an index serves. It therefore uses nothing newer than netstandard2.0.

/// <summary>What a condition can be to an ordered key.</summary>
internal enum ConditionClass
{
    /// <summary>No key serves it: <c>!=</c>, <c>EndsWith</c>, <c>Contains</c>, ignore-case, arithmetic.</summary>
    None,

    /// <summary>One value: <c>==</c>, <c>== null</c>, a bare bool.</summary>
    Equality,

    /// <summary>Several values: <c>In</c>.</summary>
    Values,

    /// <summary>An interval: <c>&lt; &lt;= &gt; &gt;=</c>, <c>Between</c>, <c>StartsWith</c>.</summary>
    Range,
}

/// <summary>One conjunct of a filter, reduced to what decides whether a key serves it.</summary>
internal readonly struct ConditionShape
{
    public ConditionShape(string path, ConditionClass conditionClass)
    {
        Path = path;
        Class = conditionClass;
    }

    /// <summary>The field's stored path, dotted.</summary>
    public string Path { get; }

    /// <summary>What the condition can be to a key.</summary>
    public ConditionClass Class { get; }
}

/// <summary>How far an ordered key (the primary key or an index) serves a conjunction.</summary>
internal readonly struct IndexMatch
{
    public IndexMatch(int equalities, ConditionClass last)
    {
        Equalities = equalities;
        Last = last;
    }

    /// <summary>How many leading components are fixed to one value.</summary>
    public int Equalities { get; }

    /// <summary>What narrows the component after them: <see cref="ConditionClass.Values"/>, <see cref="ConditionClass.Range"/> or none.</summary>
    public ConditionClass Last { get; }

    /// <summary>Whether anything is served at all.</summary>
    public bool IsServed => Equalities > 0 || Last != ConditionClass.None;

    /// <summary>Orders matches by how much they narrow: more fixed components, then several values, then an interval.</summary>
    public int Rank => Equalities * 3 + (Last == ConditionClass.Values ? 2 : Last == ConditionClass.Range ? 1 : 0);
}

/// <summary>Finds how far a key's components serve a conjunction: equalities on a leftmost prefix, then one component with values or an interval.</summary>
internal static class IndexMatcher
{
    /// <summary>Matches the components of one key against the conjuncts.</summary>
    public static IndexMatch Match(IReadOnlyList<string> components, IReadOnlyList<ConditionShape> conditions)
    {
        int equalities = 0;
        while (equalities < components.Count && Has(conditions, components[equalities], ConditionClass.Equality)) equalities++;
        if (equalities == components.Count) return new IndexMatch(equalities, ConditionClass.None);

        string next = components[equalities];
        ConditionClass last = Has(conditions, next, ConditionClass.Values) ? ConditionClass.Values
            : Has(conditions, next, ConditionClass.Range) ? ConditionClass.Range
            : ConditionClass.None;
        return new IndexMatch(equalities, last);
    }

    private static bool Has(IReadOnlyList<ConditionShape> conditions, string path, ConditionClass conditionClass)
    {
        for (int i = 0; i < conditions.Count; i++)
            if (conditions[i].Class == conditionClass && conditions[i].Path == path) return true;
        return false;
    }
}
