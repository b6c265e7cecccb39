using System.Numerics;
using System.Runtime.CompilerServices;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>A condition on one field, told from its bytes.</summary>
internal abstract class FieldFilter<TModel>(FieldInfo subject) : VaultFilter<TModel>
{
    private const int FewestInStep = 3;

    public FieldInfo Field => subject;

    internal override bool ReadsOnly(IFieldSet part) => part.Holds(subject.Path);

    internal sealed override bool Matches(ref RowContext row) => Accepts(row.Record, subject.TryLocate(row, out MessagePackReader reader) ? reader.Position : -1);

    internal sealed override uint Select(in RecordGroup records, uint among)
    {
        // Of few, those that other conditions have left, each is looked at by itself.
        if (BitOperations.PopCount(among) < FewestInStep) return base.Select(records, among);
        Unsafe.SkipInit(out Positions positions);
        return subject.TryLocate(records, positions) ? Select(records, among, positions) : base.Select(records, among);
    }

    /// <summary>Whether a value passes.</summary>
    /// <param name="record">The record.</param>
    /// <param name="position">Where in it the value begins; -1 where there is none, because a null or a missing entry of a map stands on the way.</param>
    protected abstract bool Accepts(ReadOnlySpan<byte> record, int position);

    private uint Select(in RecordGroup records, uint among, ReadOnlySpan<int> positions)
    {
        uint selected = 0;
        for (int i = 0; i < records.Count; i++)
            if ((among & (1u << i)) != 0 && Accepts(records.Bytes[..records.Fields[i].End], positions[i])) selected |= 1u << i;
        return selected;
    }

    [InlineArray(TreeScan.MaxGroup)]
    private struct Positions
    {
        private int _first;
    }
}
