using System.Collections.Concurrent;
using System.Diagnostics;

namespace ModelVault.Storage.Tests.Engines;

/// <summary>Who wants to write waits in one queue, whatever the form: in the order of arrival, with an end to each wait.</summary>
public class WriterQueueTests
{
    /// <summary>The four forms of wanting to write.</summary>
    public enum Form
    {
        Transaction,
        AwaitedTransaction,
        Operation,
        AwaitedOperation,
    }

    private static readonly Form[] Forms = Enum.GetValues<Form>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Writers_get_their_turn_in_the_order_in_which_they_came(int seed)
    {
        var random = new Random(seed);
        using var engine = StorageEngine.OpenInMemory();
        var order = new ConcurrentQueue<int>();
        var first = engine.BeginWrite(Bytes.Timeout);
        var forms = Enumerable.Range(0, 24).Select(_ => Forms[random.Next(4)]).ToList();
        var writers = new List<Task>();
        foreach (var form in forms) writers.Add(await Queue(engine, form, writers.Count, order));
        first.Dispose();
        await Task.WhenAll(writers);
        Assert.Equal(Enumerable.Range(0, forms.Count), order);
        // Operations that stood next to each other went together, each transaction alone.
        var commits = forms.Where((form, i) => !IsOperation(form) || i == 0 || !IsOperation(forms[i - 1])).Count();
        Assert.Equal(commits, engine.Statistics.CommitCount);
    }

