namespace ModelVault.Storage.Tests;

/// <summary>What a tree should hold: the model that the engine is compared with.</summary>
internal sealed class Oracle
{
    private sealed class ByteOrder : IComparer<byte[]>
    {
        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }

    public SortedDictionary<byte[], byte[]> Rows { get; }

    public Oracle() => Rows = new SortedDictionary<byte[], byte[]>(new ByteOrder());

    private Oracle(SortedDictionary<byte[], byte[]> rows) => Rows = new SortedDictionary<byte[], byte[]>(rows, new ByteOrder());

    public Oracle Clone() => new(Rows);

    /// <summary>Why a tree (null: an empty one) is not like the model; null when it is.</summary>
    public string? Difference(Tree? tree)
    {
        if ((tree?.Count ?? 0) != Rows.Count) return $"{tree?.Count ?? 0} rows instead of {Rows.Count}";
        if (tree is null) return null;
        using var cursor = tree.OpenCursor();
        var more = cursor.SeekFirst();
        foreach (var (key, value) in Rows)
        {
            if (!more) return $"ends before {Convert.ToHexString(key)}";
            if (!cursor.Key.SequenceEqual(key)) return $"key {Convert.ToHexString(cursor.Key)} instead of {Convert.ToHexString(key)}";
            if (!cursor.Value.SequenceEqual(value)) return $"another value of {Convert.ToHexString(key)}";
            more = cursor.MoveNext();
        }

        return more ? $"goes on with {Convert.ToHexString(cursor.Key)}" : null;
    }
}
