using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Entries of an index that wait to be written in ascending order: into an empty tree that is many times as fast as one by one,
/// and into any other it finds several entries' places next to each other. Only for a transaction that nobody reads meanwhile.
/// </summary>
internal sealed class IndexBatch(WritableTree tree)
{
    private readonly List<Place> _places = [];
    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>The bytes of the entries that wait, and of what is kept of each.</summary>
    public long Size => _length + ((long)_places.Count * Unsafe.SizeOf<Place>());

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int end = checked(_length + key.Length + value.Length);
        if (end > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _bytes.Length)));
        key.CopyTo(_bytes.AsSpan(_length));
        value.CopyTo(_bytes.AsSpan(_length + key.Length));
        _places.Add(new Place(Head(key), key.Length > 8 ? Head(key[8..]) : 0, _length, key.Length, value.Length));
        _length = end;
    }

    /// <summary>The entry that was there twice when <see cref="TryWrite"/> returned false.</summary>
    public DuplicateEntry? Duplicate { get; private set; }

    /// <summary>Writes all entries. False when two of them have the same key, or one has the key of another entry of the tree; then some may have been written.</summary>
    public bool TryWrite()
    {
        if (_places.Count == 0) return true;
        _places.Sort(Compare);
        if (HasEqualKeys()) return false;
        if (tree.Count == 0) Build();
        else if (!TryInsert()) return false;
        _places.Clear();
        _length = 0;
        return true;
    }

    private bool HasEqualKeys()
    {
        for (int i = 1; i < _places.Count; i++)
            if (Compare(_places[i - 1], _places[i]) == 0) return IsDuplicate(_places[i], Value(_places[i - 1]).ToArray());
        return false;
    }

    private void Build()
    {
        TreeBuilder builder = tree.Build();
        foreach (Place place in _places) builder.Add(Key(place), Value(place));
        builder.Finish();
    }

    private bool TryInsert()
    {
        foreach (Place place in _places)
            if (!tree.Insert(Key(place), Value(place))) return !IsDuplicate(place, tree.Get(Key(place))!);
        return true;
    }

    private bool IsDuplicate(Place place, byte[] other)
    {
        Duplicate = new DuplicateEntry(Key(place).ToArray(), Value(place).ToArray(), other);
        return true;
    }

    private ReadOnlySpan<byte> Key(Place place) => _bytes.AsSpan(place.Offset, place.KeyLength);

    private ReadOnlySpan<byte> Value(Place place) => _bytes.AsSpan(place.Offset + place.KeyLength, place.ValueLength);

    private int Compare(Place left, Place right)
    {
        if (left.First != right.First) return left.First < right.First ? -1 : 1;
        if (left.Second != right.Second) return left.Second < right.Second ? -1 : 1;
        // What is missing counts as zeros in the heads, so equal ones say nothing of the lengths.
        return Key(left).SequenceCompareTo(Key(right));
    }

    private static ulong Head(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 8) return BinaryPrimitives.ReadUInt64BigEndian(bytes);
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        bytes.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    // The first 16 bytes of the key stand here, so that sorting seldom has to look at it.
    private readonly record struct Place(ulong First, ulong Second, int Offset, int KeyLength, int ValueLength);
}

/// <summary>An entry that cannot be written.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="OtherValue">The value of the entry that has the key already.</param>
internal readonly record struct DuplicateEntry(byte[] Key, byte[] Value, byte[] OtherValue);
