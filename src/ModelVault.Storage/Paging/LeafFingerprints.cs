using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelVault.Storage;

/// <summary>
/// One byte of a hash of each of a leaf's keys, and where its record is, behind the page in its frame: all of them are compared
/// at once, and a lookup touches a few lines of memory that stand together instead of the slots it would search through. In
/// memory only, made when a leaf has been looked into a few times, gone when its frame is used again.
/// </summary>
/// <remarks>
/// For committed leaves only, which never change. Several threads may make them at once: they write the same bytes, and the
/// state is written last.
/// </remarks>
internal static class LeafFingerprints
{
    /// <summary>Leaves of more rows have none: their rows are so short that there is less to gain.</summary>
    private const int MaxRows = 128;

    private const int LookupsBefore = 4;
    private const byte Ready = byte.MaxValue;

    // Where in the frame they are: the state, or how often the leaf was looked into; the number of rows; the length of the prefix.
    private const int StateOffset = FileLayout.PageSize;
    private const int CountOffset = StateOffset + 2;
    private const int PrefixOffset = StateOffset + 4;
    private const int PrintsOffset = StateOffset + 16;
    private const int RecordsOffset = PrintsOffset + MaxRows;

    /// <summary>Bytes of a frame behind the page.</summary>
    public const int Size = RecordsOffset + (MaxRows * sizeof(ushort)) - FileLayout.PageSize;

    /// <summary>Whether a leaf has them.</summary>
    public static bool IsReady(byte[] leaf) => Volatile.Read(ref leaf[StateOffset]) == Ready;

    /// <summary>The frame gets another content.</summary>
    public static void Forget(byte[] frame) => frame[StateOffset] = 0;

    /// <summary>Reads from the lines that a lookup will read; see <see cref="PageBytes.Touch(byte[])"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Touch(byte[] frame)
    {
        PageBytes.Touch(frame, 0);
        PageBytes.Touch(frame, StateOffset - 16); // the end of the page, where its prefix is
        PageBytes.Touch(frame, StateOffset);
        PageBytes.Touch(frame, StateOffset + 64);
        PageBytes.Touch(frame, RecordsOffset);
        PageBytes.Touch(frame, RecordsOffset + 64);
        PageBytes.Touch(frame, RecordsOffset + 128);
    }

    /// <summary>Fetches the same lines without waiting for them.</summary>
    public static void Foresee(byte[] frame)
    {
        Prefetch.Line(frame, 0);
        Prefetch.Lines(frame, StateOffset - 16, RecordsOffset + 192);
    }

    /// <summary>Where the record of a key probably is in a leaf, told without looking at a record; -1 where nothing can be told, or it is not there.</summary>
    public static int Guess(byte[] leaf, ReadOnlySpan<byte> key)
    {
        if (Volatile.Read(ref PageBytes.At(leaf, StateOffset)) != Ready) return -1;
        int count = PageBytes.U16(leaf, CountOffset), prefix = PageBytes.U16(leaf, PrefixOffset);
        if (key.Length < prefix) return -1;
        var wanted = Vector256.Create(PrintOf(key[prefix..]));
        for (var from = 0; from < count; from += Vector256<byte>.Count)
        {
            var same = Vector256.Equals(PageBytes.Vector(leaf, PrintsOffset + from), wanted).ExtractMostSignificantBits();
            if (same == 0) continue;
            var index = from + BitOperations.TrailingZeroCount(same);
            return index < count ? PageBytes.U16(leaf, RecordsOffset + (sizeof(ushort) * index)) : -1;
        }

        return -1;
    }

    /// <summary>The record of a key in a committed leaf; -1 when the key is not there.</summary>
    public static int FindRecord(byte[] leaf, ReadOnlySpan<byte> key)
    {
        if (Volatile.Read(ref PageBytes.At(leaf, StateOffset)) != Ready) return SearchRecord(leaf, key);
        int count = PageBytes.U16(leaf, CountOffset), prefix = PageBytes.U16(leaf, PrefixOffset);
        if (prefix > 0)
        {
            if (!key.StartsWith(leaf.AsSpan(FileLayout.PageSize - prefix, prefix))) return -1;
            key = key[prefix..];
        }

        var wanted = Vector256.Create(PrintOf(key));
        for (var from = 0; from < count; from += Vector256<byte>.Count)
        {
            for (var same = Vector256.Equals(PageBytes.Vector(leaf, PrintsOffset + from), wanted).ExtractMostSignificantBits(); same != 0; same &= same - 1)
            {
                var index = from + BitOperations.TrailingZeroCount(same);
                if (index >= count) return -1;
                var record = PageBytes.U16(leaf, RecordsOffset + (sizeof(ushort) * index));
                if (NodePage.SuffixOfLeafRecord(leaf, record).SequenceEqual(key)) return record;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SearchRecord(byte[] leaf, ReadOnlySpan<byte> key)
    {
        PageBytes.Touch(leaf);
        var lookups = leaf[StateOffset];
        if (NodePage.Count(leaf) <= MaxRows)
        {
            // A lookup that is not counted, because threads counted at once, is no harm.
            if (lookups < LookupsBefore) leaf[StateOffset] = (byte)(lookups + 1);
            else Make(leaf);
        }

        var index = NodePage.Search(leaf, key, out var found);
        return found ? NodePage.RecordOffset(leaf, index) : -1;
    }

    private static void Make(byte[] leaf)
    {
        var count = NodePage.Count(leaf);
        for (var i = 0; i < count; i++)
        {
            leaf[PrintsOffset + i] = PrintOf(NodePage.Suffix(leaf, i));
            SetU16(leaf, RecordsOffset + (sizeof(ushort) * i), NodePage.RecordOffset(leaf, i));
        }

        SetU16(leaf, CountOffset, count);
        SetU16(leaf, PrefixOffset, NodePage.PrefixLength(leaf));
        Interleaving.Point();
        Volatile.Write(ref leaf[StateOffset], Ready);
    }

    // From both ends of the key: most keys differ in their last bytes. Never stored, so the machine's byte order will do.
    private static byte PrintOf(ReadOnlySpan<byte> suffix)
    {
        var mixed = (ulong)suffix.Length;
        if (suffix.Length >= sizeof(ulong))
        {
            mixed ^= MemoryMarshal.Read<ulong>(suffix) ^ BitOperations.RotateLeft(MemoryMarshal.Read<ulong>(suffix[^sizeof(ulong)..]), 17);
        }
        else if (suffix.Length >= sizeof(uint))
        {
            mixed ^= MemoryMarshal.Read<uint>(suffix) | ((ulong)MemoryMarshal.Read<uint>(suffix[^sizeof(uint)..]) << 32);
        }
        else
        {
            foreach (var value in suffix) mixed = (mixed << 8) | value;
        }

        return (byte)((mixed * 0x9E3779B97F4A7C15) >> 56);
    }

    private static void SetU16(byte[] frame, int offset, int value) => BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(offset), (ushort)value);
}
