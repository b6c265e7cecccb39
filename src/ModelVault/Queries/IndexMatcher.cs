using System;

namespace ModelVault.Planning;

// Shared source: the planner compiles it for the run time, the analyzers for the IDE, so that they cannot disagree on which
// queries an index serves. It therefore uses nothing newer than netstandard2.0.

/// <summary>What a condition can be to an ordered key.</summary>
internal enum ConditionClass
{
    /// <summary>No key serves it: <c>!=</c>, <c>EndsWith</c>, <c>Contains</c> in a text, arithmetic.</summary>
    None,

    /// <summary>One value: <c>==</c>, <c>== null</c>, a bare bool.</summary>
    Equality,

    /// <summary>Several values: <c>In</c>.</summary>
    Values,

    /// <summary>An interval: <c>&lt; &lt;= &gt; &gt;=</c>, <c>Between</c>, <c>StartsWith</c>, <c>!= null</c>.</summary>
    Range,
}

/// <summary>Whether upper and lower case are the same to a condition.</summary>
internal enum Casing
{
    /// <summary>They differ, or the field is no text.</summary>
    Ordinal,

    /// <summary>They are the same.</summary>
    Ignored,

    /// <summary>The condition has no text to compare with: <c>== null</c>, <c>!= null</c>.</summary>
    Irrelevant,
}

/// <summary>One condition of a conjunction, reduced to what decides whether a key serves it.</summary>
internal readonly struct ConditionShape
{
    public ConditionShape(string path, ConditionClass conditionClass, Casing casing = Casing.Ordinal, int item = 0)
    {
        Path = path;
        Class = conditionClass;
        Casing = casing;
        Item = item;
    }

    /// <summary>The field's path, dotted; the steps into lists end in <c>[]</c>.</summary>
    public string Path { get; }

    /// <summary>What the condition can be to a key.</summary>
    public ConditionClass Class { get; }

    /// <summary>Whether upper and lower case are the same to it.</summary>
    public Casing Casing { get; }

    /// <summary>0 for a condition on the record; else which list item it is on: only conditions with one number are sure to be met by the same item.</summary>
    public int Item { get; }
}

/// <summary>One component of an ordered key.</summary>
internal readonly struct KeyPart
{
    public KeyPart(string path, bool ignoresCase = false, bool isItem = false)
    {
        Path = path;
        IgnoresCase = ignoresCase;
        IsItem = isItem;
    }

    /// <summary>The field's path, dotted; the steps into lists end in <c>[]</c>.</summary>
    public string Path { get; }

    /// <summary>Whether upper and lower case are the same in it.</summary>
    public bool IgnoresCase { get; }

    /// <summary>Whether it is a list's item, of which a record has any number or none.</summary>
    public bool IsItem { get; }

    /// <summary>Whether it answers a condition of a class, if that is on the record or on one item.</summary>
    public bool Answers(in ConditionShape condition, ConditionClass conditionClass, int item) =>
        condition.Class == conditionClass
        && (condition.Casing == Casing.Irrelevant || condition.Casing == Casing.Ignored == IgnoresCase)
        && condition.Item == (IsItem ? item : 0)
        && condition.Path == Path;
}

/// <summary>How far an ordered key (the primary key or an index) serves a conjunction.</summary>
internal readonly struct IndexMatch
{
    public IndexMatch(int equalities, ConditionClass last, int item)
    {
        Equalities = equalities;
        Last = last;
        Item = item;
    }

    /// <summary>How many leading components are fixed to one value.</summary>
    public int Equalities { get; }

    /// <summary>What narrows the component after them: <see cref="ConditionClass.Values"/>, <see cref="ConditionClass.Range"/> or none.</summary>
    public ConditionClass Last { get; }

    /// <summary>The item whose conditions are answered, where a component is a list's item.</summary>
    public int Item { get; }

    /// <summary>Whether anything is served at all.</summary>
    public bool IsServed => Equalities > 0 || Last != ConditionClass.None;

    /// <summary>How many components are narrowed.</summary>
    public int Components => Equalities + (Last == ConditionClass.None ? 0 : 1);

    /// <summary>Orders matches by how much they narrow: more fixed components, then several values, then an interval.</summary>
    public int Rank => Equalities * 3 + (Last == ConditionClass.Values ? 2 : Last == ConditionClass.Range ? 1 : 0);
}

/// <summary>Finds how far a key's components serve a conjunction: equalities on a leftmost prefix, then one component with values or an interval.</summary>
internal static class IndexMatcher
{
    /// <summary>Matches the components of one key against the conditions.</summary>
    public static IndexMatch Match(KeyPart[] components, ConditionShape[] conditions)
    {
        int firstItem = Array.FindIndex(components, static c => c.IsItem);
        if (firstItem < 0) return Match(components, conditions, 0);

        // A record without items has no entry, so such an index finds all records only where an item is asked for.
        IndexMatch best = default;
        int tried = 0;
        foreach (ConditionShape condition in conditions)
        {
            if (condition.Item <= tried) continue;
            tried = condition.Item;
            IndexMatch match = Match(components, conditions, tried);
            if (match.Components > firstItem && match.Rank > best.Rank) best = match;
        }

        return best;
    }

    private static IndexMatch Match(KeyPart[] components, ConditionShape[] conditions, int item)
    {
        int equalities = 0;
        while (equalities < components.Length && Has(conditions, components[equalities], ConditionClass.Equality, item)) equalities++;
        if (equalities == components.Length) return new IndexMatch(equalities, ConditionClass.None, item);

        KeyPart next = components[equalities];
        ConditionClass last = Has(conditions, next, ConditionClass.Values, item) ? ConditionClass.Values
            : Has(conditions, next, ConditionClass.Range, item) ? ConditionClass.Range
            : ConditionClass.None;
        return new IndexMatch(equalities, last, item);
    }

    private static bool Has(ConditionShape[] conditions, in KeyPart part, ConditionClass conditionClass, int item)
    {
        foreach (ConditionShape condition in conditions)
            if (part.Answers(condition, conditionClass, item)) return true;
        return false;
    }
}
