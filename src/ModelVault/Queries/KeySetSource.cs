using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Delivers records in the order of their primary keys that are found in another one: collects the keys, of several indexes
/// where they are united or intersected, sorts them, and fetches in that order. No record comes twice.
/// </summary>
internal sealed class KeySetSource(CollectionBinding binding, AccessPath path, PlanMeter? meter) : RowSource
{
    private readonly RecordFetcher _records = new(binding.Primary!);
    private KeyList? _keys;
    private int _next;

    public override ReadOnlySpan<byte> Key => _keys![_next - 1];

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        _keys ??= Collect();
        while (_next < _keys.Count)
        {
            // Inside a transaction a record may have been deleted since its key was collected.
            if (_records.TryFetch(_keys[_next++], out record)) return true;
        }

        record = default;
        return false;
    }

    public override bool TryNextKey()
    {
        _keys ??= Collect();
        if (_next == _keys.Count) return false;
        _next++;
        return true;
    }

    public override void Dispose()
    {
    }

    private KeyList Collect()
    {
        KeyList keys = KeysOf(path);
        if (path.KeyDescends) keys.Reverse();
        return keys;
    }

    // Ascending and distinct.
    private KeyList KeysOf(AccessPath set)
    {
        if (set.Kind == PlanNodeKind.IndexIntersection) return Intersection(set.Inputs);
        KeyList keys = new();
        AddTo(keys, set);
        keys.Sort();
        keys.Distinct();
        return keys;
    }

    private KeyList Intersection(AccessPath[] inputs)
    {
        KeyList keys = KeysOf(inputs[0]);
        for (int i = 1; i < inputs.Length && keys.Count > 0; i++) keys.IntersectWith(KeysOf(inputs[i]));
        return keys;
    }

    private void AddTo(KeyList keys, AccessPath set)
    {
        if (set.Kind == PlanNodeKind.IndexUnion)
        {
            foreach (AccessPath input in set.Inputs) AddTo(keys, input);
            return;
        }

        using RowSource source = RowSources.Entries(binding, set, meter);
        while (source.TryNextKey()) keys.Add(source.Key);
    }
}
