using System.Buffers;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>Some records with their keys, copied from where they stood.</summary>
internal sealed class RowBuffer : IDisposable
{
    /// <summary>How many rows it takes at most.</summary>
    public const int MaxRows = 64;

    // Rows beyond that are left for later, so that what is kept stays in the processor's cache.
    private const int EnoughBytes = 1 << 14;

    private Place[] _places = ArrayPool<Place>.Shared.Rent(MaxRows);
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(1 << 12);
    private int _length;

    public int Count { get; private set; }

    public bool IsFull => Count == MaxRows || _length >= EnoughBytes;

    public void Clear() => (Count, _length) = (0, 0);

    /// <summary>Appends a row of a collection's own tree.</summary>
    public void Add(in TreeRow row, ReadOnlySpan<byte> record)
    {
        Reserve(row.KeyLength + record.Length);
        Add(row.CopyKey(_bytes.AsSpan(_length)), record);
    }

    /// <summary>Appends a row.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        Reserve(key.Length + record.Length);
        key.CopyTo(_bytes.AsSpan(_length));
        Add(key.Length, record);
    }

    public ReadOnlySpan<byte> Key(int index) => _bytes.AsSpan(_places[index].Start, _places[index].KeyLength);

    public ReadOnlySpan<byte> Record(int index) => _bytes.AsSpan(_places[index].Start + _places[index].KeyLength, _places[index].RecordLength);

    public void Dispose()
    {
        if (_places.Length == 0) return;
        ArrayPool<Place>.Shared.Return(_places);
        ArrayPool<byte>.Shared.Return(_bytes);
        (_places, _bytes) = ([], []);
        Clear();
    }

    private void Add(int keyLength, ReadOnlySpan<byte> record)
    {
        record.CopyTo(_bytes.AsSpan(_length + keyLength));
        _places[Count++] = new Place(_length, keyLength, record.Length);
        _length += keyLength + record.Length;
    }

    private void Reserve(int wanted)
    {
        if (_bytes.Length - _length >= wanted) return;
        byte[] larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Min(Array.MaxLength, Math.Max((long)_length + wanted, 2L * _bytes.Length))));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }

    private readonly record struct Place(int Start, int KeyLength, int RecordLength);
}
