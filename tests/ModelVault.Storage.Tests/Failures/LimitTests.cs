using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>The longest and shortest of everything, and one more: what is refused has changed nothing.</summary>
public class LimitTests
{
    private const int LongestKey = 1638;
    private const int LongestInline = 2048;
    private const int LongestValue = 2_147_483_591;

    [Fact]
    public void Keys_from_none_to_the_longest_are_kept_in_order()
    {
        var model = new VaultModel();
        using var engine = StorageEngine.OpenInMemory();
        foreach (var fill in new byte[] { 0, 1, 255 })
        {
            foreach (var length in new[] { 0, 1, 3, 4, 5, 255, 256, LongestKey - 1, LongestKey })
            {
                var key = new byte[length];
                key.AsSpan().Fill(fill);
                model["t"].Rows[key] = [fill];
                engine.Commit(transaction => transaction.GetOrCreateTree("t").Put(key, [fill]));
            }
        }

        Assert.Equal(LongestKey, Tree.MaxKeyLength);
        Assert.Null(engine.Read(model.Difference));
        foreach (var key in model["t"].Rows.Keys.ToList())
        {
            Assert.NotNull(engine.Get("t", key));
            engine.Commit(transaction => Assert.True(transaction.GetOrCreateTree("t").Delete(key)));
            model["t"].Rows.Remove(key);
            Assert.Null(engine.Read(model.Difference));
        }

        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void Values_around_every_boundary_are_kept_and_replaced_by_each_other()
    {
        var lengths = new[] { 0, 1, LongestInline - 1, LongestInline, LongestInline + 1, 8191, 8192, 8193, 16_384, 16_385, (1 << 20) - 1, (1 << 20) + 1 };
        var model = new VaultModel();
        using var engine = StorageEngine.OpenInMemory();
        Assert.Equal(LongestInline, Tree.MaxInlineValueLength);
        for (var round = 0; round < lengths.Length; round++)
        {
            engine.Commit(transaction =>
            {
                for (var row = 0; row < lengths.Length; row++)
                {
                    var value = Bytes.Random(lengths[(row + round) % lengths.Length], row + round);
                    transaction.GetOrCreateTree("t").Put(Bytes.Key(row), value);
                    model["t"].Rows[Bytes.Key(row)] = value;
                }
            });
            Assert.Null(engine.Read(model.Difference));
            Assert.Null(engine.Read(SpaceAudit.Run));
        }
    }

    [Fact]
    public void What_is_too_long_is_refused_by_name_and_changes_nothing()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            var tree = transaction.GetOrCreateTree("t");
            tree.Put([2], [2]);
            var changes = transaction.ChangeCount;
            // No memory stands behind the end of this value: who looks at it is noticed.
            var far = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.NullRef<byte>(), int.MaxValue);
            var before = GC.GetAllocatedBytesForCurrentThread();
            AssertRefuses(() => tree.Put(new byte[LongestKey + 1], [1]), "1639 bytes", "'t'", "1638", "shorter key");
            AssertRefuses(() => tree.Insert(new byte[LongestKey + 1], [1]), "1639 bytes", "'t'", "1638", "shorter key");
            foreach (var insert in new[] { false, true })
            {
                try
                {
                    _ = insert ? tree.Insert([3], far) : tree.Put([1], far);
                    Assert.Fail("It was taken.");
                }
                catch (ArgumentException error)
                {
                    Assert.Contains($"{int.MaxValue} bytes long; values of tree 't' may have up to {LongestValue} bytes", error.Message, StringComparison.Ordinal);
                }
            }

