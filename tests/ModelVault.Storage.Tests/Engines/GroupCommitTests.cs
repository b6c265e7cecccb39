using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Engines;

public class GroupCommitTests
{
    [Fact]
    public void Sixteen_threads_commit_all_their_rows()
    {
        using var engine = StorageEngine.OpenInMemory();
        var perThread = TestScale.Of(200);
        var threads = Enumerable.Range(0, 16).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < perThread; i++)
                Assert.False(engine.Write(Bytes.Key((thread * 1_000_000L) + i), static (transaction, key) => transaction.GetOrCreateTree("t").Put(key, key), Bytes.Timeout));
        })).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        Assert.Equal(16 * perThread, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public async Task Awaited_and_waiting_writers_and_transactions_go_together()
    {
        using var engine = StorageEngine.OpenInMemory();
        var count = TestScale.Of(300);
        var awaited = Enumerable.Range(0, count).Select(i => engine.WriteAsync(Bytes.Key(i), Put, Bytes.Timeout).AsTask()).ToList();
        var waiting = Task.Run(() =>
        {
            for (var i = 0; i < count; i++) engine.Write(Bytes.Key(10_000 + i), Put, Bytes.Timeout);
        });
        for (var i = 0; i < 50; i++)
        {
            await using var transaction = await engine.BeginWriteAsync(Bytes.Timeout);
            transaction.GetOrCreateTree("t").Put(Bytes.Key(20_000 + i), []);
            await transaction.CommitAsync();
        }

        await Task.WhenAll([.. awaited, waiting]);
        Assert.Equal((2 * count) + 50, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
    }

    [Fact]
    public async Task A_member_that_fails_takes_no_other_down_with_it()
    {
        using var engine = StorageEngine.OpenInMemory();
        // Everything queues behind this transaction and then runs as one group.
        var first = engine.BeginWrite(Bytes.Timeout);
        var good = Enumerable.Range(0, 10).Select(i => engine.WriteAsync(Bytes.Key(i), Put, Bytes.Timeout).AsTask()).ToList();
        var harmless = engine.WriteAsync<int, bool>(0, static (_, _) => throw new InvalidDataException("before any change"), Bytes.Timeout).AsTask();
        var harmful = engine.WriteAsync<int, bool>(0, static (transaction, _) =>
        {
            transaction.GetOrCreateTree("t").Put([99], [99]);
            throw new InvalidDataException("after a change");
        }, Bytes.Timeout).AsTask();
        var after = engine.WriteAsync(Bytes.Key(11), Put, Bytes.Timeout).AsTask();
        first.Dispose();
        await Task.WhenAll([.. good, after]);
        await Assert.ThrowsAsync<InvalidDataException>(() => harmless);
        await Assert.ThrowsAsync<InvalidDataException>(() => harmful);
        Assert.Null(engine.Get("t", [99]));
        Assert.Equal(11, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
        Assert.Equal(1, engine.Statistics.CommitCount);
    }

    [Fact]
    public async Task Each_operation_of_a_group_runs_once_whatever_the_others_do()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put(Bytes.Key(1000), new byte[5000]));
        var first = engine.BeginWrite(Bytes.Timeout);
        var runs = new int[30];
        var members = Enumerable.Range(0, runs.Length).Select(i => engine.WriteAsync(i, (transaction, number) =>
        {
            runs[number]++;
            var tree = transaction.GetOrCreateTree("t");
            tree.Put(Bytes.Key(number), Bytes.Random(number * 300, number));
            if (number % 3 == 1) tree.Delete(Bytes.Key(1000));
            if (number % 3 == 1) transaction.GetOrCreateTree($"u{number}").Put([1], [1]);
            return number % 3 == 1 ? throw new InvalidDataException("after changes") : number;
        }, Bytes.Timeout).AsTask()).ToList();
        first.Dispose();
        for (var i = 0; i < runs.Length; i++)
        {
            if (i % 3 == 1) await Assert.ThrowsAsync<InvalidDataException>(() => members[i]);
            else Assert.Equal(i, await members[i]);
        }

        Assert.All(runs, static count => Assert.Equal(1, count));
        for (var i = 0; i < runs.Length; i++) Assert.Equal(i % 3 == 1 ? null : Bytes.Random(i * 300, i), engine.Get("t", Bytes.Key(i)));
        Assert.Equal(5000, engine.Get("t", Bytes.Key(1000))!.Length);
        Assert.Equal(["t"], engine.Read(static snapshot => snapshot.TreeNames.ToArray()));
        Assert.Equal(2, engine.Statistics.CommitCount);
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public async Task A_group_of_failures_commits_nothing()
    {
        using var engine = StorageEngine.OpenInMemory();
        var first = engine.BeginWrite(Bytes.Timeout);
        var members = Enumerable.Range(0, 4).Select(i => engine.WriteAsync<byte[], bool>(Bytes.Key(i), static (transaction, key) =>
        {
            Put(transaction, key);
            throw new InvalidDataException("after a change");
        }, Bytes.Timeout).AsTask()).ToList();
        first.Dispose();
        foreach (var member in members) await Assert.ThrowsAsync<InvalidDataException>(() => member);
        Assert.Equal(0, engine.Statistics.CommitCount);
    }

    // The failure is the storage's, in the middle of a change, and the operation hides it.
    [Fact]
    public async Task A_member_that_hides_a_change_that_failed_half_way_is_taken_back()
    {
        var storage = new SimulatedBlockStorage();
        using (var prepare = StorageEngine.Open(storage))
        {
            prepare.Commit(static transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                for (var i = 0; i < 300; i++) tree.Put(Bytes.Key(i), new byte[3000]);
            });
        }

        using var engine = StorageEngine.Open(storage);
        var first = engine.BeginWrite(Bytes.Timeout);
        var before = engine.WriteAsync(Bytes.Key(500), Put, Bytes.Timeout).AsTask();
        var hidden = engine.WriteAsync(storage, static (transaction, disk) =>
        {
            var tree = transaction.GetOrCreateTree("t");
            disk.Inject(new SimulatedFaults { FailAt = 2, CountReads = true });
            try
            {
                tree.Clear();
            }
            catch (IOException)
            {
            }

            disk.Inject(new SimulatedFaults());
            return true;
        }, Bytes.Timeout).AsTask();
        var after = engine.WriteAsync(Bytes.Key(501), Put, Bytes.Timeout).AsTask();
        first.Dispose();
        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<VaultTransactionException>(() => hidden);
        Assert.Equal(302, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public async Task A_failed_commit_fails_the_whole_group()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage);
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        var first = engine.BeginWrite(Bytes.Timeout);
        var members = Enumerable.Range(0, 5).Select(i => engine.WriteAsync(Bytes.Key(i), Put, Bytes.Timeout).AsTask()).ToList();
        storage.Inject(new SimulatedFaults { FailAt = 2 });
        first.Dispose();
        foreach (var member in members) await Assert.ThrowsAsync<IOException>(() => member);
        Assert.Equal(1, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
    }

    [Fact]
    public async Task A_withdrawn_operation_never_runs()
    {
        using var engine = StorageEngine.OpenInMemory();
        var first = engine.BeginWrite(Bytes.Timeout);
        using var cancellation = new CancellationTokenSource();
        var withdrawn = engine.WriteAsync(Bytes.Key(1), Put, Bytes.Timeout, ct: cancellation.Token).AsTask();
        var kept = engine.WriteAsync(Bytes.Key(2), Put, Bytes.Timeout).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);
        first.Dispose();
        await kept;
        Assert.Null(engine.Get("t", Bytes.Key(1)));
    }

    [Fact]
    public void An_operation_neither_commits_nor_disposes_nor_nests()
    {
        using var engine = StorageEngine.OpenInMemory();
        Assert.Throws<VaultTransactionException>(() => Run(static (transaction, _) => transaction.Commit()));
        Assert.Throws<VaultTransactionException>(() => Run(static (transaction, _) => transaction.Dispose()));
        Assert.Throws<VaultTransactionException>(() => Run((_, _) => engine.Write(Bytes.Key(1), Put, Bytes.Timeout)));
        Assert.Throws<VaultTransactionException>(() => Run((_, _) => engine.BeginWrite(Bytes.Timeout)));
        Assert.False(engine.Write(Bytes.Key(1), Put, Bytes.Timeout));

        void Run(Action<WriteTransaction, int> operation) => engine.Write(0, (transaction, state) =>
        {
            operation(transaction, state);
            return 0;
        }, Bytes.Timeout);
    }

    private static bool Put(WriteTransaction transaction, byte[] key) => transaction.GetOrCreateTree("t").Put(key, key);
}
