namespace ModelVault.Runtime;

// What sources need that learn the number of parts, or their order, only when they have passed them all.
public ref partial struct MessagePackWriter
{
    private const int LongestHeader = 5;

    /// <summary>How many bytes have been written.</summary>
    internal readonly int Length => _length;

    /// <summary>Forgets what has been written behind a position.</summary>
    internal void Rewind(int length) => _length = length;

    /// <summary>Makes an array of the values that have been written since a position.</summary>
    internal void InsertArrayHeader(int position, int count) => InsertHeader(position, count, isMap: false);

    /// <summary>Makes a map of the keys and values that have been written since a position.</summary>
    internal void InsertMapHeader(int position, int count) => InsertHeader(position, count, isMap: true);

    private void InsertHeader(int position, int count, bool isMap)
    {
        int end = _length;
        Peek(LongestHeader);
        if (isMap) WriteMapHeader(count);
        else WriteArrayHeader(count);

        // The header stands behind the values; the two change places.
        int size = _length - end;
        Span<byte> header = stackalloc byte[LongestHeader];
        _buffer.AsSpan(end, size).CopyTo(header);
        _buffer.AsSpan(position, end - position).CopyTo(_buffer.AsSpan(position + size));
        header[..size].CopyTo(_buffer.AsSpan(position));
    }
}
