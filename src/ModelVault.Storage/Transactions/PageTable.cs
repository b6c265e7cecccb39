using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ModelVault.Storage;

/// <summary>
/// Pages by number. A hash table of which a lookup reads one place where <see cref="Dictionary{TKey, TValue}"/> reads two, because a
/// write transaction looks up every page on the way to every row: numbers and pages stand side by side, in the first place that
/// was free from where the number's hash points.
/// </summary>
internal sealed class PageTable
{
    private const int LeastCapacity = 16;
    private const int MostKept = 1024;

    private Entry[] _entries = [];
    private int _shift;

    public PageTable() => Allocate(LeastCapacity);

    /// <summary>How many pages there are.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers and pages, in no order. The table must not be changed meanwhile.</summary>
    public IEnumerable<(long Number, byte[] Page)> All
    {
        get
        {
            foreach (var entry in _entries)
            {
                if (entry.Page is { } page) yield return (entry.Number, page);
            }
        }
    }

    /// <summary>A page that is there.</summary>
    public byte[] this[long number] => TryGet(number, out var page) ? page : throw new KeyNotFoundException($"Page {number} is not in the table.");

    public bool TryGet(long number, [NotNullWhen(true)] out byte[]? page)
    {
        var entries = _entries;
        for (var at = Home(number); ; at++)
        {
            ref var entry = ref entries[at & (entries.Length - 1)];
            page = entry.Page;
            if (page is null) return false;
            if (entry.Number == number) return true;
        }
    }

    public void Add(long number, byte[] page)
    {
        if (4 * Count >= 3 * _entries.Length) Grow();
        Place(number, page);
        Count++;
    }

    public bool Remove(long number, [NotNullWhen(true)] out byte[]? page)
    {
        var mask = _entries.Length - 1;
        var at = Home(number);
        while (_entries[at].Page is not null && _entries[at].Number != number) at = (at + 1) & mask;
        page = _entries[at].Page;
        if (page is null) return false;
        // What was pushed beyond this place moves up, so that every search still ends at the first free place.
        for (var next = (at + 1) & mask; _entries[next].Page is not null; next = (next + 1) & mask)
        {
            if (((next - Home(_entries[next].Number)) & mask) < ((next - at) & mask)) continue;
            _entries[at] = _entries[next];
            at = next;
        }

        _entries[at] = default;
        Count--;
        return true;
    }

    /// <summary>Removes all pages, and gives the memory back where there were many.</summary>
    public void Clear()
    {
        if (_entries.Length > MostKept) Allocate(LeastCapacity);
        else Array.Clear(_entries);
        Count = 0;
    }

    // Neighbours, which are what a transaction makes, are spread evenly by the golden ratio.
    private int Home(long number) => (int)((ulong)number * 0x9E3779B97F4A7C15 >> _shift);

    private void Allocate(int capacity)
    {
        _entries = new Entry[capacity];
        _shift = 64 - BitOperations.Log2((uint)capacity);
    }

    private void Grow()
    {
        var old = _entries;
        Allocate(2 * old.Length);
        foreach (var entry in old)
        {
            if (entry.Page is { } page) Place(entry.Number, page);
        }
    }

    private void Place(long number, byte[] page)
    {
        var mask = _entries.Length - 1;
        var at = Home(number);
        while (_entries[at].Page is not null) at = (at + 1) & mask;
        _entries[at] = new Entry { Number = number, Page = page };
    }

    private struct Entry
    {
        public long Number;
        public byte[]? Page;
    }
}
