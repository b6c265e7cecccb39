using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace ModelVault;

/// <summary>
/// The text of a cursor: base64url of a version, the order's fingerprint, a check sum, and the place: how many records were
/// passed, each term's sort key, the primary key. What is read from it is only ever compared with keys, so the worst that a
/// forged one can do is to ask for another place.
/// </summary>
internal static class CursorToken
{
    private const byte Version = 1;
    private const int CheckSumPlace = 9;
    private const int HeaderLength = 13;

    public static string Format(PagePosition position)
    {
        ArrayBufferWriter<byte> bytes = new(64);
        Span<byte> header = bytes.GetSpan(HeaderLength);
        header[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(header[1..], position.Order.Fingerprint);
        bytes.Advance(HeaderLength);
        WriteNumber(bytes, (ulong)position.Passed);
        foreach (byte[] term in position.Terms) WriteBytes(bytes, term);
        WriteBytes(bytes, position.Key);
        byte[] token = bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(token.AsSpan(CheckSumPlace), CheckSum(token));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The place in an order. Throws <see cref="VaultQueryException"/> where the token is damaged, or of another order.</summary>
    public static PagePosition Parse(string? token, PageOrder order)
    {
        if (!TryDecode(token, out ReadOnlySpan<byte> bytes)) throw Damaged(token);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]) != order.Fingerprint)
            throw new VaultQueryException($"The cursor '{Shortened(token)}' belongs to another query: this one goes over '{order.Layout.Schema.Name}' by {order}. A cursor is good for the query that gave it, or one of the same order.");
        bytes = bytes[HeaderLength..];
        byte[][] terms = new byte[order.Terms.Length][];
        if (!TryReadNumber(ref bytes, out ulong passed) || passed > long.MaxValue) throw Damaged(token);
        for (int i = 0; i < terms.Length; i++)
            if (!TryReadBytes(ref bytes, out terms[i])) throw Damaged(token);
        return TryReadBytes(ref bytes, out byte[] key) && bytes.IsEmpty ? new PagePosition(order, terms, key, (long)passed) : throw Damaged(token);
    }

    /// <summary>Whether it can be the token of some query.</summary>
    public static bool IsWellFormed(string token) => TryDecode(token, out _);

    public static VaultQueryException Damaged(string? token) =>
        new($"'{Shortened(token)}' is no cursor, or one that has been damaged on its way, or one of a later version. Give back VaultPage.Next as it came.");

    private static bool TryDecode(string? token, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (token is null) return false;
        byte[] decoded = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        if (Base64Url.DecodeFromChars(token, decoded, out _, out int length) != OperationStatus.Done) return false;
        bytes = decoded.AsSpan(0, length);
        return length >= HeaderLength && bytes[0] == Version && BinaryPrimitives.ReadUInt32LittleEndian(bytes[CheckSumPlace..]) == CheckSum(bytes);
    }

    // FNV-1a over all but its own place: against tokens that were cut or mistyped.
    private static uint CheckSum(ReadOnlySpan<byte> token)
    {
        uint sum = 2166136261;
        for (int i = 0; i < token.Length; i++)
            if (i is < CheckSumPlace or >= HeaderLength) sum = (sum ^ token[i]) * 16777619;
        return sum;
    }

    private static void WriteNumber(ArrayBufferWriter<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7) to.Write([(byte)(value | 0x80)]);
        to.Write([(byte)value]);
    }

    private static void WriteBytes(ArrayBufferWriter<byte> to, byte[] value)
    {
        WriteNumber(to, (ulong)value.Length);
        to.Write(value);
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && !from.IsEmpty; shift += 7)
        {
            byte next = from[0];
            from = from[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    private static bool TryReadBytes(ref ReadOnlySpan<byte> from, out byte[] value)
    {
        value = [];
        if (!TryReadNumber(ref from, out ulong length) || length > (ulong)from.Length) return false;
        value = from[..(int)length].ToArray();
        from = from[(int)length..];
        return true;
    }

    private static string Shortened(string? token)
    {
        if (token is null) return "";
        StringBuilder text = new();
        foreach (char c in token.AsSpan(0, Math.Min(24, token.Length))) text.Append(c is > ' ' and < '\x7f' ? c : '?');
        return token.Length > 24 ? $"{text}…" : text.ToString();
    }
}
