namespace ModelVault.Storage.Tests.Pages;

public class NodePageTests
{
    private readonly byte[] _scratch = new byte[FileLayout.PageSize];

    [Fact]
    public void Rows_put_in_any_order_are_found_in_key_order()
    {
        var page = NewLeaf();
        var random = new Random(7);
        var keys = Enumerable.Range(0, 60).Select(i => Bytes.Text($"customer/{i:000000}")).OrderBy(_ => random.Next()).ToArray();
        foreach (var key in keys) Assert.True(Insert(page, key, [1, 2, 3]));
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(i, NodePage.Search(page, Bytes.Text($"customer/{i:000000}"), out var found));
            Assert.True(found);
        }
    }

    [Fact]
    public void A_page_that_fills_up_takes_on_the_prefix_its_keys_share()
    {
        var page = NewLeaf();
        for (var i = 0; Insert(page, Bytes.Text($"customer/{i:000000000}"), new byte[100]); i++);
        Assert.StartsWith("customer/0000000", System.Text.Encoding.UTF8.GetString(NodePage.Prefix(page)), StringComparison.Ordinal);
        Assert.True(NodePage.FreeBytes(page) < 120);
    }

    [Theory]
    [InlineData("a", 0)]
    [InlineData("customer", 0)]
    [InlineData("customer/1", 0)]
    [InlineData("customer/15", 1)]
    [InlineData("customer/3", 2)]
    [InlineData("d", 2)]
    public void A_key_that_is_not_there_is_placed_by_the_prefix_too(string key, int place)
    {
        var page = NewLeaf();
        Insert(page, Bytes.Text("customer/12"), []);
        Insert(page, Bytes.Text("customer/22"), []);
        page.CopyTo(_scratch, 0);
        NodeEdit.CopyRange(_scratch, 0, 2, page, "customer/".Length);
        Assert.Equal(place, NodePage.Search(page, Bytes.Text(key), out _));
    }

    [Fact]
    public void Keys_of_any_length_are_placed_behind_a_prefix_of_any_length()
    {
        var random = new Random(3);
        for (var round = 0; round < TestScale.Of(3000); round++)
        {
            var prefix = Key(random, 4);
            var keys = Enumerable.Range(0, random.Next(2, 40)).Select(_ => (byte[])[.. prefix, .. Key(random, 6)]).DistinctBy(Convert.ToHexString).OrderBy(Convert.ToHexString, StringComparer.Ordinal).ToArray();
            var page = NewLeaf();
            foreach (var key in keys) Assert.True(Insert(page, key, []));
            page.CopyTo(_scratch, 0);
            NodeEdit.CopyRange(_scratch, 0, keys.Length, page, prefix.Length);
            for (var i = 0; i < 20; i++)
            {
                var wanted = random.Next(2) == 0 ? keys[random.Next(keys.Length)] : [.. prefix[..random.Next(prefix.Length + 1)], .. Key(random, 6)];
                var place = keys.Count(key => key.AsSpan().SequenceCompareTo(wanted) < 0);
                Assert.Equal(place, NodePage.Search(page, wanted, out var found));
                Assert.Equal(keys.Any(key => key.AsSpan().SequenceEqual(wanted)), found);
                var from = random.Next(keys.Length + 1);
                Assert.Equal(Math.Max(from, place), NodePage.SearchFrom(page, from, wanted));
            }
        }

        static byte[] Key(Random random, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => (byte)(random.Next(3) * 127))];
    }

    [Fact]
    public void Keys_that_differ_only_in_trailing_zeros_are_kept_apart()
    {
        var page = NewLeaf();
        byte[][] keys = [[], [0], [0, 0], [0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 1]];
        foreach (var key in keys) Assert.True(Insert(page, key, [(byte)key.Length]));
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, NodePage.Search(page, keys[i], out var found));
            Assert.True(found);
        }
    }

    [Fact]
    public void A_key_outside_the_prefix_shortens_it()
    {
        var page = NewLeaf();
        for (var i = 0; i < 20; i++) Insert(page, Bytes.Text($"customer/{i:00}"), []);
        page.CopyTo(_scratch, 0);
        NodeEdit.CopyRange(_scratch, 0, 20, page, "customer/".Length);
        Assert.True(Insert(page, Bytes.Text("cuss"), []));
        Assert.Equal("cus", System.Text.Encoding.UTF8.GetString(NodePage.Prefix(page)));
        Assert.Equal(0, NodePage.Search(page, Bytes.Text("cuss"), out _));
        Assert.Equal(20, NodePage.Search(page, Bytes.Text("customer/19"), out _));
    }

    [Fact]
    public void The_room_of_removed_rows_is_used_again()
    {
        var page = NewLeaf();
        for (var round = 0; round < 50; round++)
        {
            Assert.True(Insert(page, Bytes.Key(round), new byte[2000]));
            if (NodePage.Count(page) > 3) NodeEdit.Remove(page, 0);
        }
    }

    [Fact]
    public void A_sealed_page_passes_its_checks()
    {
        var page = NewLeaf();
        Insert(page, Bytes.Key(1), [1]);
        NodePage.Seal(page, salt: 5);
        PageValidation.Check(page, PageReference.To(99, 7), level: 0, salt: 5);
    }

    [Theory]
    [InlineData(98, 7, 0, 5)]
    [InlineData(99, 8, 0, 5)]
    [InlineData(99, 7, 1, 5)]
    [InlineData(99, 7, 0, 6)]
    public void A_page_of_another_place_generation_level_or_file_is_refused(long number, long commit, int level, ulong salt)
    {
        var page = NewLeaf();
        Insert(page, Bytes.Key(1), [1]);
        NodePage.Seal(page, salt: 5);
        var error = Assert.Throws<VaultCorruptionException>(() => PageValidation.Check(page, PageReference.To(number, commit), level, salt));
        Assert.Equal(number, error.Page);
    }

    [Fact]
    public void Any_header_or_slot_bytes_under_a_right_checksum_are_refused_or_harmless()
    {
        var original = NewLeaf();
        for (var i = 0; i < 30; i++) Insert(original, Bytes.Key(i * 7), Bytes.Random(80, i));
        var random = new Random(11);
        for (var round = 0; round < TestScale.Of(20_000); round++)
        {
            var page = (byte[])original.Clone();
            for (var i = random.Next(1, 4); i > 0; i--) page[random.Next(2) == 0 ? random.Next(16, 300) : random.Next(page.Length)] = (byte)random.Next(256);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(page, NodePage.ComputeChecksum(page, 5, 99));
            try
            {
                PageValidation.Check(page, PageReference.To(99, 7), level: 0, salt: 5);
            }
            catch (VaultCorruptionException)
            {
                continue;
            }

            // What passes can be read and edited without leaving the page.
            for (var i = 0; i < NodePage.Count(page); i++) NodePage.StoredValue(page, i, out _);
            NodePage.Search(page, Bytes.Key(random.Next(300)), out _);
            NodeEdit.TryInsert(page, NodePage.Search(page, Bytes.Key(100_000), out _), Bytes.Key(100_000), new byte[300], false, _scratch);
        }
    }

    private static byte[] NewLeaf()
    {
        var page = new byte[FileLayout.PageSize];
        NodePage.Initialize(page, 99, 7, 0, 1);
        return page;
    }

    private bool Insert(byte[] page, byte[] key, byte[] value) =>
        NodeEdit.TryInsert(page, NodePage.Search(page, key, out _), key, value, false, _scratch);
}
