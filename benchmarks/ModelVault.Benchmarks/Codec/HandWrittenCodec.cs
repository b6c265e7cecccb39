using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace ModelVault.Benchmarks;

/// <summary>
/// The bytes of a book as somebody writes them by hand who wants them fast: for this class alone, with spans, one check of the
/// buffer's size for the whole record, and nothing that could be used for another one.
/// </summary>
internal static class HandWrittenCodec
{
    private const int MostBytesOfNumbers = 1 + 9 + 9 + 9;
    private const int MostBytesOfHeader = 5;

    /// <summary>Writes a book to the front of a buffer, which is replaced if it is too small, and returns how many bytes it has.</summary>
    public static int Write(Book book, ref byte[] buffer)
    {
        int most = MostBytesOfNumbers + 3 * MostBytesOfHeader + 3 * (book.Author.Length + book.Title.Length + (book.Isbn?.Length ?? 0));
        if (buffer.Length < most) buffer = new byte[most];
        Span<byte> to = buffer;
        to[0] = 0x96;
        int at = 1;
        at += WriteString(to[at..], book.Author);
        at += WriteInteger(to[at..], book.Id);
        if (book.Isbn is { } isbn) at += WriteString(to[at..], isbn);
        else to[at++] = 0xc0;
        to[at] = 0xcb;
        BinaryPrimitives.WriteDoubleBigEndian(to[(at + 1)..], book.Rating);
        at += 9;
        at += WriteString(to[at..], book.Title);
        at += WriteInteger(to[at..], book.Year);
        return at;
    }

    /// <summary>Reads a book.</summary>
    public static Book Read(ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty || from[0] != 0x96) throw Damaged();
        int at = 1;
        string author = ReadString(from, ref at);
        long id = ReadInteger(from, ref at);
        string? isbn = null;
        if ((uint)at < (uint)from.Length && from[at] == 0xc0) at++;
        else isbn = ReadString(from, ref at);
        if (from.Length - at < 9 || from[at] != 0xcb) throw Damaged();
        double rating = BinaryPrimitives.ReadDoubleBigEndian(from[(at + 1)..]);
        at += 9;
        string title = ReadString(from, ref at);
        long year = ReadInteger(from, ref at);
        if (year != (int)year) throw Damaged();
        return new Book { Author = author, Id = id, Isbn = isbn, Rating = rating, Title = title, Year = (int)year };
    }

    // Most text is ASCII: it is written behind the header that it then has, and moved if it was not.
    private static int WriteString(Span<byte> to, string value)
    {
        int header = HeaderLength(value.Length);
        if (Ascii.FromUtf16(value, to[header..], out int length) != OperationStatus.Done
            && Utf8.FromUtf16(value, to[header..], out _, out length, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new ArgumentException("Unpaired surrogate.", nameof(value));
        if (length != value.Length && HeaderLength(length) is var needed && needed != header)
        {
            to.Slice(header, length).CopyTo(to[needed..]);
            header = needed;
        }

        switch (header)
        {
            case 1:
                to[0] = (byte)(0xa0 | length);
                break;
            case 2:
                to[0] = 0xd9;
                to[1] = (byte)length;
                break;
            case 3:
                to[0] = 0xda;
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)length);
                break;
            default:
                to[0] = 0xdb;
                BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)length);
                break;
        }

        return header + length;
    }

    private static int HeaderLength(int length) => length <= 31 ? 1 : length <= byte.MaxValue ? 2 : length <= ushort.MaxValue ? 3 : 5;

    private static int WriteInteger(Span<byte> to, long value)
    {
        switch (value)
        {
            case >= -32 and <= 127:
                to[0] = (byte)value;
                return 1;
            case >= 0 and <= byte.MaxValue:
                to[0] = 0xcc;
                to[1] = (byte)value;
                return 2;
            case >= 0 and <= ushort.MaxValue:
                to[0] = 0xcd;
                BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)value);
                return 3;
            case >= 0 and <= uint.MaxValue:
                to[0] = 0xce;
                BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)value);
                return 5;
            case >= 0:
                to[0] = 0xcf;
                BinaryPrimitives.WriteInt64BigEndian(to[1..], value);
                return 9;
            case >= sbyte.MinValue:
                to[0] = 0xd0;
                to[1] = (byte)value;
                return 2;
            case >= short.MinValue:
                to[0] = 0xd1;
                BinaryPrimitives.WriteInt16BigEndian(to[1..], (short)value);
                return 3;
            case >= int.MinValue:
                to[0] = 0xd2;
                BinaryPrimitives.WriteInt32BigEndian(to[1..], (int)value);
                return 5;
            default:
                to[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(to[1..], value);
                return 9;
        }
    }

    private static string ReadString(ReadOnlySpan<byte> from, ref int at)
    {
        if ((uint)at >= (uint)from.Length) throw Damaged();
        byte code = from[at];
        int header, length;
        switch (code)
        {
            case >= 0xa0 and <= 0xbf:
                (header, length) = (1, code & 0x1f);
                break;
            case 0xd9 when from.Length - at >= 2:
                (header, length) = (2, from[at + 1]);
                break;
            case 0xda when from.Length - at >= 3:
                (header, length) = (3, BinaryPrimitives.ReadUInt16BigEndian(from[(at + 1)..]));
                break;
            case 0xdb when from.Length - at >= 5 && BinaryPrimitives.ReadUInt32BigEndian(from[(at + 1)..]) is var longLength and <= int.MaxValue:
                (header, length) = (5, (int)longLength);
                break;
            default:
                throw Damaged();
        }

        if (length > from.Length - at - header) throw Damaged();
        ReadOnlySpan<byte> text = from.Slice(at + header, length);
        at += header + length;
        return Ascii.IsValid(text) ? string.Create(text.Length, text, static (to, ascii) => Ascii.ToUtf16(ascii, to, out _)) : Encoding.UTF8.GetString(text);
    }

    private static long ReadInteger(ReadOnlySpan<byte> from, ref int at)
    {
        if ((uint)at >= (uint)from.Length) throw Damaged();
        byte code = from[at++];
        if (code is <= 0x7f or >= 0xe0) return (sbyte)code;
        int length = code is >= 0xcc and <= 0xd3 ? 1 << ((code - 0xcc) & 3) : throw Damaged();
        if (from.Length - at < length) throw Damaged();
        ReadOnlySpan<byte> number = from.Slice(at, length);
        at += length;
        return code switch
        {
            0xcc => number[0],
            0xcd => BinaryPrimitives.ReadUInt16BigEndian(number),
            0xce => BinaryPrimitives.ReadUInt32BigEndian(number),
            0xcf => checked((long)BinaryPrimitives.ReadUInt64BigEndian(number)),
            0xd0 => (sbyte)number[0],
            0xd1 => BinaryPrimitives.ReadInt16BigEndian(number),
            0xd2 => BinaryPrimitives.ReadInt32BigEndian(number),
            _ => BinaryPrimitives.ReadInt64BigEndian(number),
        };
    }

    private static InvalidDataException Damaged() => new("The book is damaged.");
}
