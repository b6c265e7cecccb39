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
        Span<bool> isChanged = stackalloc bool[_binding.Indexes.Length];
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
        foreach (IndexBinding index in _binding.Indexes)
        {
            entry.Clear();
            index.Layout.WriteEntry(old, start, key, ref entry);
            ((WritableTree)index.Tree).Delete(entry.Written);
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
            foreach (IndexBinding index in _binding.Indexes)
            {
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
                IndexBinding index = _binding.Indexes[i];
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
        if (!index.Tree.TryGet(entry, out ReadOnlySpan<byte> holder) || holder.SequenceEqual(key)) return true;
        ViolatedIndex = index.Layout;
        ExistingKey = holder.ToArray();
        return false;
    }

    private readonly void PutEntries(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, int start)
    {
        KeyWriter entry = new(stackalloc byte[512]);
        for (int i = 0; i < _binding.Indexes.Length; i++)
        {
            IndexBinding index = _binding.Indexes[i];
            entry.Clear();
            index.Layout.WriteEntry(record, start, key, ref entry);
            if (_deferred is null || !_deferred.TryAdd(i, entry.Written))
                ((WritableTree)index.Tree).Put(entry.Written, index.Layout.Schema.IsUnique ? key : []);
        }

        entry.Dispose();
    }

    private readonly void ReplaceEntries(ReadOnlySpan<byte> key, ReadOnlySpan<byte> old, int oldStart, ReadOnlySpan<byte> record, int start, ReadOnlySpan<bool> isChanged)
    {
        KeyWriter entry = new(stackalloc byte[512]);
        for (int i = 0; i < isChanged.Length; i++)
        {
            if (!isChanged[i]) continue;
            IndexBinding index = _binding.Indexes[i];
            WritableTree tree = (WritableTree)index.Tree;
            entry.Clear();
            index.Layout.WriteEntry(old, oldStart, key, ref entry);
            tree.Delete(entry.Written);
            entry.Clear();
            index.Layout.WriteEntry(record, start, key, ref entry);
            tree.Put(entry.Written, index.Layout.Schema.IsUnique ? key : []);
        }

        entry.Dispose();
    }

    private static VaultValidationException KeyTooLong(string path, int length) => new(null,
        [new VaultViolation(path, "KeyLength", null, $"the encoded key is {length} bytes long, at most {Tree.MaxKeyLength} fit")]);
}
