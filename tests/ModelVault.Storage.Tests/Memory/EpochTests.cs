namespace ModelVault.Storage.Tests.Memory;

/// <summary>Alone in the process: scopes of other tests would hold frames back, and their garbage would be counted.</summary>
[CollectionDefinition("memory", DisableParallelization = true)]
public sealed class MemoryCollection;

[Collection("memory")]
public sealed class EpochTests
{
    private readonly FramePool _pool = new(100);

    [Fact]
    public void A_frame_that_nobody_can_see_is_reused_at_once()
    {
        var frame = _pool.Take();
        _pool.Retire(frame);
        _pool.Reclaim();
        Assert.Equal(0, _pool.RetiredCount);
        Assert.Same(frame, _pool.Take());
        Assert.Equal(1, _pool.Total);
    }

    [Fact]
    public void A_scope_of_another_thread_holds_back_what_was_retired_while_it_lasts_and_no_more()
    {
        using var reader = new Reader();
        RetireOne();
        Assert.Equal(1, _pool.RetiredCount);
        reader.Leave();
        _pool.Reclaim();
        Assert.Equal(0, _pool.RetiredCount);
    }

    [Fact]
    public void A_scope_entered_after_a_frame_was_retired_does_not_hold_it_back()
    {
        using var older = new Reader();
        RetireOne();
        using var younger = new Reader();
        older.Leave();
        _pool.Reclaim();
        Assert.Equal(0, _pool.RetiredCount);
        RetireOne();
        Assert.Equal(1, _pool.RetiredCount);
    }

    [Fact]
    public void Nested_scopes_end_with_the_outermost()
    {
        using (ReadScope.Enter())
        {
            using (ReadScope.Enter()) RetireOne();
            _pool.Reclaim();
            Assert.Equal(1, _pool.RetiredCount);
            Assert.True(EpochSlot.IsInScope);
        }

        Assert.False(EpochSlot.IsInScope);
        _pool.Reclaim();
        Assert.Equal(0, _pool.RetiredCount);
    }

    [Fact]
    public void A_scope_left_twice_is_an_error_and_harms_no_later_one()
    {
        var scope = ReadScope.Enter();
        scope.Dispose();
        try
        {
            scope.Dispose();
            Assert.Fail("Leaving a scope twice went unnoticed.");
        }
        catch (InvalidOperationException)
        {
        }

        using (ReadScope.Enter())
        {
            RetireOne();
            Assert.Equal(1, _pool.RetiredCount);
        }
    }

    [Fact]
    public void A_thread_that_died_inside_a_scope_holds_nothing_back()
    {
        var borrowed = _pool.Take();
        var thread = new Thread(() =>
        {
            ReadScope.Enter();
            EpochSlot.OfThread.Borrow(_pool, borrowed);
        });
        thread.Start();
        thread.Join();
        RetireOne();
        Assert.Equal(0, _pool.RetiredCount);
        // What it had borrowed came back too.
        Assert.Contains(borrowed, new[] { _pool.Take(), _pool.Take() });
        Assert.Equal(2, _pool.Total);
    }

    [Fact]
    public void Threads_that_have_ended_are_forgotten()
    {
        for (var i = 0; i < 200; i++)
        {
            var thread = new Thread(static () => ReadScope.Enter().Dispose());
            thread.Start();
            thread.Join();
        }

        Assert.InRange(Epochs.KnownThreads, 0, 100);
    }

    [Fact]
    public void The_pool_keeps_free_frames_up_to_its_limit_and_no_more()
    {
        var frames = Enumerable.Range(0, 150).Select(_ => _pool.Take()).ToArray();
        Assert.Equal(150, _pool.Total);
        foreach (var frame in frames) _pool.Retire(frame);
        _pool.Reclaim();
        Assert.Equal(100, _pool.Total);
    }

    private void RetireOne()
    {
        _pool.Retire(_pool.Take());
        _pool.Reclaim();
    }

    /// <summary>A thread that is inside a scope until it is told to leave.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly ManualResetEventSlim _leave = new();
        private readonly ManualResetEventSlim _entered = new();
        private readonly Thread _thread;

        public Reader()
        {
            _thread = new Thread(() =>
            {
                using var scope = ReadScope.Enter();
                _entered.Set();
                _leave.Wait();
            });
            _thread.Start();
            _entered.Wait();
        }

        public void Leave()
        {
            _leave.Set();
            _thread.Join();
        }

        public void Dispose()
        {
            Leave();
            _leave.Dispose();
            _entered.Dispose();
        }
    }
}
