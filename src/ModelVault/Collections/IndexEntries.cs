using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The entries of one record in one index that is not simple: in the order of their keys, no two alike, all with the same value. Used again for the next.</summary>
internal sealed class IndexEntries
{
    private readonly List<Entry> _entries = [];
    private byte[] _keys = new byte[256];
    private int _length;
    private byte[] _value = new byte[64];
    private int _valueLength;

    /// <summary>How many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The value of each.</summary>
    public ReadOnlySpan<byte> Value => _value.AsSpan(0, _valueLength);

    /// <summary>The key of one.</summary>
    public ReadOnlySpan<byte> Key(int number) => _keys.AsSpan(_entries[number].Offset, _entries[number].Length);

    /// <summary>Whether no other record may have an entry with its key.</summary>
    public bool IsExclusive(int number) => _entries[number].IsExclusive;

    /// <summary>Makes the entries of a record.</summary>
    public void Fill(IndexLayout layout, ReadOnlySpan<byte> record, ReadOnlySpan<byte> primaryKey)
    {
        Clear();
        RecordHeader.Read(record, out int start);
        if (!layout.Accepts(record, start)) return;
        if (layout.List is { } list) AddElements(layout, list, record, start, primaryKey);
        else Add(layout, record, start, start, primaryKey);
        if (_entries.Count > 0) SetValue(layout.ValueOf(record, primaryKey));
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _entries.Clear();
        _length = 0;
        _valueLength = 0;
    }

    private void SetValue(ReadOnlySpan<byte> value)
    {
        if (value.Length > _value.Length) _value = new byte[value.Length];
        value.CopyTo(_value);
        _valueLength = value.Length;
    }

    private void AddElements(IndexLayout layout, ResolvedField list, ReadOnlySpan<byte> record, int start, ReadOnlySpan<byte> primaryKey)
    {
        if (!list.TryLocate(record, start, out MessagePackReader elements) || elements.TryReadNull()) return;
        int count = elements.BeginList();
        for (int i = 0; i < count; i++)
        {
            Add(layout, record, start, elements.Position, primaryKey);
            elements.Skip();
        }

        RemoveRepeated();
    }

    private void Add(IndexLayout layout, ReadOnlySpan<byte> record, int start, int element, ReadOnlySpan<byte> primaryKey)
    {
        KeyWriter key = new(stackalloc byte[512]);
        bool isExclusive = layout.WriteEntry(record, start, element, primaryKey, ref key);
        int end = checked(_length + key.Length);
        if (end > _keys.Length) Array.Resize(ref _keys, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _keys.Length)));
        key.Written.CopyTo(_keys.AsSpan(_length));
        _entries.Add(new Entry(_length, key.Length, isExclusive));
        _length = end;
        key.Dispose();
    }

    private void RemoveRepeated()
    {
        _entries.Sort((a, b) => Bytes(a).SequenceCompareTo(Bytes(b)));
        int kept = 0;
        for (int i = 0; i < _entries.Count; i++)
            if (kept == 0 || !Key(i).SequenceEqual(Key(kept - 1))) _entries[kept++] = _entries[i];
        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    private ReadOnlySpan<byte> Bytes(Entry entry) => _keys.AsSpan(entry.Offset, entry.Length);

    private readonly record struct Entry(int Offset, int Length, bool IsExclusive);
}
