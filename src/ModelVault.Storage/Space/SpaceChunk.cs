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

    /// <summary>How many pages right before one may be handed out.</summary>
    public int ReusableBefore(int end)
    {
        var start = end;
        while (start > 0)
        {
            var inWord = ((start - 1) & 63) + 1;
            var taken = ~_reusable[(start - 1) >> 6] << (64 - inWord);
            var free = Math.Min(inWord, BitOperations.LeadingZeroCount(taken));
            start -= free;
            if (free < inWord) break;
        }

        return end - start;
    }

    // Runs that begin between two pages; they may end behind.
    private (int Start, int Length) FindRun(int wanted, int from, int to)
    {
        (int Start, int Length) best = (0, 0);
        for (var at = NextRun(from, 1); at < to; at = NextRun(at, best.Length + 1))
        {
            var end = NextTaken(at);
            if (end - at > best.Length) best = (at, end - at);
            if (best.Length >= wanted) return best;
            at = end;
        }

        return best;
    }

    // Where the next run of at least so many reusable pages begins, or of 64 if it is more. It looks at 64 pages at a time: small
    // holes are many, and going from one to the next would cost a small commit more than all else.
    private int NextRun(int from, int length)
    {
        length = Math.Min(length, 64);
        var mask = ulong.MaxValue << (from & 63);
        for (var word = from >> 6; word < WordCount; word++, mask = ulong.MaxValue)
        {
            if ((_reusable[word] & mask) == 0) continue;
            var starts = new UInt128(word + 1 < WordCount ? _reusable[word + 1] : 0, _reusable[word]);
            // Each step leaves the bits behind which so many more are set.
            for (var had = 1; had < length;)
            {
                var step = Math.Min(had, length - had);
                starts &= starts >> step;
                had += step;
            }

            var found = (ulong)starts & mask;
            if (found != 0) return (word << 6) + BitOperations.TrailingZeroCount(found);
        }

        return PageCount;
    }

    // The last page before one that is not reusable; −1 when there is none.
    private int LastTaken(int before)
    {
        var mask = ~(ulong.MaxValue << (before & 63));
        for (var word = before >> 6; word >= 0; word--, mask = ulong.MaxValue)
        {
            var taken = ~_reusable[word] & mask;
            if (taken != 0) return (word << 6) + 63 - BitOperations.LeadingZeroCount(taken);
        }

        return -1;
    }

    private int NextTaken(int from)
    {
        if (from >= PageCount) return PageCount;
        var word = from >> 6;
        var bits = ~_reusable[word] & (ulong.MaxValue << (from & 63));
        while (bits == 0)
        {
            if (++word == WordCount) return PageCount;
            bits = ~_reusable[word];
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
