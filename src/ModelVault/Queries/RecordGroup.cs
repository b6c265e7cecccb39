using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>Some stored records where they stand.</summary>
/// <param name="bytes">What holds them.</param>
/// <param name="records">Where in it they are.</param>
/// <param name="fields">Where the fields of each are, behind its header.</param>
internal readonly ref struct RecordGroup(ReadOnlySpan<byte> bytes, ReadOnlySpan<ValuePlace> records, ReadOnlySpan<ValuePlace> fields)
{
    private readonly ReadOnlySpan<ValuePlace> _records = records;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ReadOnlySpan<ValuePlace> Fields { get; } = fields;

    public int Count => Fields.Length;

    /// <summary>One of them.</summary>
    public RowContext Row(int index) => new(Bytes.Slice(_records[index].Start, _records[index].Length), Fields[index].Start - _records[index].Start);
}