            foreach (var name in new[] { new string('x', LongestKey + 1), string.Concat(Enumerable.Repeat("ä", 820)) })
                AssertRefuses(() => transaction.GetOrCreateTree(name), "up to 1638 bytes in UTF-8", $"has {System.Text.Encoding.UTF8.GetByteCount(name)}");
            AssertRefuses(() => transaction.GetOrCreateTree(""), "empty");
            Assert.Throws<ArgumentNullException>(() => transaction.GetOrCreateTree(null!));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.Equal((changes, 2L), (transaction.ChangeCount, tree.Count));
            Assert.False(tree.Contains(new byte[LongestKey + 1]));
            Assert.False(tree.Delete(new byte[LongestKey + 1]));
            transaction.Commit();
        }

        Assert.Equal([1], engine.Get("t", [1])!);
        Assert.Equal([2], engine.Get("t", [2])!);
        Assert.Equal(["t"], engine.Read(static snapshot => snapshot.TreeNames.ToList()));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void Trees_have_names_of_any_characters_and_no_two_names_are_one_tree()
    {
        string[] names =
        [
            " ", "\0", "\0\0", "a\0", "a", "A", "ä", "a\u0308", "/../x", "$catalog", "\uFFFD", "\uFEFF", "𝄞", "\uFFFF", "\r\n", "a/b", "\u202E", new('x', LongestKey), new('x', LongestKey - 1),
        ];
        var storage = new MemoryBlockStorage();
        using (var engine = StorageEngine.Open(storage))
        {
            engine.Commit(transaction =>
            {
                for (byte i = 0; i < names.Length; i++) transaction.GetOrCreateTree(names[i]).Put([i], [i]);
            });
        }

        using var reopened = StorageEngine.Open(storage);
        Assert.Equal(names.OrderBy(System.Text.Encoding.UTF8.GetBytes, Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b))), reopened.Read(static snapshot => snapshot.TreeNames.ToList()));
        for (byte i = 0; i < names.Length; i++)
        {
            Assert.Equal([i], reopened.Get(names[i], [i])!);
            Assert.Equal(1, reopened.Read(snapshot => snapshot.TryGetTree(names[i], out var tree) ? tree.Count : 0));
        }
    }

    // Else both would be the same name in the catalog, and one tree would take the other's rows away.
    [Fact]
    public void Names_with_half_of_a_surrogate_pair_are_refused()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction =>
        {
            foreach (var name in new[] { "a\uD800", "a\uDC00", "\uDC00\uD800" }) AssertRefuses(() => transaction.GetOrCreateTree(name), "surrogate");
            transaction.GetOrCreateTree("a").Put([1], [1]);
        });
        Assert.Throws<ArgumentException>(() => engine.Read(static snapshot => snapshot.TryGetTree("a\uD800", out _)));
        Assert.Equal(["a"], engine.Read(static snapshot => snapshot.TreeNames.ToList()));
    }

    [Fact]
    public void Thousands_of_trees_are_made_in_one_transaction_and_dropped_in_another()
    {
        const int count = 5000;
        var storage = new MemoryBlockStorage();
        using (var engine = StorageEngine.Open(storage))
        {
            engine.Commit(static transaction =>
            {
                for (var i = 0; i < count; i++) transaction.GetOrCreateTree($"tree {i}").Put(Bytes.Key(i), [1]);
            });
        }

        using var reopened = StorageEngine.Open(storage);
        Assert.Equal(count, reopened.Read(static snapshot => snapshot.TreeNames.Count()));
        Assert.Equal([1], reopened.Get($"tree {count - 1}", Bytes.Key(count - 1))!);
        reopened.Commit(static transaction =>
        {
            for (var i = 0; i < count; i++) Assert.True(transaction.DropTree($"tree {i}"));
        });
        Assert.Empty(reopened.Read(static snapshot => snapshot.TreeNames.ToList()));
        Assert.Null(reopened.Read(SpaceAudit.Run));
    }

    // The longest value of all ends in the last page before 2 GiB; it needs 6 GiB of memory, so it waits for a higher scale.
    [Fact]
    public void A_value_of_many_megabytes_and_at_scale_10_the_longest_of_all_is_kept()
    {
        var directory = Directory.CreateTempSubdirectory("modelvault-long-").FullName;
        try
        {
            var value = new byte[TestScale.Factor >= 10 ? LongestValue : 200_000_000];
            for (var at = 0L; at < value.Length; at += 4096) BitConverter.TryWriteBytes(value.AsSpan((int)Math.Min(at, value.Length - 8)), at * 31);
            var path = Path.Combine(directory, "a.modelvault");
            using (var engine = StorageEngine.Open(path))
                engine.Commit(transaction => Assert.False(transaction.GetOrCreateTree("t").Put([1], value)));
            using (var engine = StorageEngine.Open(path))
            {
                Assert.True(engine.Get("t", [1]).AsSpan().SequenceEqual(value));
                Assert.Null(engine.Read(SpaceAudit.Run));
                engine.Commit(static transaction => Assert.True(transaction.GetOrCreateTree("t").Delete([1])));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void AssertRefuses(Action action, params string[] parts)
    {
        var error = Assert.ThrowsAny<ArgumentException>(action);
        foreach (var part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
