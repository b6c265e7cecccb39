using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Delivers records in the order of their primary keys that are found in another one: collects the keys, of several indexes
/// where they are united or intersected, sorts them, and fetches in that order. No record comes twice.
/// </summary>
internal sealed class KeySetSource(CollectionBinding binding, AccessPath path, PlanMeter? meter, int wanted) : RowSource
{
    private readonly RecordBatch _records = new(binding.Primary!, wanted);
    private KeyList? _keys;
    private int _next;

    public override ReadOnlySpan<byte> Key => _records.Key;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (TryNextKey())
        {
            // Inside a transaction a record may have been deleted since its key was collected.
            if (_records.TryFetch(out record)) return true;
        }

        record = default;
        return false;
    }

    public override bool TryNextKey() => _records.MoveNext() || (TryFill() && _records.MoveNext());

    public override void Dispose() => _records.Dispose();

    private bool TryFill()
    {
        _keys ??= Collect();
        _records.Restart();
        while (_next < _keys.Count && !_records.IsFull) _records.Add(_keys[_next++]);
        return _records.HasKeys;
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
