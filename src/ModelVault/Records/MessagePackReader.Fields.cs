using ModelVault.Storage;

namespace ModelVault.Runtime;

// Finding one field of an object without reading those before it.
public ref partial struct MessagePackReader
{
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
}
