using ModelVault.Storage;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Collections;

/// <summary>Bulk inserts write the entries of indexes later than the records, in their order.</summary>
public sealed class BulkInsertTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Records_inserted_in_bulk_have_the_entries_that_they_have_when_inserted_one_by_one()
    {
        using VaultDatabase other = VaultDatabase.OpenInMemory();
        Row[] rows = [.. Enumerable.Range(0, 3000).Select(MakeRow)];
        Random.Shared.Shuffle(rows);
        // The first part meets empty indexes, the second one full ones.
        _db.Rows.InsertMany(rows[..1000]);
        _db.Rows.InsertMany(rows[1000..]);
        foreach (Row row in rows) other.Rows.Insert(row);

        Assert.Equal(Contents(other), Contents(_db));
    }

    [Fact]
    public async Task The_same_is_so_when_they_come_one_after_the_other()
    {
        using VaultDatabase other = VaultDatabase.OpenInMemory();
        Row[] rows = [.. Enumerable.Range(0, 500).Select(MakeRow)];
        await _db.Rows.InsertManyAsync(Stream(rows));
        foreach (Row row in rows) other.Rows.Insert(row);

        Assert.Equal(Contents(other), Contents(_db));

        static async IAsyncEnumerable<Row> Stream(Row[] rows)
        {
            foreach (Row row in rows)
            {
                await Task.Yield();
                yield return row;
            }
        }
    }

    [Fact]
    public void A_key_that_is_there_already_undoes_the_bulk_insert_with_all_its_entries()
    {
        _db.Rows.InsertMany(Enumerable.Range(0, 100).Select(MakeRow));
        List<string> before = Contents(_db);

        Assert.Throws<DuplicateKeyException>(() => _db.Rows.InsertMany(Enumerable.Range(100, 100).Append(50).Select(MakeRow)));

        Assert.Equal(before, Contents(_db));
    }

    [Fact]
    public void In_a_transaction_of_the_users_each_record_is_found_by_its_index_at_once()
    {
        using VaultTransaction transaction = _db.BeginTransaction();
        List<long> found = [];
        transaction.Rows.InsertMany(Counting());
        Assert.Equal([0, 1, 2, 3, 4], found);

        IEnumerable<Row> Counting()
        {
            for (int i = 0; i < 5; i++)
            {
                found.Add(transaction.Rows.Where(r => r.Number == 7).Count());
                yield return new Row { Id = i, Number = 7 };
            }
        }
    }

    [Fact]
    public void Entries_are_complete_when_they_are_written_in_several_goes_and_never_take_more_memory_than_allowed()
    {
        const long most = 4096;
        using StorageEngine engine = StorageEngine.OpenInMemory();
        using WriteTransaction transaction = engine.BeginWrite(TimeSpan.FromSeconds(5));
        WritableTree tree = transaction.GetOrCreateTree("index");
        IndexLayout layout = new(new IndexSchema("index", [], IsUnique: false), []);
        IndexBatches batches = new([new IndexBinding(layout, tree)], most);
        int seed = Environment.TickCount;
        Random random = new(seed);
        SortedSet<string> expected = new(StringComparer.Ordinal);
        while (expected.Count < 3000)
        {
            // Keys that are the beginnings of others, end in zeros, or differ behind their first 16 bytes only.
            byte[] key = new byte[random.Next(1, 24)];
            for (int i = random.Next(3) == 0 ? 16 : 0; i < key.Length; i++) key[i] = (byte)random.Next(3);
            if (!expected.Add(Convert.ToHexString(key))) continue;
            Assert.True(batches.TryAdd(0, key, []));
            batches.Relieve();
        }

        Assert.True(tree.Count is > 2900 and < 3000, $"{tree.Count} entries were written before the end");
        batches.Write();
        List<string> written = [];
        using (TreeCursor cursor = tree.OpenCursor())
            for (bool more = cursor.SeekFirst(); more; more = cursor.MoveNext()) written.Add(Convert.ToHexString(cursor.Key));
        Assert.True(expected.SequenceEqual(written), $"seed {seed}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_batch_with_a_key_twice_is_not_written(bool isInTree)
    {
        using StorageEngine engine = StorageEngine.OpenInMemory();
        using WriteTransaction transaction = engine.BeginWrite(TimeSpan.FromSeconds(5));
        WritableTree tree = transaction.GetOrCreateTree("index");
        IndexBatch batch = new(tree);
        if (isInTree) tree.Insert([1, 2], []);
        else batch.Add([1, 2], [3]);
        batch.Add([1, 2, 0], [4]);
        batch.Add([1, 2], [5]);

        Assert.False(batch.TryWrite());
    }

    private static Row MakeRow(int i) => new()
    {
        Id = i,
        Number = i % 5 == 0 ? null : i % 70,
        Text = i % 3 == 0 ? null : $"a common beginning {i % 200}",
        Score = i % 11 - 5,
        Price = i % 13,
        Color = (Color)(i % 3),
        Token = i % 4 == 0 ? null : new Guid(i, 0, 0, new byte[8]),
        Flag = i % 2 == 0,
        Place = i % 6 == 0 ? null : new Address { City = $"City {i % 9}", Zip = i },
    };

    // Every row of every tree.
    private static List<string> Contents(VaultDatabase db)
    {
        using ReadView view = db.BeginRead(null);
        List<string> contents = [];
        foreach (string name in view.Source.TreeNames)
        {
            view.Source.TryGetTree(name, out Tree? tree);
            using TreeCursor cursor = tree!.OpenCursor();
            for (bool more = cursor.SeekFirst(); more; more = cursor.MoveNext()) contents.Add($"{name} {Convert.ToHexString(cursor.Key)} {Convert.ToHexString(cursor.Value)}");
        }

        return contents;
    }
}
