using System.Runtime.CompilerServices;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>Lets a scan show only the records that pass some conditions.</summary>
internal sealed class RecordSelector(VaultFilter[] conditions) : IValueSelector
{
    /// <summary>Records that pass this are not wanted any more, whatever the conditions say; null for none.</summary>
    public VaultFilter? Unwanted { get; set; }

    public uint Select(ReadOnlySpan<byte> bytes, ReadOnlySpan<ValuePlace> values)
    {
        Span<ValuePlace> fields = stackalloc ValuePlace[TreeScan.MaxGroup];
        for (int i = 0; i < values.Length; i++) fields[i] = WithoutHeader(bytes, values[i]);
        RecordGroup group = new(bytes, values, fields[..values.Length]);
        uint selected = uint.MaxValue >> (32 - values.Length);
        if (Unwanted is not null) selected &= ~Unwanted.Select(group, selected);
        foreach (VaultFilter condition in conditions)
        {
            if (selected == 0) break;
            selected = condition.Select(group, selected);
        }

        return selected;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ValuePlace WithoutHeader(ReadOnlySpan<byte> bytes, ValuePlace value)
    {
        RecordHeader.Read(bytes.Slice(value.Start, value.Length), out int start);
        return new ValuePlace(value.Start + start, value.Length - start);
    }
}