    // The one at this place gives up; those before and behind it come to their turn, in order, and only then. An operation that
    // blocks has a timeout only.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Who_gives_up_at_any_place_harms_nobody(bool cancel) => Task.WhenAll(
        from form in Forms
        where !cancel || form != Form.Operation
        from place in Enumerable.Range(0, 5)
        select Task.Run(() => GiveUp(form, place, cancel)));

    [Theory]
    [InlineData(Form.Transaction)]
    [InlineData(Form.Operation)]
    public async Task Who_is_interrupted_while_it_waits_leaves_the_queue_and_the_writer_goes_on(Form form)
    {
        using var engine = StorageEngine.OpenInMemory();
        var first = engine.BeginWrite(Bytes.Timeout);
        var (thread, result) = StartThread(() =>
        {
            if (form == Form.Operation) engine.Write(Bytes.Key(1), Put, Bytes.Timeout);
            else engine.BeginWrite(Bytes.Timeout).Dispose();
        });
        Assert.True(SpinWait.SpinUntil(() => engine.Statistics.WaitingWriters == 1, Bytes.Timeout));
        thread.Interrupt();
        Assert.IsType<ThreadInterruptedException>(await result.WaitAsync(Bytes.Timeout));
        Assert.Equal(0, engine.Statistics.WaitingWriters);
        first.Dispose();
        engine.Write(Bytes.Key(2), Put, Bytes.Timeout);
        Assert.Null(engine.Get("t", Bytes.Key(1)));
    }

    // The turn comes, or another leader has run the operation, in the moment in which the thread is interrupted.
    [Fact]
    public async Task An_interrupted_thread_passes_on_a_turn_that_has_come()
    {
        var queue = new WriterQueue();
        var turn = new WaitingTurn();
        Assert.True(queue.TryEnter());
        var (thread, result) = StartThread(() => turn.Wait(queue, Timeout.InfiniteTimeSpan, CancellationToken.None));
        Interrupt(thread);
        Assert.False(result.IsCompleted);
        turn.Grant();
        Assert.IsType<ThreadInterruptedException>(await result.WaitAsync(Bytes.Timeout));
        Assert.True(queue.TryEnter());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_interrupted_operation_that_is_done_is_not_called_interrupted_and_one_that_is_to_lead_passes_the_writer_on(bool isDone)
    {
        using var engine = Engine.Open(Empty(), null, null, new StorageOptions());
        Assert.True(engine.Writers.TryEnter());
        var (thread, result) = StartThread(() =>
        {
            engine.Groups.Run(0, static (_, _) => 0, Timeout.InfiniteTimeSpan, Durability.Full);
            // It comes later instead.
            Assert.Throws<ThreadInterruptedException>(() => Thread.Sleep(Bytes.Timeout));
        });
        var members = new List<GroupMember>();
        Assert.True(SpinWait.SpinUntil(() => engine.Writers.Count == 1, Bytes.Timeout));
        engine.Writers.TakeMembers(members);
        Interrupt(thread);
        Interrupt(thread);
        Assert.False(result.IsCompleted);
        if (isDone) members[0].Complete();
        else members[0].Grant();
        var error = await result.WaitAsync(Bytes.Timeout);
        if (isDone) Assert.Null(error);
        else Assert.IsType<ThreadInterruptedException>(error);
        if (isDone) engine.Writers.Exit();
        Assert.True(engine.Writers.TryEnter());
        engine.Writers.Exit();
    }

    [Fact]
    public async Task A_transaction_is_not_overtaken_by_operations_that_came_later()
    {
        using var engine = StorageEngine.OpenInMemory();
        var first = engine.BeginWrite(Bytes.Timeout);
        var before = engine.WriteAsync(Bytes.Key(1), Put, Bytes.Timeout).AsTask();
        var transaction = engine.BeginWriteAsync(Bytes.Timeout).AsTask();
        var after = engine.WriteAsync(Bytes.Key(2), Put, Bytes.Timeout).AsTask();
        first.Dispose();
        using (var second = await transaction)
        {
            await before;
            Assert.True(second.TryGetTree("t", out var tree) && tree.Count == 1);
            Assert.False(after.IsCompleted);
            second.GetOrCreateTree("t").Put(Bytes.Key(3), []);
            second.Commit();
        }

        await after;
        Assert.Equal(3, engine.Statistics.CommitCount);
    }

    [Fact]
    public async Task Closing_waits_for_those_who_came_before_and_turns_the_others_away()
    {
        var engine = StorageEngine.OpenInMemory(new StorageOptions { LockTimeout = TimeSpan.FromSeconds(20) });
        var order = new ConcurrentQueue<int>();
        var first = engine.BeginWrite(Bytes.Timeout);
        var before = new List<Task>();
        foreach (var form in Forms) before.Add(await Queue(engine, form, before.Count, order));
        var closing = Start(engine.Dispose);
        // The handle is closed for its own callers, so those who come later come through the engine.
        await Wait(() => first.Engine.Writers.Count == 5);
        var late = first.Engine.EnterWriterAsync(Bytes.Timeout, default).AsTask();
        first.Dispose();
        await Task.WhenAll([.. before, closing]);
        Assert.Equal([0, 1, 2, 3], order);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => late);
    }

    [Fact]
    public async Task A_forgotten_transaction_keeps_neither_the_vault_open_nor_the_others_waiting()
    {
        var engine = StorageEngine.OpenInMemory(new StorageOptions { LockTimeout = TimeSpan.FromMilliseconds(100) });
        var forgotten = engine.BeginWrite(Bytes.Timeout);
        var waiting = new List<Task>();
        foreach (var form in Forms) waiting.Add(await Queue(engine, form, waiting.Count, new ConcurrentQueue<int>()));
        engine.Dispose();
        foreach (var writer in waiting) await Assert.ThrowsAsync<ObjectDisposedException>(() => writer);
        forgotten.Dispose();
    }

    [Fact]
    public async Task All_forms_under_load_with_some_that_give_up_lose_and_double_nothing()
    {
        using var engine = StorageEngine.OpenInMemory();
        var (written, gaveUp) = (0, 0);
        var perTask = TestScale.Of(60);
        var tasks = Enumerable.Range(0, 12).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < perTask; i++)
            {
                var form = Forms[random.Next(4)];
                var timeout = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(3)) : Bytes.Timeout;
                using var cancellation = new CancellationTokenSource();
                if (random.Next(5) == 0) cancellation.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                try
                {
                    await Write(engine, form, Bytes.Key((worker * 1_000_000L) + i), timeout, cancellation.Token);
                    Interlocked.Increment(ref written);
                }
                catch (Exception error) when (error is OperationCanceledException or VaultTransactionException { Code: VaultErrorCode.LockTimeout })
                {
                    Interlocked.Increment(ref gaveUp);
                }
            }
        })).ToList();
        await Task.WhenAll(tasks);
        Assert.Equal(12 * perTask, written + gaveUp);
        Assert.Equal(written, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
        Assert.Equal(0, engine.Statistics.WaitingWriters);
        Assert.Null(engine.Read(SpaceAudit.Run));
        TestScale.Report("writers of all forms under load", written + gaveUp);
    }

    private static async Task GiveUp(Form form, int place, bool cancel)
    {
        using var engine = StorageEngine.OpenInMemory();
        var order = new ConcurrentQueue<int>();
        var first = engine.BeginWrite(Bytes.Timeout);
        using var cancellation = new CancellationTokenSource();
        var writers = new List<Task>();
        for (var i = 0; i < 5; i++)
        {
            var givesUp = i == place;
            // Long enough for all to be in the queue by then.
            var timeout = givesUp && !cancel ? TimeSpan.FromSeconds(2) : Bytes.Timeout;
            writers.Add(await Queue(engine, givesUp ? form : Forms[(i + place) % 4], i, order, timeout, givesUp ? cancellation.Token : default));
        }

        if (cancel) await cancellation.CancelAsync();
        if (cancel) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writers[place]);
        else Assert.Equal(VaultErrorCode.LockTimeout, (await Assert.ThrowsAsync<VaultTransactionException>(() => writers[place])).Code);
        Assert.Equal(4, engine.Statistics.WaitingWriters);
        Assert.Empty(order);
        first.Dispose();
        writers.RemoveAt(place);
        await Task.WhenAll(writers);
        Assert.Equal(Enumerable.Range(0, 5).Where(i => i != place), order);
    }

    private static bool IsOperation(Form form) => form is Form.Operation or Form.AwaitedOperation;

    // Returns when the writer stands in the queue. Nobody else may come or go meanwhile.
    private static async Task<Task> Queue(StorageEngine engine, Form form, int number, ConcurrentQueue<int> order, TimeSpan? timeout = null, CancellationToken ct = default)
    {
        var before = engine.Statistics.WaitingWriters;
        var writer = form is Form.Transaction or Form.Operation
            ? Start(() => Write(engine, form, Bytes.Key(number), timeout ?? Bytes.Timeout, ct, () => order.Enqueue(number)).GetAwaiter().GetResult())
            : Write(engine, form, Bytes.Key(number), timeout ?? Bytes.Timeout, ct, () => order.Enqueue(number));
        await Wait(() => engine.Statistics.WaitingWriters > before);
        return writer;
    }

    // A thread of its own: the pool's may all be waiting.
    private static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task Wait(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Bytes.Timeout, "It did not come to that.");
            await Task.Delay(1);
        }
    }

    private static async Task Write(StorageEngine engine, Form form, byte[] key, TimeSpan timeout, CancellationToken ct, Action? turn = null)
    {
        switch (form)
        {
            case Form.Transaction:
                using (var transaction = engine.BeginWrite(timeout, ct: ct))
                {
                    turn?.Invoke();
                    Put(transaction, key);
                    transaction.Commit();
                }

                break;
            case Form.AwaitedTransaction:
                await using (var transaction = await engine.BeginWriteAsync(timeout, ct: ct))
                {
                    turn?.Invoke();
                    Put(transaction, key);
                    await transaction.CommitAsync(CancellationToken.None);
                }

                break;
            case Form.Operation:
                engine.Write(0, Operation, timeout);
                break;
            default:
                await engine.WriteAsync(0, Operation, timeout, ct: ct);
                break;
        }

        bool Operation(WriteTransaction transaction, int state)
        {
            turn?.Invoke();
            return Put(transaction, key);
        }
    }

    private static MemoryBlockStorage Empty()
    {
        var storage = new MemoryBlockStorage();
        VaultCreation.Initialize(storage, TimeProvider.System);
        return storage;
    }

    // A thread, and what it threw.
    private static (Thread Thread, Task<Exception?> Result) StartThread(Action action)
    {
        var result = new TaskCompletionSource<Exception?>();
        var thread = new Thread(() => result.SetResult(Record.Exception(action)));
        thread.Start();
        return (thread, result.Task);
    }

    // Returns when the thread has noticed.
    private static void Interrupt(Thread thread)
    {
        Assert.True(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin), Bytes.Timeout));
        thread.Interrupt();
        Thread.Sleep(50);
    }

    private static bool Put(WriteTransaction transaction, byte[] key) => transaction.GetOrCreateTree("t").Put(key, key);
}
