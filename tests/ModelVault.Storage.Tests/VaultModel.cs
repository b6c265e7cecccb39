namespace ModelVault.Storage.Tests;

/// <summary>What a whole vault should hold: its trees by name, each as an <see cref="Oracle"/>.</summary>
internal sealed class VaultModel
{
    public SortedDictionary<string, Oracle> Trees { get; } = new(StringComparer.Ordinal);

    /// <summary>The tree of this name; made if it is not there.</summary>
    public Oracle this[string name]
    {
        get
        {
            if (!Trees.TryGetValue(name, out var tree)) Trees.Add(name, tree = new Oracle());
            return tree;
        }
    }

    public VaultModel Clone()
    {
        var clone = new VaultModel();
        foreach (var (name, tree) in Trees) clone.Trees.Add(name, tree.Clone());
        return clone;
    }

    /// <summary>Why a state of a vault is not like the model; null when it is.</summary>
    public string? Difference(TreeSource source)
    {
        var names = source.TreeNames.Take(Trees.Count + 1).ToList();
        if (!names.SequenceEqual(Trees.Keys)) return $"trees {string.Join(", ", names)} instead of {string.Join(", ", Trees.Keys)}";
        foreach (var (name, rows) in Trees)
        {
            if (!source.TryGetTree(name, out var tree)) return $"tree {name} is listed and not found";
            if (rows.Difference(tree) is { } difference) return $"tree {name}: {difference}";
        }

        return null;
    }
}
