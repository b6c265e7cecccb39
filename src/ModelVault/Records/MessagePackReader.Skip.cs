using System.Buffers.Binary;
using System.Runtime.CompilerServices;

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
