using System.Buffers.Binary;

namespace ModelVault;

/// <summary>Many byte strings behind one another in a few large arrays, sortable without moving them.</summary>
internal sealed class KeyList
{
    private const int FirstChunkSize = 1 << 10;
    private const int LargestChunkSize = 1 << 16;

    private readonly List<byte[]> _chunks = [];
    private readonly List<Entry> _entries = [];
    private int _used;

    public int Count => _entries.Count;

    public ReadOnlySpan<byte> this[int index] => Bytes(_entries[index]);

    /// <summary>Appends a copy and returns its place among the entries.</summary>
    public void Add(ReadOnlySpan<byte> key, int tag = 0)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < key.Length)
        {
            int size = _chunks.Count == 0 ? FirstChunkSize : Math.Min(LargestChunkSize, 2 * _chunks[^1].Length);
            _chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(size, key.Length)));
            _used = 0;
        }

        key.CopyTo(_chunks[^1].AsSpan(_used));
        _entries.Add(new Entry(Head(key), _chunks.Count - 1, _used, key.Length, tag));
        _used += key.Length;
    }

    /// <summary>The number given with an entry.</summary>
    public int Tag(int index) => _entries[index].Tag;

    /// <summary>Sorts by bytes.</summary>
    public void Sort()
    {
        for (int i = 1; i < _entries.Count; i++)
        {
            if (Compare(_entries[i - 1], _entries[i]) <= 0) continue;
            _entries.Sort(Compare);
            return;
        }
    }

    /// <summary>Drops all but one of equal entries. They are sorted.</summary>
    public void Distinct()
    {
        int kept = 0;
        for (int i = 0; i < _entries.Count; i++)
            if (kept == 0 || Compare(_entries[kept - 1], _entries[i]) != 0) _entries[kept++] = _entries[i];
        Truncate(kept);
    }

    /// <summary>Drops the entries that are not in another list. Both are sorted upwards.</summary>
    public void IntersectWith(KeyList other)
    {
        int kept = 0, theirs = 0;
        for (int i = 0; i < _entries.Count; i++)
        {
            ReadOnlySpan<byte> key = Bytes(_entries[i]);
            while (theirs < other.Count && other[theirs].SequenceCompareTo(key) < 0) theirs++;
            if (theirs < other.Count && other[theirs].SequenceEqual(key)) _entries[kept++] = _entries[i];
        }

        Truncate(kept);
    }

    /// <summary>Turns the order around.</summary>
    public void Reverse() => _entries.Reverse();

    /// <summary>Forgets all entries from a place on; their bytes stay until the list goes.</summary>
    public void Truncate(int count) => _entries.RemoveRange(count, _entries.Count - count);

    private ReadOnlySpan<byte> Bytes(Entry entry) => _chunks[entry.Chunk].AsSpan(entry.Offset, entry.Length);

    // The first eight bytes decide nearly always, and lie in the entry itself.
    private int Compare(Entry left, Entry right) =>
        left.Head != right.Head ? left.Head.CompareTo(right.Head) : Bytes(left).SequenceCompareTo(Bytes(right));

    private static ulong Head(ReadOnlySpan<byte> key)
    {
        Span<byte> head = stackalloc byte[8];
        head.Clear();
        key[..Math.Min(8, key.Length)].CopyTo(head);
        return BinaryPrimitives.ReadUInt64BigEndian(head);
    }

    private readonly record struct Entry(ulong Head, int Chunk, int Offset, int Length, int Tag);
}
