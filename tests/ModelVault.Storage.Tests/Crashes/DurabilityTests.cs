using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>When the file is flushed under each mode, and what a failed flush and damaged slots then mean.</summary>
public class DurabilityTests
{
    private static readonly TimeSpan Delay = new StorageOptions().RelaxedFlushDelay;

    [Fact]
    public void A_relaxed_commit_shows_at_once_and_is_durable_after_the_delay()
    {
        var (storage, time, engine) = Open();
        using (engine)
        {
            Put(engine, 1, Durability.Relaxed);
            var flushes = storage.FlushCount;
            Put(engine, 2, Durability.Relaxed);
            Put(engine, 3, Durability.Relaxed);
            Assert.Equal([3], engine.Get("t", [1])!);
            time.Advance(Delay - TimeSpan.FromTicks(1));
            Assert.Equal((flushes, 2), (storage.FlushCount, Behind(engine)));
            time.Advance(TimeSpan.FromTicks(1));
            Until(() => Behind(engine) == 0);
            Assert.Equal(flushes + 1, storage.FlushCount);
            // And the next one asks again.
            Put(engine, 4, Durability.Relaxed);
            time.Advance(Delay);
            Until(() => Behind(engine) == 0);
        }
    }

    [Fact]
    public void A_commit_under_none_waits_for_one_under_full_which_flushes_once_for_all()
    {
        var (storage, time, engine) = Open();
        using (engine)
        {
            Put(engine, 0, Durability.None);
            var flushes = storage.FlushCount;
            for (byte i = 1; i <= 5; i++) Put(engine, i, Durability.None);
            time.Advance(TimeSpan.FromDays(1));
            Assert.Equal((flushes, 5), (storage.FlushCount, Behind(engine)));
            Put(engine, 6, Durability.Full);
            Assert.Equal((flushes + 1, 0), (storage.FlushCount, Behind(engine)));
        }
    }

    [Fact]
    public void No_more_than_seven_commits_are_ever_behind_and_each_flush_serves_seven()
    {
        var (storage, _, engine) = Open();
        using (engine)
        {
            Put(engine, 0, Durability.None);
            var (flushes, most) = (storage.FlushCount, 0L);
            for (var i = 0; i < 70; i++)
            {
                Put(engine, (byte)i, Durability.None);
                most = Math.Max(most, Behind(engine));
            }

            Assert.Equal(7, most);
            Assert.InRange(storage.FlushCount - flushes, 8, 10);
        }
    }

    [Fact]
    public async Task A_flush_that_is_asked_for_makes_everything_durable()
    {
        var (storage, _, engine) = Open();
        using (engine)
        {
            for (byte i = 0; i < 4; i++) Put(engine, i, Durability.None);
            engine.Flush();
            Assert.Equal(0, Behind(engine));
            Put(engine, 4, Durability.None);
            await engine.FlushAsync();
            Assert.Equal(0, Behind(engine));
            var flushes = storage.FlushCount;
            engine.Flush();
            Assert.Equal(flushes, storage.FlushCount);
            Assert.Equal([4], Durable(storage).Get("t", [1])!);
        }
    }

    [Fact]
    public void Closing_in_order_makes_everything_durable()
    {
        foreach (var durability in new[] { Durability.Relaxed, Durability.None })
        {
            var (storage, _, engine) = Open();
            for (byte i = 0; i < 4; i++) Put(engine, i, durability);
            engine.Dispose();
            Assert.Equal(0, storage.CrashImages().UnsyncedBlocks);
            Assert.Equal([3], Durable(storage).Get("t", [1])!);
        }
    }

