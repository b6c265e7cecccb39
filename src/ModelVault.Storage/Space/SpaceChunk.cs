using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;

namespace ModelVault.Storage;

/// <summary>
/// The free pages among 15,872 neighbours (124 MiB), as bits. A page that is free in the newest commit may still be needed by
/// an older snapshot or by the fallback commit; the second bitmap holds those that may be handed out.
/// </summary>
internal sealed class SpaceChunk
{
    /// <summary>Pages in a chunk: four chunks fill a page of the space map.</summary>
    public const int PageCount = 15_872;

    /// <summary>Bytes of a stored chunk.</summary>
    public const int StoredSize = PageCount / 8;

    private const int WordCount = PageCount / 64;

    private readonly ulong[] _free = new ulong[WordCount];
    private readonly ulong[] _reusable = new ulong[WordCount];

    /// <summary>Whether the chunk differs from what the space map holds of it.</summary>
    public bool IsDirty { get; set; }

    /// <summary>No run of reusable pages in here is longer; a bound that only releasing pages raises.</summary>
    public int LongestRunBound { get; private set; } = PageCount;

    /// <summary>Reads a stored chunk: all its free pages may be handed out.</summary>
    public static SpaceChunk Read(ReadOnlySpan<byte> stored)
    {
        var chunk = new SpaceChunk();
        for (var i = 0; i < WordCount; i++)
            chunk._free[i] = chunk._reusable[i] = BinaryPrimitives.ReadUInt64LittleEndian(stored[(8 * i)..]);
        return chunk;
    }

    public void Write(Span<byte> destination)
    {
        for (var i = 0; i < WordCount; i++) BinaryPrimitives.WriteUInt64LittleEndian(destination[(8 * i)..], _free[i]);
    }

    /// <summary>Takes pages into use.</summary>
    public void Take(int start, int length)
    {
        Fill(_free, start, length, false);
        Fill(_reusable, start, length, false);
        IsDirty = true;
    }

    /// <summary>Marks pages free, though not yet to be handed out.</summary>
    public void Free(int start, int length)
    {
        Debug.Assert(!IsFree(start), "A page was freed twice.");
        Fill(_free, start, length, true);
        IsDirty = true;
    }

    /// <summary>Undoes <see cref="Free"/>.</summary>
    public void Unfree(int start, int length) => Fill(_free, start, length, false);

    /// <summary>Allows free pages to be handed out.</summary>
    public void Release(int start, int length)
    {
        Fill(_reusable, start, length, true);
        // Only the run that these pages are part of has got longer. Looking for runs again that were not there before would cost
        // more than anything else that a small commit does.
        LongestRunBound = Math.Max(LongestRunBound, NextTaken(start + length) - (LastTaken(start) + 1));
    }

    /// <summary>Whether any page from one on, up to and without another, is free.</summary>
    public bool HasFree(int from, int to)
    {
        for (var page = from; page < to; page++)
        {
            if ((page & 63) == 0 && _free[page >> 6] == 0) page += 63;
            else if (IsFree(page)) return true;
        }

        return false;
    }

    public bool IsFree(int page) => (_free[page >> 6] & (1UL << (page & 63))) != 0;

    /// <summary>The first run of reusable pages as long as wanted, from a page on and then from the beginning; or else the longest.</summary>
    public (int Start, int Length) FindRun(int wanted, int from)
    {
        var behind = FindRun(wanted, from, PageCount);
        if (behind.Length >= wanted) return behind;
        var before = FindRun(wanted, 0, from);
        if (before.Length >= wanted) return before;
        var longest = before.Length > behind.Length ? before : behind;
        LongestRunBound = longest.Length;
        return longest;
    }

    // Runs that begin between two pages; they may end behind.
    private (int Start, int Length) FindRun(int wanted, int from, int to)
    {
        (int Start, int Length) best = (0, 0);
        for (var at = NextReusable(from); at < to; at = NextReusable(at))
        {
            var end = NextTaken(at);
            if (end - at > best.Length) best = (at, end - at);
            if (best.Length >= wanted) return best;
            at = end;
        }

        return best;
    }

    private int NextReusable(int from) => Next(from, 0);

    private int NextTaken(int from) => Next(from, ulong.MaxValue);

    // The last page before one that is not reusable; −1 when there is none.
    private int LastTaken(int before)
    {
        for (var page = before - 1; page >= 0; page--)
        {
            var word = page >> 6;
            var taken = ~_reusable[word] & (ulong.MaxValue >> (63 - (page & 63)));
            if (taken != 0) return (word << 6) + 63 - BitOperations.LeadingZeroCount(taken);
            page = word << 6;
        }

        return -1;
    }

    // The next bit that is set once the words are turned by the mask.
    private int Next(int from, ulong turn)
    {
        if (from >= PageCount) return PageCount;
        var word = from >> 6;
        var bits = (_reusable[word] ^ turn) & (ulong.MaxValue << (from & 63));
        while (bits == 0)
        {
            if (++word == WordCount) return PageCount;
            bits = _reusable[word] ^ turn;
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    private static void Fill(ulong[] bits, int start, int length, bool value)
    {
        while (length > 0)
        {
            var inWord = Math.Min(64 - (start & 63), length);
            var mask = (inWord == 64 ? ulong.MaxValue : (1UL << inWord) - 1) << (start & 63);
            if (value) bits[start >> 6] |= mask;
            else bits[start >> 6] &= ~mask;
            start += inWord;
            length -= inWord;
        }
    }
}
