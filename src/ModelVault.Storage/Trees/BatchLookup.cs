using System.Buffers;

namespace ModelVault.Storage;

/// <summary>
/// Looks up several keys of a tree together, which is faster than one after the other: what one look-up waits for in memory is on its
/// way while others go on. To be used again and again: <see cref="Add"/> some keys, <see cref="Run"/>, <see cref="TryGet"/>, then
/// <see cref="Clear"/>. By one thread at a time; allocates nothing but values of more than a quarter page.
/// </summary>
public sealed class BatchLookup(Tree tree) : IDisposable
{
    /// <summary>How many keys it takes at most.</summary>
    public const int MaxKeys = 32;

    // What of a record is fetched before its length is known.
    private const int ExpectedRecordLength = 192;
    private const int SmallestBuffer = 1024;

    private Entry[] _entries = ArrayPool<Entry>.Shared.Rent(MaxKeys);
    private byte[] _keys = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
    private byte[] _values = []; // where they are copied
    private int _keysLength;
    private int _valuesLength;
    private bool _isInPlace;
    private bool _isDisposed;

    /// <summary>How many keys were added.</summary>
    public int Count { get; private set; }

    private Span<Entry> Entries => _entries.AsSpan(0, Count);

    /// <summary>Adds a key, which is copied.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="MaxKeys"/> already.</exception>
    public void Add(ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Count == MaxKeys) throw new InvalidOperationException($"A batch takes {MaxKeys} keys.");
        if (_keys.Length - _keysLength < key.Length) Grow(ref _keys, _keysLength, key.Length);
        key.CopyTo(_keys.AsSpan(_keysLength));
        _entries[Count++] = new Entry { KeyStart = _keysLength, KeyLength = key.Length, Place = -1, ValueLength = -1 };
        _keysLength += key.Length;
    }

    /// <summary>A key of the batch.</summary>
    /// <param name="index">Its place in the order in which they were added.</param>
    public ReadOnlySpan<byte> Key(int index) => KeyOf(Entries[index]);

    /// <summary>Looks all keys up. Their values are copied: they stay as they are now, until the batch is cleared.</summary>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public void Run()
    {
        using var scope = ReadScope.Enter();
        Find();
        CopyValues();
        _isInPlace = false;
    }

    /// <summary>Looks all keys up and leaves their values where they are: what <see cref="TryGet"/> returns is valid as that of <see cref="Tree.TryGet"/> is.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is in no <see cref="ReadScope"/>.</exception>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public void RunInPlace()
    {
        ReadScope.Demand();
        Find();
        _isInPlace = true;
    }

    /// <summary>The value that was found for a key; after <see cref="Run"/> valid until the batch is cleared.</summary>
    /// <param name="index">The key's place in the order in which they were added.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False when the key was not there.</returns>
    public bool TryGet(int index, out ReadOnlySpan<byte> value)
    {
        ref readonly var entry = ref Entries[index];
        if (_isInPlace)
        {
            value = entry.Place < 0 ? default : tree.ReadRecord(entry.Page!, entry.Place);
            return entry.Place >= 0;
        }

        value = entry.ValueLength < 0 ? default : entry.Overflow ?? _values.AsSpan(entry.ValueStart, entry.ValueLength);
        return entry.ValueLength >= 0;
    }

    /// <summary>Forgets all keys and values.</summary>
    public void Clear()
    {
        foreach (ref var entry in Entries) (entry.Page, entry.Overflow) = (null, null);
        (Count, _keysLength, _valuesLength, _isInPlace) = (0, 0, 0, false);
    }

    /// <summary>Ends the use of the batch, and of the spans it returned.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        Clear();
        _isDisposed = true;
        ArrayPool<Entry>.Shared.Return(_entries);
        Return(_keys);
        Return(_values);
        (_entries, _keys, _values) = ([], [], []);
    }

    private void Find()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        tree.BeginOperation();
        if (tree.Record.Root.IsNone) return;
        FindLeaves();
        FindRecords();
    }

    // From level to level, a step of all keys before the next step of any: what a step needs is fetched by the one before.
    private void FindLeaves()
    {
        foreach (ref var entry in Entries) entry.Reference = tree.Record.Root;
        for (var level = (int)tree.Record.Level; level > 0; level--)
        {
            var (page, reference) = ((byte[]?)null, default(PageReference));
            for (var left = Entries; left.Length > 0;)
            {
                // Neighbours often share the pages above their leaves.
                if (page is null || left[0].Reference != reference) page = tree.Load(reference = left[0].Reference, level);
                if (left.Length < 4)
                {
                    GoTo(ref left[0], page, NodePage.SearchChild(page, KeyOf(left[0])));
                    left = left[1..];
                    continue;
                }

                if (left[1].Reference == reference && left[2].Reference == reference && left[3].Reference == reference) GoToChildren(left[..4], page);
                else GoToChildren(left[..4], page, tree.Load(left[1].Reference, level), tree.Load(left[2].Reference, level), tree.Load(left[3].Reference, level));
                left = left[4..];
            }

            reference = default;
            foreach (ref var entry in Entries)
            {
                entry.Reference = NodePage.ChildOfInnerRecord(entry.Page!, entry.Place);
                if (entry.Reference == reference) continue;
                reference = entry.Reference;
                tree.Foresee(reference, level - 1);
            }
        }
    }

    // Of four keys in a page, and in a page for each.
    private void GoToChildren(Span<Entry> four, byte[] page)
    {
        var (a, b, c, d) = NodePage.SearchChildren(page, KeyOf(four[0]), KeyOf(four[1]), KeyOf(four[2]), KeyOf(four[3]));
        GoTo(ref four[0], page, a);
        GoTo(ref four[1], page, b);
        GoTo(ref four[2], page, c);
        GoTo(ref four[3], page, d);
    }

    private void GoToChildren(Span<Entry> four, byte[] pageA, byte[] pageB, byte[] pageC, byte[] pageD)
    {
        var (a, b, c, d) = NodePage.SearchChildren(pageA, KeyOf(four[0]), pageB, KeyOf(four[1]), pageC, KeyOf(four[2]), pageD, KeyOf(four[3]));
        GoTo(ref four[0], pageA, a);
        GoTo(ref four[1], pageB, b);
        GoTo(ref four[2], pageC, c);
        GoTo(ref four[3], pageD, d);
    }

    private static void GoTo(ref Entry entry, byte[] page, int child)
    {
        entry.Page = page;
        entry.Place = NodePage.RecordOffset(page, child);
        Prefetch.Line(page, entry.Place);
    }

    private void FindRecords()
    {
        foreach (ref var entry in Entries)
        {
            entry.Page = tree.Load(entry.Reference, 0);
            entry.Place = tree.GuessRecord(entry.Page, KeyOf(entry));
            if (entry.Place >= 0) Prefetch.Lines(entry.Page, entry.Place, Math.Min(entry.Place + ExpectedRecordLength, FileLayout.PageSize));
        }

        foreach (ref var entry in Entries)
        {
            if (entry.Place < 0 || !NodePage.HasKey(entry.Page!, entry.Place, KeyOf(entry))) entry.Place = tree.FindRecord(entry.Page!, KeyOf(entry));
        }
    }

    private void CopyValues()
    {
        foreach (ref var entry in Entries)
        {
            if (entry.Place >= 0) CopyValue(ref entry);
        }
    }

    private void CopyValue(ref Entry entry)
    {
        var value = tree.ReadRecord(entry.Page!, entry.Place, out entry.Overflow);
        entry.ValueStart = _valuesLength;
        entry.ValueLength = value.Length;
        if (entry.Overflow is not null) return;
        if (_values.Length - _valuesLength < value.Length) Grow(ref _values, _valuesLength, Math.Max(value.Length, 4 * SmallestBuffer));
        value.CopyTo(_values.AsSpan(_valuesLength));
        _valuesLength += value.Length;
    }

    private ReadOnlySpan<byte> KeyOf(in Entry entry) => _keys.AsSpan(entry.KeyStart, entry.KeyLength);

    private static void Grow(ref byte[] buffer, int used, int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(used + wanted, 2 * buffer.Length));
        buffer.AsSpan(0, used).CopyTo(larger);
        Return(buffer);
        buffer = larger;
    }

    // The empty array is not one of the pool's.
    private static void Return(byte[] buffer)
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private struct Entry
    {
        public int KeyStart;
        public int KeyLength;
        public PageReference Reference;
        public byte[]? Page;
        public int Place; // of a record in the page; -1: there is none
        public int ValueStart;
        public int ValueLength; // -1: not there
        public byte[]? Overflow;
    }
}
