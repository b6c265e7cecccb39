using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Schedules;

/// <summary>
/// The rows that schedules read and write: a row's value follows from its number and its version, so that a state of the vault
/// is a list of versions (0: no row). More pages than the smallest cache has room for.
/// </summary>
internal static class ScheduledRows
{
    public const int Count = 112;
    public const string Tree = "rows";

    private const int Filling = 130;

    /// <summary>A vault that holds each row in version 1, closed in order, and the number of its commit.</summary>
    public static (DiskImage Image, long CommitId) Start { get; } = MakeStart();

    public static void Put(WritableTree tree, int row, int version)
    {
        if (version == 0) tree.Delete(Bytes.Key(row));
        else tree.Put(Bytes.Key(row), Value(row, version));
    }

    /// <summary>Throws unless a value is that of a row's version.</summary>
    public static void Check(ReadOnlySpan<byte> value, int row, int version, string where)
    {
        if (value.Length != Length(version) || !IsPattern(value, row, version))
            throw new InvalidDataException($"{where}: row {row} is not version {version} but {(value.Length >= 8 ? $"row {BinaryPrimitives.ReadInt32LittleEndian(value)}, version {BinaryPrimitives.ReadInt32LittleEndian(value[4..])}" : "short")}.");
    }

    /// <summary>The versions that a state holds; throws when it holds anything else.</summary>
    public static int[] Read(TreeSource source, string where)
    {
        var versions = new int[Count];
        if (!source.TryGetTree(Tree, out var tree)) return versions;
        using var cursor = tree.OpenCursor();
        for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
        {
            var row = (int)BinaryPrimitives.ReadInt64BigEndian(cursor.Key);
            versions[row] = BinaryPrimitives.ReadInt32LittleEndian(cursor.Value[4..]);
            Check(cursor.Value, row, versions[row], where);
        }

        return versions;
    }

    // A page has room for four of the short ones; the long ones stand outside their leaves.
    private static int Length(int version) => version % 19 == 0 ? 3000 : 1600 + (version % 5 * 80);

    private static byte[] Value(int row, int version)
    {
        var value = new byte[Length(version)];
        MemoryMarshal.Cast<byte, ulong>(value.AsSpan()).Fill(Pattern(row, version));
        return value;
    }

    private static bool IsPattern(ReadOnlySpan<byte> value, int row, int version) =>
        !MemoryMarshal.Cast<byte, ulong>(value).ContainsAnyExcept(Pattern(row, version));

    private static ulong Pattern(int row, int version) => (uint)row | ((ulong)(uint)version << 32);

    private static (DiskImage, long) MakeStart()
    {
        var storage = new SimulatedBlockStorage();
        long commitId;
        using (var engine = StorageEngine.Open(storage))
        {
            engine.Commit(static transaction =>
            {
                var filling = transaction.GetOrCreateTree("filling");
                for (var i = 0; i < Filling; i++) filling.Put(Bytes.Key(i), new byte[3000]);
                var tree = transaction.GetOrCreateTree(Tree);
                for (var row = 0; row < Count; row++) Put(tree, row, 1);
            });
            // So much of the file is then free, in short runs, that every hole is used, and pages come round soon.
            engine.Commit(static transaction =>
            {
                for (var i = 0; i < Filling; i++)
                {
                    if (i % 20 != 0) transaction.GetOrCreateTree("filling").Delete(Bytes.Key(i));
                }
            });
        }

        using (var again = StorageEngine.Open(storage, new StorageOptions { ReadOnly = true })) commitId = again.Statistics.CommitId;
        return (storage.Snapshot(), commitId);
    }
}
