namespace ModelVault.Storage.Tests.Pages;

/// <summary>What no page may hold is told before anything trusts it, though its checksum is right.</summary>
public class PageValidationTests
{
    private const long Number = 77;
    private const long Commit = 5;
    private const ulong Salt = 11;

    private readonly byte[] _scratch = new byte[FileLayout.PageSize];

    [Fact]
    public void A_whole_page_passes()
    {
        Check(Leaf(static _ => { }), 0);
        Check(Inner(static _ => { }), 1);
    }

    [Fact]
    public void A_key_that_its_prefix_makes_too_long_is_told() => AssertDamaged(
        "has too long a key",
        Leaf(static page =>
        {
            var key = Bytes.Random(Tree.MaxKeyLength, 1);
            NodePage.Reset(page, Bytes.Random(40, 2));
            NodePage.SetCount(page, 0);
            NodeEdit.AppendRow(page, key.AsSpan(0, Tree.MaxKeyLength - 30), [1], false);
        }));

    [Fact]
    public void A_value_inside_its_leaf_that_should_stand_outside_is_told() => AssertDamaged(
        "has a value of impossible length", Leaf(static page => NodeEdit.AppendRow(page, [9], new byte[Tree.MaxInlineValueLength + 1], false)));

    [Fact]
    public void A_description_of_a_long_value_of_another_size_is_told() => AssertDamaged(
        "has a value of impossible length", Leaf(static page => NodeEdit.AppendRow(page, [9], new byte[OverflowValue.Size - 1], true)));

    [Fact]
    public void A_child_before_the_first_page_is_told() => AssertDamaged(
        "leads to no page", Inner(static page => NodePage.SetChild(page, 1, PageReference.To(FileLayout.FirstPage - 1, Commit))));

    [Fact]
    public void A_key_of_the_first_child_is_told() => AssertDamaged(
        "should have no key",
        Inner(static page =>
        {
            NodePage.Initialize(page, Number, Commit, 1, 3);
            NodeEdit.AppendChildAt(page, 0, [1], PageReference.To(100, Commit));
        }));

    [Theory]
    [InlineData(Tree.MaxInlineValueLength, FileLayout.FirstPage)]
    [InlineData(-1L, FileLayout.FirstPage)]
    [InlineData(Tree.MaxValueLength + 1L, FileLayout.FirstPage)]
    [InlineData(3000L, FileLayout.FirstPage - 1)]
    [InlineData(3000L, FileLayout.MaxPages)]
    [InlineData(3000L, long.MaxValue)]
    [InlineData(3000L, 200L)]
    [InlineData((long)Tree.MaxValueLength, FileLayout.FirstPage)]
    public void A_long_value_that_cannot_stand_where_it_should_is_told_before_memory_is_taken_for_it(long length, long startPage)
    {
        var pager = new Pager(new MemoryBlockStorage(new byte[FileLayout.OffsetOf(200)]), Salt, StorageOptions.MinCacheSize);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<VaultCorruptionException>(() => pager.ReadOverflow(new OverflowValue(length, startPage, Commit, 0)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_separator_that_has_no_room_leaves_the_one_that_was_there()
    {
        var page = NewPage(1);
        NodeEdit.AppendChildAt(page, 0, [], PageReference.To(100, Commit));
        var count = 1;
        while (NodeEdit.TryInsertChild(page, count, [(byte)count, .. Bytes.Random(970, count)], PageReference.To(100 + count, Commit), _scratch)) count++;
        Assert.False(NodeEdit.TryReplaceSeparator(page, 1, [1, .. Bytes.Random(Tree.MaxKeyLength - 1, 50)], _scratch));
        Assert.Equal(count, NodePage.Count(page));
        Assert.Equal((byte[])[1, .. Bytes.Random(970, 1)], NodePage.Suffix(page, 1).ToArray());
        Assert.Equal(101, NodePage.Child(page, 1).Page);
    }

    private static byte[] NewPage(int level)
    {
        var page = new byte[FileLayout.PageSize];
        NodePage.Initialize(page, Number, Commit, level, 3);
        return page;
    }

    private static byte[] Leaf(Action<byte[]> spoil)
    {
        var page = NewPage(0);
        NodeEdit.AppendRow(page, [1], [1, 2, 3], false);
        spoil(page);
        NodePage.Seal(page, Salt);
        return page;
    }

    private static byte[] Inner(Action<byte[]> spoil)
    {
        var page = NewPage(1);
        NodeEdit.AppendChildAt(page, 0, [], PageReference.To(100, Commit));
        NodeEdit.AppendChildAt(page, 1, [7], PageReference.To(101, Commit));
        spoil(page);
        NodePage.Seal(page, Salt);
        return page;
    }

    private static void AssertDamaged(string how, byte[] page) =>
        Assert.Contains(how, Assert.Throws<VaultCorruptionException>(() => Check(page, NodePage.Level(page))).Message, StringComparison.Ordinal);

    private static void Check(byte[] page, int level) => PageValidation.Check(page, PageReference.To(Number, Commit), level, Salt);
}
