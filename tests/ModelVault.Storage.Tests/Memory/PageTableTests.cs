namespace ModelVault.Storage.Tests.Memory;

public class PageTableTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 300)]
    [InlineData(3, 5000)]
    public void It_holds_what_a_dictionary_holds(int seed, int numbers)
    {
        var random = new Random(seed);
        var (table, expected) = (new PageTable(), new Dictionary<long, byte[]>());
        for (var i = 0; i < 20_000; i++)
        {
            // Runs of neighbours, far from each other.
            var number = ((long)random.Next(3) << 30) + random.Next(numbers);
            if (expected.Remove(number, out var page))
            {
                Assert.True(table.Remove(number, out var removed));
                Assert.Same(page, removed);
            }
            else
            {
                Assert.False(table.Remove(number, out _));
                Assert.Throws<KeyNotFoundException>(() => table[number]);
                expected.Add(number, [1]);
                table.Add(number, expected[number]);
            }

            Assert.Equal(expected.Count, table.Count);
            if (i % 500 != 0) continue;
            Assert.Equal(expected.OrderBy(static pair => pair.Key).Select(static pair => (pair.Key, pair.Value)), table.All.OrderBy(static entry => entry.Number));
            Assert.All(expected, pair => Assert.Same(pair.Value, table[pair.Key]));
        }

        table.Clear();
        Assert.Equal(0, table.Count);
        Assert.Empty(table.All);
        Assert.False(table.TryGet(expected.Keys.First(), out _));
    }
}
