using System.Runtime.CompilerServices;

namespace ModelVault.Runtime;

/// <summary>The stored record a filter looks at and, inside list filters, where the current elements stand in it.</summary>
internal ref struct RowContext
{
    /// <summary>How many lists deep a filter may reach.</summary>
    public const int MaxDepth = 8;

    public readonly ReadOnlySpan<byte> Record;

    /// <summary>Where the record's fields begin, behind its header.</summary>
    public readonly int Start;

    public ElementPositions Elements;

    public RowContext(ReadOnlySpan<byte> record, int start)
    {
        Record = record;
        Start = start;
        // Each is set before it is read; to clear them for each record would take as long as a comparison.
        Unsafe.SkipInit(out Elements);
    }

    /// <summary>A stored record, its header included.</summary>
    public static RowContext Of(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        return new RowContext(record, start);
    }

    [InlineArray(MaxDepth)]
    internal struct ElementPositions
    {
        private int _first;
    }
}