    [Fact]
    public async Task A_group_waits_for_what_its_most_careful_member_asks_for()
    {
        var (_, _, engine) = Open();
        using (engine)
        {
            Put(engine, 0, Durability.None);
            foreach (var careful in new[] { Durability.Full, Durability.None })
            {
                var first = engine.BeginWrite(Bytes.Timeout);
                var members = new[] { Durability.None, careful, Durability.Relaxed }.Select((durability, i) => engine.WriteAsync(
                    (byte)i, static (transaction, value) => transaction.GetOrCreateTree("t").Put([1], [value]), Bytes.Timeout, durability).AsTask()).ToList();
                first.Dispose();
                await Task.WhenAll(members);
                Assert.Equal(careful == Durability.Full ? 0 : 1, Behind(engine));
            }
        }
    }

    [Fact]
    public void A_flush_in_the_background_that_fails_stops_the_writer_and_reading_goes_on()
    {
        var (storage, time, engine) = Open();
        Put(engine, 1, Durability.Relaxed);
        Put(engine, 2, Durability.Relaxed);
        storage.Inject(new SimulatedFaults { FailingFlush = 1 });
        time.Advance(Delay);
        Until(() => engine.Statistics.IsWriterPoisoned);
        Assert.Equal([2], engine.Get("t", [1])!);
        Assert.Equal(VaultErrorCode.WriterPoisoned, Assert.Throws<VaultTransactionException>(() => engine.BeginWrite(Bytes.Timeout)).Code);
        Assert.Equal(VaultErrorCode.WriterPoisoned, Assert.Throws<VaultTransactionException>(engine.Flush).Code);
        Assert.Equal(1, Behind(engine));
        engine.Dispose();
        // The disk has the durable commit; the operating system still shows the other, and opening makes that durable.
        Assert.Equal([1], Durable(storage).Get("t", [1])!);
        using (var again = StorageEngine.Open(storage)) Assert.Equal([2], again.Get("t", [1])!);
        Assert.Equal([2], Durable(storage).Get("t", [1])!);
    }

    // The operating system has forgotten the unflushed commit; the flush that the full commit asks for would succeed without it.
    [Fact]
    public void A_commit_that_follows_a_failed_flush_is_never_acknowledged()
    {
        var (storage, time, engine) = Open();
        Put(engine, 1, Durability.Relaxed);
        Put(engine, 2, Durability.Relaxed);
        using (var transaction = engine.BeginWrite(Bytes.Timeout, Durability.Full))
        {
            transaction.GetOrCreateTree("t").Put([1], [3]);
            storage.Inject(new SimulatedFaults { FailingFlush = 1 });
            time.Advance(Delay);
            Until(() => engine.Statistics.IsWriterPoisoned);
            Assert.Throws<VaultTransactionException>(transaction.Commit);
        }

        engine.Dispose();
        Assert.Equal([1], Durable(storage).Get("t", [1])!);
    }

    // A second flush would succeed, and claim what the first one lost.
    [Fact]
    public void No_flush_is_believed_after_one_that_failed()
    {
        var storage = new SimulatedBlockStorage(Workload.Empty);
        var commit = Recovery.FindCommit(storage, Recovery.ReadSuperblock(storage, forWriting: true)).Commit;
        var durable = new DurableCommits(storage, commit);
        durable.Written(commit with { Id = commit.Id + 1 });
        storage.Inject(new SimulatedFaults { FailingFlush = 1 });
        Assert.Throws<IOException>(durable.Flush);
        Assert.Throws<IOException>(durable.Flush);
        Assert.Equal(commit.Id, durable.Newest.Id);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void Torn_slots_are_a_crashs_doing_while_no_more_of_them_can_have_been_in_flight(int torn, bool opens)
    {
        var (storage, _, engine) = Open();
        for (byte i = 0; i < 20; i++) Put(engine, i, Durability.None);
        engine.Flush();
        var durable = engine.Statistics.DurableCommitId;
        var image = storage.Snapshot();
        engine.Dispose();
        for (var i = 1; i <= torn; i++) image.Write(FileLayout.SlotOffset(durable + i), Bytes.Random(FileLayout.SlotSize, i));
        if (opens) Assert.Equal([19], StorageEngine.Open(new SimulatedBlockStorage(image)).Get("t", [1])!);
        else Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(new SimulatedBlockStorage(image)));
    }

