using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>Takes a group: its first record, and how many there are.</summary>
internal delegate void GroupTaker(ReadOnlySpan<byte> first, long count);

/// <summary>
/// Counts the records of each group in an index whose entries stand group by group: goes from group to group, fetches the first record
/// of each, and counts long groups by their pages.
/// </summary>
internal static class GroupRuns
{
    // What is longer is counted by its ends.
    private const int LongRun = 64;

    // How many entries at either end of an index are looked at before, and how many each group must have of them.
    private const int Sampled = 32;
    private const int ShortestRun = 8;

    /// <summary>The way to count a query's groups in an index; null where none has all of its records, group by group, or where groups are so small that reading all records costs less.</summary>
    public static AccessPath? PathFor(CollectionLayout layout, CollectionBinding binding, Conjunction conditions, FieldInfo by)
    {
        if (!by.IsIndexable || binding.Primary is null) return null;
        string path = by.Path.ToString();
        foreach (IndexBinding index in binding.Indexes)
        {
            int place = PlaceOf(path, index.Layout);
            if (place < 0) continue;
            KeyCandidate candidate = new(layout, index.Layout, conditions);
            if (!candidate.IsComplete || place > candidate.Match.Equalities) continue;
            AccessPath counted = candidate.ToPath(ScanOrder.Forward);
            if (!conditions.IsAnswered(counted.Answered)) continue;
            counted.CountedComponents = place + 1;
            if (HasLongRuns(index, counted)) return counted;
        }

        return null;
    }

    /// <summary>Counts a query's groups if there is a way; false where there is none.</summary>
    public static bool TryCount(VaultContext context, CollectionStore store, in QuerySpec spec, GroupTaker take, CancellationToken ct)
    {
        using ReadView view = context.BeginRead(store);
        CollectionBinding binding = store.Bind(view.Source);
        AccessPath path = QueryPlanner.Plan(store.Layout, binding, spec);
        if (path.CountedComponents == 0) return false;
        Count(binding, path, take, ct);
        return true;
    }

    /// <summary>Counts the groups of a path. One that lies in several of its intervals is taken as often.</summary>
    public static void Count(CollectionBinding binding, AccessPath path, GroupTaker take, CancellationToken ct)
    {
        IndexBinding index = binding.IndexOf(path.Index!);
        using TreeCursor entries = index.Tree.OpenCursor();
        foreach (KeyRange range in path.Ranges)
        {
            bool more = !range.IsEmpty && entries.Seek(range.Start);
            while (more && IsBefore(entries.Key, range.End))
            {
                ct.ThrowIfCancellationRequested();
                byte[] first = entries.Key.ToArray();
                byte[] primaryKey = index.Layout.PrimaryKey(first, entries.Value).ToArray();
                byte[]? end = EndOfGroup(index.Layout, first, path.CountedComponents, range.End);
                long count = 0;
                do count++;
                while (count < LongRun && entries.MoveNext() && IsBefore(entries.Key, end));
                more = entries.IsValid;
                if (count == LongRun)
                {
                    count = index.Tree.CountRange(first, end);
                    more = end is not null && entries.Seek(end);
                }

                Take(binding.Primary!, index.Layout, primaryKey, count, take);
            }
        }
    }

    // Equal entries come by primary key, and that the first of a group is: its record says which of several equal values the group's key is.
    // Behind the group's component there may be others only where equal entries are equal values.
    private static int PlaceOf(string path, IndexLayout index)
    {
        int place = index.IsMultiEntry ? -1 : Array.IndexOf(index.Paths, path);
        if (place < 0 || index.Components[place].IgnoreCase) return -1;
        bool isExact = index.Components[place].Field.Type.Kind is FieldKind.Bool or FieldKind.Int64 or FieldKind.UInt64 or FieldKind.Char or FieldKind.String or FieldKind.Uuid;
        return isExact || place == index.Paths.Length - 1 ? place : -1;
    }

    private static bool HasLongRuns(IndexBinding index, AccessPath path)
    {
        int entries = 0, runs = 0;
        foreach (bool backward in (ReadOnlySpan<bool>)[false, true])
        {
            using RangeCursor cursor = new(index.Tree, path.Ranges, backward);
            byte[] last = [];
            for (int i = 0; i < Sampled && cursor.MoveNext(); i++, entries++)
            {
                ReadOnlySpan<byte> group = cursor.Key[..index.Layout.ComponentsLength(cursor.Key, path.CountedComponents)];
                if (group.SequenceEqual(last)) continue;
                last = group.ToArray();
                runs++;
            }
        }

        return entries >= runs * ShortestRun;
    }

    private static byte[]? EndOfGroup(IndexLayout index, ReadOnlySpan<byte> entry, int components, byte[]? endOfRange)
    {
        byte[]? end = KeyRange.After(entry[..index.ComponentsLength(entry, components)]);
        return end is null || (endOfRange is not null && endOfRange.AsSpan().SequenceCompareTo(end) < 0) ? endOfRange : end;
    }

    private static bool IsBefore(ReadOnlySpan<byte> key, byte[]? end) => end is null || key.SequenceCompareTo(end) < 0;

    private static void Take(Tree primary, IndexLayout index, byte[] primaryKey, long count, GroupTaker take)
    {
        using ReadScope scope = ReadScope.Enter();
        if (!primary.TryGet(primaryKey, out ReadOnlySpan<byte> record)) throw new VaultCorruptionException($"The index '{index.Schema.Name}' points to a record that is not there.");
        take(record, count);
    }
}
