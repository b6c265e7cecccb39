using ModelVault.Storage;

namespace ModelVault.Tests.Queries;

/// <summary>How many records a query fetches at a time.</summary>
public sealed class RecordBatchTests
{
    [Fact]
    public void A_query_fetches_as_many_records_as_it_asks_for_and_then_more_each_time()
    {
        using StorageEngine engine = StorageEngine.OpenInMemory();
        using (WriteTransaction transaction = engine.BeginWrite(TimeSpan.FromSeconds(10)))
        {
            using RecordBatch one = new(transaction.GetOrCreateTree("t"), 20);
            Assert.Equal([1, 1, 1], Sizes(one, 3));
            transaction.Commit();
        }

        Snapshot snapshot = engine.AcquireSnapshot();
        Assert.True(snapshot.TryGetTree("t", out Tree? tree));
        using RecordBatch batch = new(tree, 5);
        Assert.Equal([5, 10, 20, 32, 32], Sizes(batch, 5));
        snapshot.Release();
    }

    // As a source uses it: it looks for a key before there is any.
    private static List<int> Sizes(RecordBatch batch, int rounds)
    {
        List<int> sizes = [];
        for (int round = 0; round < rounds; round++)
        {
            Assert.False(batch.MoveNext());
            batch.Restart();
            int size = 0;
            for (; !batch.IsFull; size++) batch.Add([1]);
            for (int i = 0; i < size; i++) Assert.True(batch.MoveNext());
            sizes.Add(size);
        }

        return sizes;
    }
}
