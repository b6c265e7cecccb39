namespace ModelVault.Storage.Tests.Engines;

/// <summary>What is refused, or given up, before it has changed anything.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly StorageEngine _engine = StorageEngine.Open(new MemoryBlockStorage());

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_group_operation_that_does_not_get_the_writer_in_time_never_runs()
    {
        var ran = false;
        using (_engine.BeginWrite(Bytes.Timeout))
        {
            var error = Assert.Throws<VaultTransactionException>(() => _engine.Write(0, (_, _) => ran = true, Moment));
            Assert.Equal(VaultErrorCode.LockTimeout, error.Code);
        }

        _engine.Commit(static transaction => transaction.GetOrCreateTree("t"));
        Assert.False(ran);
    }

    [Fact]
    public async Task An_operation_that_is_cancelled_before_its_turn_never_runs()
    {
        var ran = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _engine.WriteAsync(0, (_, _) => ran = true, Bytes.Timeout, ct: new CancellationToken(canceled: true)));
        using var cancellation = new CancellationTokenSource();
        using (_engine.BeginWrite(Bytes.Timeout))
        {
            var waiting = _engine.WriteAsync(0, (_, _) => ran = true, Bytes.Timeout, ct: cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        }

        Assert.False(ran);
    }

    [Fact]
    public void A_trees_name_has_a_length_and_its_own_name_is_free() => _engine.Commit(static transaction =>
    {
        var longest = new string('a', Tree.MaxKeyLength);
        transaction.GetOrCreateTree(longest).Put([1], [1]);
        Assert.Throws<ArgumentException>(() => transaction.GetOrCreateTree(longest + "a"));
        Assert.Throws<ArgumentException>(() => transaction.RenameTree(longest, longest + "a"));
        Assert.True(transaction.RenameTree(longest, longest));
        Assert.False(transaction.RenameTree("no such tree", "t"));
        Assert.False(transaction.DropTree("no such tree"));
        Assert.Equal([1], transaction.GetOrCreateTree(longest).Get([1])!);
    });

    [Fact]
    public void A_snapshot_that_was_released_is_not_read_from()
    {
        var snapshot = _engine.AcquireSnapshot();
        _engine.Commit(static transaction => transaction.GetOrCreateTree("t"));
        snapshot.Release();
        Assert.Throws<ObjectDisposedException>(() => snapshot.TryGetTree("t", out _));
        Assert.Throws<ObjectDisposedException>(snapshot.Release);
    }
}
