using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>Clocks that go wrong: time is told to people, and nothing hangs on it.</summary>
public class ClockTests
{
    /// <summary>A clock that shows what it is told to, and throws when it is told to.</summary>
    private sealed class WrongClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public long Timestamp { get; set; }

        public string Throws { get; set; } = "";

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Throws == nameof(GetUtcNow) ? throw new InvalidTimeZoneException("no time") : Now;

        public override long GetTimestamp() => Throws == nameof(GetTimestamp) ? throw new InvalidTimeZoneException("no time stamp") : Timestamp;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Throws == nameof(CreateTimer) ? throw new InvalidTimeZoneException("no timer") : base.CreateTimer(callback, state, dueTime, period);
    }

    public static TheoryData<string> Courses => ["backwards", "still", "far ahead", "the last moment", "the first moment", "to and fro"];

    // Also under power failures: which commit is the newest is not a matter of its time.
    [Theory]
    [MemberData(nameof(Courses))]
    public void Whatever_the_clock_does_the_order_of_commits_is_that_in_which_they_were_made(string course)
    {
        var clock = new WrongClock();
        var storage = new SimulatedBlockStorage();
        var options = new StorageOptions { TimeProvider = clock };
        var snapshots = new List<Snapshot>();
        for (byte opening = 0; opening < 3; opening++)
        {
            using var engine = StorageEngine.Open(storage, options);
            for (byte i = 0; i < 20; i++)
            {
                var step = (opening * 20) + i;
                (clock.Now, clock.Timestamp) = At(course, step);
                engine.Write(step, static (transaction, step) => transaction.GetOrCreateTree("t").Put([1], BitConverter.GetBytes(step)), Bytes.Timeout, (Durability)(i % 3));
                if (i is 3 or 9) snapshots.Add(engine.AcquireSnapshot());
                var age = engine.Statistics.OldestSnapshotAge;
                Assert.True(age >= TimeSpan.Zero, $"an age of {age}");
                Assert.Equal(BitConverter.GetBytes(step), engine.Get("t", [1]));
            }

            engine.Flush();
            foreach (var image in storage.CrashImages().Enumerate(opening, samples: 2, enumerated: 3))
            {
                using var crashed = StorageEngine.Open(new SimulatedBlockStorage(image), options);
                Assert.Equal(BitConverter.GetBytes((opening * 20) + 19), crashed.Get("t", [1]));
                Assert.True(crashed.Statistics.OldestSnapshotAge >= TimeSpan.Zero);
            }

            snapshots.ForEach(static snapshot => snapshot.Release());
            snapshots.Clear();
        }
    }

    [Theory]
    [InlineData("GetUtcNow")]
    [InlineData("GetTimestamp")]
    public void A_clock_that_throws_undoes_the_commit_that_asked_it_and_nothing_more(string call)
    {
        var clock = new WrongClock();
        var storage = new SimulatedBlockStorage();
        using (var engine = StorageEngine.Open(storage, new StorageOptions { TimeProvider = clock }))
        {
            for (byte i = 0; i < 10; i++)
            {
                Put(engine, i);
                clock.Throws = call;
                var written = storage.WriteCount;
                Assert.Throws<InvalidTimeZoneException>(() => Put(engine, (byte)(100 + i)));
                Assert.Equal(written, storage.WriteCount);
                clock.Throws = "";
                Assert.Null(engine.Get("t", [(byte)(100 + i)]));
                Assert.False(engine.Statistics.IsWriterPoisoned);
            }

            Assert.Null(engine.Read(SpaceAudit.Run));
        }

        using var reopened = StorageEngine.Open(storage);
        Assert.Equal(10, reopened.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
    }

    [Fact]
    public void A_clock_that_has_no_timer_flushes_relaxed_commits_at_once()
    {
        var clock = new WrongClock { Throws = nameof(TimeProvider.CreateTimer) };
        using var engine = StorageEngine.Open(new SimulatedBlockStorage(), new StorageOptions { TimeProvider = clock, Durability = Durability.Relaxed });
        for (byte i = 0; i < 30; i++) Put(engine, i);
        Assert.True(SpinWait.SpinUntil(() => engine.Statistics.DurableCommitId == engine.Statistics.CommitId, Bytes.Timeout));
        Assert.Equal([29], engine.Get("t", [29])!);
    }

    private static void Put(StorageEngine engine, byte key) =>
        engine.Write(key, static (transaction, key) => transaction.GetOrCreateTree("t").Put([key], [key]), Bytes.Timeout);

    private static (DateTimeOffset Now, long Timestamp) At(string course, int step) => course switch
    {
        "backwards" => (DateTimeOffset.UnixEpoch.AddHours(-step), -step * TimeSpan.TicksPerHour),
        "still" => (DateTimeOffset.UnixEpoch, 0),
        "far ahead" => (DateTimeOffset.UnixEpoch.AddYears(100 * step), step * TimeSpan.TicksPerDay * 36_525),
        "the last moment" => (DateTimeOffset.MaxValue, long.MaxValue),
        "the first moment" => (DateTimeOffset.MinValue, long.MinValue),
        _ => step % 2 == 0 ? (DateTimeOffset.MaxValue, long.MaxValue) : (DateTimeOffset.MinValue, long.MinValue),
    };
}
