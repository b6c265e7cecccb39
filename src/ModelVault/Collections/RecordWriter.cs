using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>How a write treats a record that is there, or is not.</summary>
internal enum WriteMode
{
    Insert,
    Upsert,
    Update,
}

/// <summary>What a write did.</summary>
internal enum WriteOutcome
{
    Written,
    DuplicateKey,
    NotFound,
    UniqueViolation,
}

/// <summary>
/// Writes one record and its index entries in a transaction. Everything that can refuse the write is checked before
/// anything is changed, so that a refused one leaves the transaction as it was.
/// </summary>
/// <param name="binding">The trees to write to.</param>
/// <param name="deferred">Takes the entries that a new record adds, to write them later; null writes them at once.</param>
internal ref struct RecordWriter(CollectionBinding binding, IndexBatches? deferred = null)
{
    private readonly CollectionBinding _binding = binding;
    private readonly IndexBatches? _deferred = deferred;

    /// <summary>The index that refused the write.</summary>
    public IndexLayout? ViolatedIndex { get; private set; }

    /// <summary>The key of the entry that was refused.</summary>
    public byte[]? ViolatingEntry { get; private set; }

    /// <summary>The primary key of the record that holds the value already.</summary>
    public byte[]? ExistingKey { get; private set; }

    private readonly WritableTree Primary => (WritableTree)_binding.Primary!;

    /// <summary>Writes a record that must not be there yet.</summary>
    public WriteOutcome Insert(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        if (!CheckEntries(key, record, start)) return Primary.Contains(key) ? WriteOutcome.DuplicateKey : WriteOutcome.UniqueViolation;
        if (!(_binding.Sequence?.Insert(key, record) ?? Primary.Insert(key, record))) return WriteOutcome.DuplicateKey;
        PutEntries(key, record, start);
        return WriteOutcome.Written;
    }

    /// <summary>Writes a record over the one with its key.</summary>
    /// <param name="key">The primary key.</param>
    /// <param name="record">The record.</param>
    /// <param name="insert">Whether to write it too where there is none.</param>
    public WriteOutcome Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, bool insert) =>
        Primary.Get(key) is { } old ? Replace(key, old, record) : insert ? Insert(key, record) : WriteOutcome.NotFound;

    /// <summary>Writes a record over the one with its key, which is known.</summary>
    public WriteOutcome Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(old, out int oldStart);
        RecordHeader.Read(record, out int start);
        Span<bool> isChanged = stackalloc bool[_binding.Kept.Length];
        if (!CheckChanges(key, old, oldStart, record, start, isChanged)) return WriteOutcome.UniqueViolation;
        Primary.Put(key, record);
        ReplaceEntries(key, old, oldStart, record, start, isChanged);
        return WriteOutcome.Written;
    }

    /// <summary>Removes the record with a key and its entries.</summary>
    public readonly WriteOutcome Delete(ReadOnlySpan<byte> key)
    {
        if (Primary.Get(key) is not { } old) return WriteOutcome.NotFound;
        RecordHeader.Read(old, out int start);
        if (_binding.Sequence is { } sequence) sequence.Delete(key);
        else Primary.Delete(key);
        KeyWriter entry = new(stackalloc byte[512]);
        foreach (IndexBinding index in _binding.Kept)
        {
            if (!index.Holds(key)) continue;
            WritableTree tree = (WritableTree)index.Tree;
            if (!index.Layout.IsSimple)
            {
                DeleteEntries(index.Layout, tree, key, old);
                continue;
            }

            entry.Clear();
            index.Layout.WriteEntry(old, start, key, ref entry);
            tree.Delete(entry.Written);
        }

        entry.Dispose();
        return WriteOutcome.Written;
    }

    // Checks lengths and unique values. False: another record holds a value.
    private bool CheckEntries(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, int start)
    {
        if (key.Length > Tree.MaxKeyLength) throw KeyTooLong(string.Join(", ", _binding.Entry is null ? [] : CollectionSchema.Parse(_binding.Entry.SchemaJson).Key), key.Length);
        KeyWriter entry = new(stackalloc byte[512]);
        try
        {
            foreach (IndexBinding index in _binding.Kept)
            {
                if (!index.Layout.IsSimple)
                {
                    if (!CheckEntries(index, key, [], record, out _)) return false;
                    continue;
                }

                entry.Clear();
                bool isExclusive = index.Layout.WriteEntry(record, start, key, ref entry);
                if (!CheckEntry(index, key, entry.Written, isExclusive)) return false;
            }

            return true;
        }
        finally
        {
            entry.Dispose();
        }
    }

    // The same for the entries that the new record does not have in common with the old one; says which these are.
    private bool CheckChanges(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldStart, ReadOnlySpan<byte> record, int start, scoped Span<bool> isChanged)
    {
        KeyWriter before = new(stackalloc byte[512]);
        KeyWriter after = new(stackalloc byte[512]);
        try
        {
            for (int i = 0; i < isChanged.Length; i++)
            {
                IndexBinding index = _binding.Kept[i];
                if (!index.Layout.IsSimple)
                {
                    if (!CheckEntries(index, key, old, record, out isChanged[i])) return false;
                    continue;
                }

                before.Clear();
                after.Clear();
                index.Layout.WriteEntry(old, oldStart, key, ref before);
                bool isExclusive = index.Layout.WriteEntry(record, start, key, ref after);
                isChanged[i] = !before.Written.SequenceEqual(after.Written);
                if (isChanged[i] && !CheckEntry(index, key, after.Written, isExclusive)) return false;
            }

            return true;
        }
        finally
        {
            before.Dispose();
            after.Dispose();
        }
    }

    private bool CheckEntry(IndexBinding index, scoped ReadOnlySpan<byte> key, scoped ReadOnlySpan<byte> entry, bool isExclusive)
    {
        if (entry.Length > Tree.MaxKeyLength) throw KeyTooLong(string.Join(", ", index.Layout.Paths), entry.Length);
        if (!isExclusive) return true;
        using ReadScope scope = ReadScope.Enter();
        if (!index.Tree.TryGet(entry, out ReadOnlySpan<byte> value)) return true;
        ReadOnlySpan<byte> holder = index.Layout.PrimaryKey(entry, value);
        if (holder.SequenceEqual(key)) return true;
        ViolatedIndex = index.Layout;
        ViolatingEntry = entry.ToArray();
        ExistingKey = holder.ToArray();
        return false;
    }

    private readonly void PutEntries(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, int start)
    {
        KeyWriter entry = new(stackalloc byte[512]);
        for (int i = 0; i < _binding.Kept.Length; i++)
        {
            IndexBinding index = _binding.Kept[i];
            if (!index.Holds(key)) continue;
            if (!index.Layout.IsSimple)
            {
                PutEntries(i, key, record);
                continue;
            }

            entry.Clear();
            index.Layout.WriteEntry(record, start, key, ref entry);
            Put(i, entry.Written, index.Layout.Schema.IsUnique ? key : []);
        }

        entry.Dispose();
    }

    private readonly void ReplaceEntries(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldStart, ReadOnlySpan<byte> record, int start, ReadOnlySpan<bool> isChanged)
    {
        KeyWriter entry = new(stackalloc byte[512]);
        for (int i = 0; i < isChanged.Length; i++)
        {
            IndexBinding index = _binding.Kept[i];
            if (!isChanged[i] || !index.Holds(key)) continue;
            WritableTree tree = (WritableTree)index.Tree;
            if (!index.Layout.IsSimple)
            {
                ReplaceEntries(index.Layout, tree, key, old, record);
                continue;
            }

            entry.Clear();
            index.Layout.WriteEntry(old, oldStart, key, ref entry);
            tree.Delete(entry.Written);
            entry.Clear();
            index.Layout.WriteEntry(record, start, key, ref entry);
            tree.Put(entry.Written, index.Layout.Schema.IsUnique ? key : []);
        }

        entry.Dispose();
    }

    // Checks the entries of an index that is not simple which the old record, if there is one, does not have; says whether any entry differs.
    private bool CheckEntries(IndexBinding index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, ReadOnlySpan<byte> record, out bool isChanged)
    {
        EntryChanges changes = ChangesOf(index.Layout, key, old, record);
        isChanged = false;
        while (changes.MoveNext())
        {
            isChanged = true;
            if (changes.IsAdded && !CheckEntry(index, key, changes.After.Key(changes.Number), changes.After.IsExclusive(changes.Number))) return false;
        }

        return true;
    }

    private readonly void ReplaceEntries(IndexLayout layout, WritableTree tree, ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, ReadOnlySpan<byte> record)
    {
        EntryChanges changes = ChangesOf(layout, key, old, record);
        while (changes.MoveNext())
        {
            if (changes.IsRemoved) tree.Delete(changes.Before.Key(changes.Number));
            else tree.Put(changes.After.Key(changes.Number), changes.After.Value);
        }
    }

    private readonly void PutEntries(int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        IndexEntries entries = _binding.Scratch.After;
        entries.Fill(_binding.Kept[index].Layout, record, key);
        for (int i = 0; i < entries.Count; i++) Put(index, entries.Key(i), entries.Value);
    }

    private readonly void DeleteEntries(IndexLayout layout, WritableTree tree, ReadOnlySpan<byte> key, ReadOnlySpan<byte> old)
    {
        IndexEntries entries = _binding.Scratch.Before;
        entries.Fill(layout, old, key);
        for (int i = 0; i < entries.Count; i++) tree.Delete(entries.Key(i));
    }

    private readonly void Put(int index, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> value)
    {
        if (_deferred is null || !_deferred.TryAdd(index, entry, value)) ((WritableTree)_binding.Kept[index].Tree).Put(entry, value);
    }

    private readonly EntryChanges ChangesOf(IndexLayout layout, ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, ReadOnlySpan<byte> record)
    {
        (IndexEntries before, IndexEntries after) = _binding.Scratch;
        if (old.IsEmpty) before.Clear();
        else before.Fill(layout, old, key);
        after.Fill(layout, record, key);
        return new EntryChanges(before, after);
    }

    private static VaultValidationException KeyTooLong(string path, int length) => new(null,
        [new VaultViolation(path, "KeyLength", null, $"the encoded key is {length} bytes long, at most {Tree.MaxKeyLength} fit")]);
}
