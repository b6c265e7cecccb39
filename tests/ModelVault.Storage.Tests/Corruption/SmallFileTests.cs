namespace ModelVault.Storage.Tests.Corruption;

/// <summary>
/// A great many damaged copies of a small file, each opened for reading only and read whole: an error that says so or the right
/// data, and under right checksums no crash, no hang and no memory without bounds.
/// </summary>
public class SmallFileTests
{
    private const long AllocationBudget = 8 << 20;
    private const int RowBudget = 10_000;

    private static readonly StorageOptions ReadOnly = new() { ReadOnly = true, CacheSize = StorageOptions.MinCacheSize };

    [Fact]
    public void Damage_is_reported_or_harmless() => Fuzz(TestScale.Of(6000), seedOffset: 2_000_000, Damage.Raw, static snapshot =>
    {
        Assert.Null(VaultFile.Small.Model.Difference(snapshot));
    });

    [Fact]
    public void Damage_under_right_checksums_crashes_nothing() => Fuzz(TestScale.Of(6000), seedOffset: 100_000_000, Damage.Stamped, ReadAll);

    private static void Fuzz(int cases, int seedOffset, Func<VaultFile, Random, (byte[], string)> damage, Action<Snapshot> read)
    {
        var refused = 0;
        for (var seed = seedOffset; seed < seedOffset + cases; seed++)
        {
            var (image, what) = damage(VaultFile.Small, new Random(seed));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var engine = StorageEngine.Open(new ArrayStorage(image), ReadOnly);
                engine.Read(snapshot =>
                {
                    read(snapshot);
                    return 0;
                });
            }
            catch (VaultCorruptionException)
            {
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {what}: {error}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < AllocationBudget, $"seed {seed}: {what}: {allocated} bytes allocated");
        }

        TestScale.Report($"damaged files of '{VaultFile.Small.Name}'{(damage == Damage.Stamped ? ", re-stamped" : "")}", cases);
        TestScale.Report("  of them refused", refused);
        Assert.InRange(refused, 1, cases - 1);
    }

    private static void ReadAll(Snapshot snapshot)
    {
        var rows = 0;
        foreach (var name in snapshot.TreeNames)
        {
            if (++rows > RowBudget || !snapshot.TryGetTree(name, out var tree)) break;
            using var cursor = tree.OpenCursor();
            for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
            {
                _ = cursor.Value.Length;
                tree.Contains(cursor.Key);
                Assert.True(++rows < RowBudget, "a scan without end");
            }

            for (var more = cursor.SeekLast(); more; more = cursor.MovePrevious()) Assert.True(++rows < 2 * RowBudget, "a backward scan without end");
        }
    }

    // The bytes themselves, without a copy.
    private sealed class ArrayStorage(byte[] content) : IBlockStorage
    {
        public long Length => content.Length;

        public void Read(long offset, Span<byte> destination)
        {
            if (offset + destination.Length > content.Length) throw new EndOfStreamException();
            content.AsSpan((int)offset, destination.Length).CopyTo(destination);
        }

        public void Write(long offset, ReadOnlySpan<byte> source) => throw new NotSupportedException("It is read only.");

        public void Flush() => throw new NotSupportedException("It is read only.");

        public void SetLength(long length) => throw new NotSupportedException("It is read only.");

        public void Dispose()
        {
        }
    }
}