    // A commit is not shown when one that it stands on is lost, though all of its own is there.
    [Fact]
    public void A_hole_in_a_chain_takes_what_stands_on_it()
    {
        var (storage, _, engine) = Open();
        Put(engine, 0, Durability.None);
        var before = storage.Snapshot();
        for (byte i = 1; i <= 4; i++) Put(engine, i, Durability.None);
        var newest = engine.Statistics.CommitId;
        var image = storage.Snapshot();
        engine.Dispose();
        var slot = new byte[FileLayout.SlotSize];
        before.Read(FileLayout.SlotOffset(newest - 2), slot);
        image.Write(FileLayout.SlotOffset(newest - 2), slot);
        var opened = new SimulatedBlockStorage(image);
        var reopened = StorageEngine.Open(opened);
        Assert.Equal([1], reopened.Get("t", [1])!);
        // Nor does it come back when the hole is filled, by the healed commit or by later ones.
        Assert.Equal([1], StorageEngine.Open(new SimulatedBlockStorage(opened.Snapshot())).Get("t", [1])!);
        Put(reopened, 9, Durability.None);
        Assert.Equal([9], StorageEngine.Open(new SimulatedBlockStorage(opened.Snapshot())).Get("t", [1])!);
    }

    [Fact]
    public void Pages_that_will_be_flushed_begin_to_be_while_others_are_written_and_those_that_wait_do_not()
    {
        var storage = new RecordingStorage();
        using var engine = StorageEngine.Open(storage);
        Put(engine, 0, Durability.None);
        Assert.Equal(["page", "slot"], Calls(rows: 100, Durability.None));
        Assert.Equal(["page", "start", "slot", "flush"], Calls(rows: 100, Durability.Full));
        // Pages that a slot cannot list are flushed before it.
        Assert.Equal(["page", "start", "flush", "slot"], Calls(rows: 4000, Durability.None));

        IEnumerable<string> Calls(int rows, Durability durability)
        {
            using var transaction = engine.BeginWrite(Bytes.Timeout, durability);
            for (var row = 0; row < rows; row++) transaction.GetOrCreateTree("t").Put(Bytes.Key(row), new byte[1000]);
            storage.Calls.Clear();
            transaction.Commit();
            return storage.Calls.Where(static call => call != "growth").Distinct();
        }
    }

    private static (SimulatedBlockStorage Storage, ManualTime Time, StorageEngine Engine) Open()
    {
        var (storage, time) = (new SimulatedBlockStorage(), new ManualTime());
        return (storage, time, StorageEngine.Open(storage, new StorageOptions { TimeProvider = time }));
    }

    private static StorageEngine Durable(SimulatedBlockStorage storage) =>
        StorageEngine.Open(new SimulatedBlockStorage(storage.CrashImages().Enumerate(0).First()));

    private static void Put(StorageEngine engine, byte value, Durability durability)
    {
        using var transaction = engine.BeginWrite(Bytes.Timeout, durability);
        transaction.GetOrCreateTree("t").Put([1], [value]);
        transaction.Commit();
    }

    private static long Behind(StorageEngine engine) => engine.Statistics is var now ? now.CommitId - now.DurableCommitId : 0;

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Bytes.Timeout), "It did not come to that.");

    // The order in which it was called, of writes what was written.
    private sealed class RecordingStorage : IBlockStorage
    {
        private readonly MemoryBlockStorage _inner = new();

        public List<string> Calls { get; } = [];

        public long Length => _inner.Length;

        public void Read(long offset, Span<byte> destination) => _inner.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            Calls.Add(offset < FileLayout.OffsetOf(FileLayout.FirstPage) ? "slot" : source.ContainsAnyExcept((byte)0) ? "page" : "growth");
            _inner.Write(offset, source);
        }

        public void Flush() => Calls.Add("flush");

        public void StartFlush(long offset, long length) => Calls.Add("start");

        public void SetLength(long length) => _inner.SetLength(length);

        public void Dispose() => _inner.Dispose();
    }
}
