using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelVault;

/// <summary>Numbers the groups by their keys' bytes: a hash table with open addressing that allocates by the group, never by the record.</summary>
internal sealed class GroupTable
{
    private const int SmallestSize = 64;

    // Drawn anew by every process, so that nobody can choose keys that collide.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64();

    private readonly KeyList _keys = new();
    private readonly List<uint> _hashes = [];
    private int[] _slots = new int[SmallestSize];
    private int _last = -1;

    /// <summary>How many groups there are.</summary>
    public int Count => _keys.Count;

    /// <summary>The number of a key's group; a new one where there is none yet.</summary>
    public int Find(ReadOnlySpan<byte> key, out bool isNew)
    {
        // Records that lie together often belong together: of an index's run the table sees only the first.
        isNew = false;
        if (_last >= 0 && key.SequenceEqual(_keys[_last])) return _last;
        uint hash = Hash(key);
        int slot = (int)hash & (_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            int group = _slots[slot] - 1;
            if (_hashes[group] == hash && key.SequenceEqual(_keys[group])) return _last = group;
        }

        isNew = true;
        _last = _keys.Count;
        _keys.Add(key, _last);
        _hashes.Add(hash);
        _slots[slot] = _last + 1;
        if (_keys.Count > _slots.Length / 2) Grow();
        return _last;
    }

    /// <summary>The groups' numbers in the order of their keys. Nothing can be found afterwards.</summary>
    public int[] Order()
    {
        _keys.Sort();
        int[] order = new int[_keys.Count];
        for (int i = 0; i < order.Length; i++) order[i] = _keys.Tag(i);
        return order;
    }

    private void Grow()
    {
        _slots = new int[2 * _slots.Length];
        for (int group = 0; group < _hashes.Count; group++)
        {
            int slot = (int)_hashes[group] & (_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = group + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        ulong hash = Seed ^ (ulong)key.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(key);
        foreach (ulong word in words) hash = Mix(hash ^ word);
        ulong rest = 0;
        foreach (byte b in key[(words.Length * sizeof(ulong))..]) rest = rest << 8 | b;
        hash = Mix(hash ^ rest);
        return (uint)(hash ^ hash >> 32);
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, 0x9E3779B97F4A7C15, out ulong low);
        return BitOperations.RotateLeft(high, 23) ^ low;
    }
}
