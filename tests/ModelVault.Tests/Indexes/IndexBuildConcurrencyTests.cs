using ModelVault.Tests.Models;
using static ModelVault.Tests.Indexes.TrackFile;

namespace ModelVault.Tests.Indexes;

/// <summary>Several threads write in every way, at random keys, while indexes of every kind are built in small batches.</summary>
public sealed class IndexBuildConcurrencyTests
{
    private const int Keys = 600;

    private static readonly double Scale = TestScale.Or(1);

    [Fact]
    public async Task What_is_built_while_others_write_is_what_would_be_built_afterwards()
    {
        int first = Environment.TickCount;
        for (int seed = first; seed < first + Math.Max(1, 3 * Scale); seed++)
        {
            using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(new VaultOptions { LockTimeout = TimeSpan.FromMinutes(2) }), Enumerable.Range(0, Keys / 2).Select(static i => Make(i * 2)));
            db.Builds.Limits = new BuildLimits { SmallCollection = 0, Records = 23 };
            int writes = 0, steps = 0;
            bool isOver = false;
            TaskCompletionSource hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
            db.Builds.StepCommitted = _ =>
            {
                // The writers get their share, so that none of the build goes by without them.
                hasBegun.TrySetResult();
                steps++;
                int before = Volatile.Read(ref writes);
                SpinWait.SpinUntil(() => Volatile.Read(ref isOver) || Volatile.Read(ref writes) > before + 3, TimeSpan.FromSeconds(30));
            };
            Task[] writers = [.. Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
            {
                // A transaction that came first would build everything inside of itself.
                await hasBegun.Task;
                Random random = new(seed * 31 + thread);
                while (!Volatile.Read(ref isOver))
                {
                    try
                    {
                        Write(db, random, thread);
                    }
                    catch (DuplicateKeyException)
                    {
                    }
                    catch
                    {
                        Volatile.Write(ref isOver, true);
                        throw;
                    }

                    Interlocked.Increment(ref writes);
                }
            }))];

            try
            {
                // The first use is the build.
                await Task.Run(() =>
                {
                    while (!Volatile.Read(ref isOver) && Entry(db).SchemaJson != Track.SchemaJson) Assert.InRange(db.Tracks.Count(), 1, Keys);
                });
            }
            finally
            {
                Volatile.Write(ref isOver, true);
                hasBegun.TrySetResult();
                await Task.WhenAll(writers);
            }

            Assert.True(steps > 50 && writes > 150, $"seed {seed}: {writes} writes, {steps} steps");
            AssertComplete(db);
        }
    }

    private static void Write(VaultDatabase db, Random random, int thread)
    {
        long id = random.Next(Keys);
        Track track = Make(id).With(t =>
        {
            t.Title = $"Title {random.Next(20)} {id}";
            t.Year = random.Next(5) == 0 ? null : 1990 + random.Next(20);
            t.Genres = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"genre {random.Next(5)}")];
            t.Codes = [$"code {id}", $"random {random.Next(5000)} of {id}"];
            t.Hidden = random.Next(2) == 0;
        });
        VaultRecordCollection records = db.Collection("tracks");
        switch ((thread + random.Next(3)) % 4)
        {
            case 0:
                if (random.Next(2) == 0) db.Tracks.Upsert(track);
                else db.Tracks.Insert(track);
                break;
            case 1:
                if (random.Next(2) == 0) db.Tracks.Delete(id);
                else db.Tracks.Where(t => t.Id > id).Take(2).Delete();
                break;
            case 2:
                if (random.Next(2) == 0) records.Update(id, new VaultRecord { ["title"] = track.Title, ["artist"] = $"Artist {random.Next(9)}" });
                else db.Tracks.UpsertMany([track, Make((id + 1) % Keys)]);
                break;
            default:
                db.Write(tx =>
                {
                    tx.Tracks.Upsert(track);
                    Savepoint savepoint = tx.Savepoint();
                    tx.Tracks.Delete((id + 7) % Keys);
                    if (random.Next(2) == 0) tx.RollbackTo(savepoint);
                    tx.Tracks.Update((id + 3) % Keys, t => t.Notes = "in a transaction");
                });
                break;
        }
    }
}
