using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Delivers records in the order of their primary keys that are found in another one: collects the keys, of several indexes
/// where they are united or intersected, sorts them, and fetches in that order. No record comes twice.
/// </summary>
internal sealed class KeySetSource(CollectionBinding binding, AccessPath path, PlanMeter? meter, int wanted) : FetchingSource(binding.Primary!, wanted)
{
    private KeyList? _keys;
    private int _next;

    // Inside a transaction a record may have been deleted since its key was collected: then it is passed over.
    protected override void Fill(RecordBatch records)
    {
        _keys ??= Collect();
        while (_next < _keys.Count && !records.IsFull) records.Add(_keys[_next++]);
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
