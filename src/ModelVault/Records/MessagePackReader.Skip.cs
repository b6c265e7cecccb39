using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ModelVault.Storage;

namespace ModelVault.Runtime;

public ref partial struct MessagePackReader
{
    // How many bytes a value takes, by its first; 0 where it does not tell even the least. Of a String8 all but its text.
    private static readonly byte[] Widths = MakeWidths();

    /// <summary>Reads past one value, whatever it is.</summary>
    public void Skip()
    {
        if (SkipValue() is >= 0 and long items) SkipItems(items);
    }

    /// <summary>Goes to one of an object's fields. False if the object ends before it.</summary>
    internal bool TryEnterField(int ordinal)
    {
        // Nearly every object has fewer than 16 fields. Nothing is allocated for their count, so it need not be held against the rest of the record.
        ReadOnlySpan<byte> data = _data;
        int fields = (uint)_position < (uint)data.Length ? data[_position] - MessagePackCode.FixArray : -1;
        if ((uint)fields > 0x0f || _depth >= MessagePackCode.MaxDepth) fields = BeginObject();
        else (_position, _depth) = (_position + 1, _depth + 1);
        if (ordinal >= fields) return false;
        Skip(ordinal);
        return true;
    }

    /// <summary>Reads past several values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Skip(int count)
    {
        ReadOnlySpan<byte> data = _data;
        int position = _position;
        for (; count > 0; count--)
        {
            int next = position + 1;
            int width = (uint)next < (uint)data.Length ? Width(data[position], data[next]) : 0;
            position = width == 0 ? SkipFrom(position) : position + width;
        }

        if (position > data.Length) ThrowTruncated();
        _position = position;
    }

    /// <summary>Where one field begins in each of some objects; -1 in one that ends before it.</summary>
    /// <param name="data">What holds the objects.</param>
    /// <param name="objects">Where they are.</param>
    /// <param name="ordinal">The field's place.</param>
    /// <param name="positions">Where the field is.</param>
    internal static void FieldsAt(ReadOnlySpan<byte> data, ReadOnlySpan<ValuePlace> objects, int ordinal, Span<int> positions)
    {
        int next = 0;
        for (; next + 4 <= objects.Length; next += 4)
            if (!TryFindFour(data, objects.Slice(next, 4), ordinal, positions.Slice(next, 4)))
                for (int i = next; i < next + 4; i++) positions[i] = FieldAt(data, objects[i], ordinal);
        for (; next < objects.Length; next++) positions[next] = FieldAt(data, objects[next], ordinal);
    }

    private static int FieldAt(ReadOnlySpan<byte> data, ValuePlace place, int ordinal)
    {
        MessagePackReader reader = new(data[..place.End], place.Start);
        return reader.TryEnterField(ordinal) ? reader._position : -1;
    }

    // Each value must be read to know where the one behind it begins, so the processor would wait for most of the time; with four
    // objects in step it has others to go on with. False, for which there may be many reasons, where they must be gone over one by one.
    private static bool TryFindFour(ReadOnlySpan<byte> data, ReadOnlySpan<ValuePlace> objects, int ordinal, Span<int> positions)
    {
        int p0 = objects[0].Start, p1 = objects[1].Start, p2 = objects[2].Start, p3 = objects[3].Start;
        int last0 = objects[0].End - 1, last1 = objects[1].End - 1, last2 = objects[2].End - 1, last3 = objects[3].End - 1;
        if (p0 >= last0 || p1 >= last1 || p2 >= last2 || p3 >= last3) return false;
        if (!HasField(data[p0++], ordinal) || !HasField(data[p1++], ordinal) || !HasField(data[p2++], ordinal) || !HasField(data[p3++], ordinal)) return false;
        for (; ordinal > 0; ordinal--)
        {
            if (p0 >= last0 || p1 >= last1 || p2 >= last2 || p3 >= last3) return false;
            int w0 = Width(data[p0], data[p0 + 1]), w1 = Width(data[p1], data[p1 + 1]), w2 = Width(data[p2], data[p2 + 1]), w3 = Width(data[p3], data[p3 + 1]);
            if (w0 == 0 || w1 == 0 || w2 == 0 || w3 == 0) return false;
            (p0, p1, p2, p3) = (p0 + w0, p1 + w1, p2 + w2, p3 + w3);
        }

        (positions[0], positions[1], positions[2], positions[3]) = (p0, p1, p2, p3);
        return p0 <= last0 && p1 <= last1 && p2 <= last2 && p3 <= last3;
    }

    // Whether an object with that first byte has fewer than 16 fields, as nearly all have, and the one.
    private static bool HasField(byte code, int ordinal) => (uint)(code - MessagePackCode.FixArray) <= 0x0f && ordinal < (code & 0x0f);

    // How many bytes a value takes, by its first two; 0 where they alone do not tell. Texts of a field are now shorter and now longer
    // than 31 bytes, which no branch could foretell.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Width(byte code, byte next) => Widths[code] + (next & (((code ^ MessagePackCode.String8) - 1) >> 31));

    // A method of its own, so that the loop above keeps all it needs in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int SkipFrom(int position)
    {
        _position = position;
        Skip();
        return _position;
    }

    /// <summary>Reads past one value and returns its bytes.</summary>
    internal ReadOnlySpan<byte> ReadRaw()
    {
        int start = _position;
        Skip();
        return _data[start.._position];
    }

    // Without recursion: how many values are left is kept for each level.
    private void SkipItems(long items)
    {
        if (_depth >= MessagePackCode.MaxDepth) throw TooDeep();
        Span<long> left = stackalloc long[MessagePackCode.MaxDepth];
        left[0] = items;
        for (int level = 0; level >= 0;)
        {
            if (left[level]-- == 0)
            {
                level--;
                continue;
            }

            long nested = SkipValue();
            if (nested < 0) continue;
            if (_depth + ++level >= MessagePackCode.MaxDepth) throw TooDeep();
            left[level] = nested;
        }
    }

    // Passes a scalar and returns −1, or an array's or a map's header and returns how many values follow.
    private long SkipValue()
    {
        byte code = Next();
        if (code <= MessagePackCode.PositiveFixIntMax || code >= MessagePackCode.NegativeFixInt) return -1;
        if (code >= MessagePackCode.FixString && code < MessagePackCode.Nil)
        {
            Take((uint)code & 0x1f);
            return -1;
        }

        return SkipOther(code);
    }

    private long SkipOther(byte code)
    {
        switch (code)
        {
            case < MessagePackCode.FixArray: return 2 * (code & 0x0f);
            case < MessagePackCode.FixString: return code & 0x0f;
            case MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True: return -1;
            case MessagePackCode.UInt8 or MessagePackCode.Int8: Take(1); return -1;
            case MessagePackCode.UInt16 or MessagePackCode.Int16: Take(2); return -1;
            case MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32: Take(4); return -1;
            case MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64: Take(8); return -1;
            case MessagePackCode.Bin8 or MessagePackCode.String8: Take(Next()); return -1;
            case MessagePackCode.Bin16 or MessagePackCode.String16: Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))); return -1;
            case MessagePackCode.Bin32 or MessagePackCode.String32: Take(BinaryPrimitives.ReadUInt32BigEndian(Take(4))); return -1;
            case MessagePackCode.FixExt1: Take(2); return -1;
            case MessagePackCode.FixExt2: Take(3); return -1;
            case MessagePackCode.FixExt4: Take(5); return -1;
            case MessagePackCode.FixExt8: Take(9); return -1;
            case MessagePackCode.FixExt16: Take(17); return -1;
            case MessagePackCode.Ext8: Take(Next() + 1u); return -1;
            case MessagePackCode.Ext16: Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)) + 1u); return -1;
            case MessagePackCode.Ext32: Take(ExtensionLength(BinaryPrimitives.ReadUInt32BigEndian(Take(4)))); return -1;
            case MessagePackCode.Array16: return BinaryPrimitives.ReadUInt16BigEndian(Take(2));
            case MessagePackCode.Array32: return BinaryPrimitives.ReadUInt32BigEndian(Take(4));
            case MessagePackCode.Map16: return 2L * BinaryPrimitives.ReadUInt16BigEndian(Take(2));
            case MessagePackCode.Map32: return 2L * BinaryPrimitives.ReadUInt32BigEndian(Take(4));
            default: throw Unexpected("a value", code);
        }
    }

    private static uint ExtensionLength(uint length) => length < uint.MaxValue ? length + 1 : throw Damaged("A length is larger than the rest of the record.");

    private static byte[] MakeWidths()
    {
        byte[] widths = new byte[256];
        widths.AsSpan(0, MessagePackCode.PositiveFixIntMax + 1).Fill(1);
        widths.AsSpan(MessagePackCode.NegativeFixInt).Fill(1);
        for (int code = MessagePackCode.FixString; code < MessagePackCode.Nil; code++) widths[code] = (byte)(1 + (code & 0x1f));
        widths[MessagePackCode.Nil] = widths[MessagePackCode.False] = widths[MessagePackCode.True] = 1;
        widths[MessagePackCode.String8] = 2;
        widths[MessagePackCode.UInt8] = widths[MessagePackCode.Int8] = 2;
        widths[MessagePackCode.UInt16] = widths[MessagePackCode.Int16] = 3;
        widths[MessagePackCode.UInt32] = widths[MessagePackCode.Int32] = widths[MessagePackCode.Float32] = 5;
        widths[MessagePackCode.UInt64] = widths[MessagePackCode.Int64] = widths[MessagePackCode.Float64] = 9;
        return widths;
    }
}
