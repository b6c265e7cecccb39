using ModelVault.Storage.Simulation;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Generation;

/// <summary>The power fails at every call to the storage while auto-increment records come and go: a number that was handed out is never handed out again.</summary>
public sealed class NumberCrashTests
{
    // Each returns the numbers it has handed out. The greatest is deleted in every way in which a record can be.
    private static readonly Func<VaultDatabase, IEnumerable<long>>[] Steps =
    [
        db => [db.Notes.Insert(New())],
        db => Delete(db, 1),
        db => InsertMany(db, 5),
        db => Delete(db, 6),
        db => [db.Notes.Upsert(New())],
        db => db.Write(tx =>
        {
            long first = tx.Notes.Insert(New()), second = tx.Notes.Insert(New());
            tx.Notes.DeleteMany([first, second]);
            return new[] { first, second };
        }),
        db => DeleteAll(db),
        db => [db.Notes.Insert(New())],
        db => Delete(db, 10),
        db => [db.Notes.Insert(New())],
        db =>
        {
            Assert.True(db.Collection("notes").Delete(11L));
            return [];
        },
        db => [db.Notes.Insert(New())],
    ];

    [Fact]
    public void No_number_comes_again_after_a_power_failure()
    {
        long calls = Run(new SimulatedBlockStorage()).Storage.OperationCount;
        int images = 0, empty = 0;
        for (long crashAt = 1; crashAt <= calls; crashAt++)
        {
            (SimulatedBlockStorage storage, HashSet<long> given, bool isOpen) = Run(new SimulatedBlockStorage(faults: new SimulatedFaults { CrashAt = crashAt }));
            if (!isOpen) continue;
            foreach (DiskImage image in storage.CrashImages().Enumerate(seed: (int)crashAt, samples: 2, enumerated: 3))
            {
                images++;
                using VaultDatabase db = VaultDatabase.Open(new SimulatedBlockStorage(image));
                if (given.Count > 0 && !db.Notes.Any()) empty++;
                List<long> again = [db.Notes.Insert(New()), .. InsertMany(db, 2)];
                Assert.True(!again.Any(given.Contains) && again.Distinct().Count() == 3, $"crash at {crashAt}: {string.Join(",", again)} of {string.Join(",", given)}");
            }
        }

        Assert.True(images > 100 && empty > 10, $"only {images} images, {empty} without a record");
    }

    [Fact]
    public void No_number_comes_again_after_closing_compacting_and_opening()
    {
        using Database.TemporaryFile file = new();
        HashSet<long> given = [];
        foreach (Func<VaultDatabase, IEnumerable<long>> step in Steps)
        {
            using (VaultDatabase db = VaultDatabase.Open(file.Path)) Assert.All(step(db), number => Assert.True(given.Add(number)));
            using (VaultDatabase db = VaultDatabase.Open(file.Path)) db.Compact();
        }

        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), given.Order());
    }

    private static (SimulatedBlockStorage Storage, HashSet<long> Given, bool IsOpen) Run(SimulatedBlockStorage storage)
    {
        HashSet<long> given = [];
        bool isOpen = false;
        try
        {
            using VaultDatabase db = VaultDatabase.Open(storage);
            isOpen = true;
            foreach (Func<VaultDatabase, IEnumerable<long>> step in Steps)
                foreach (long number in step(db)) Assert.True(given.Add(number), $"{number} was handed out twice");
        }
        catch (Exception e) when (e is IOException or VaultTransactionException)
        {
        }

        return (storage, given, isOpen);
    }

    private static List<long> InsertMany(VaultDatabase db, int count)
    {
        List<Note> notes = [.. Enumerable.Range(0, count).Select(_ => New())];
        db.Notes.InsertMany(notes);
        return [.. notes.Select(n => n.Id)];
    }

    private static long[] Delete(VaultDatabase db, long id)
    {
        Assert.True(db.Notes.Delete(id));
        return [];
    }

    private static long[] DeleteAll(VaultDatabase db)
    {
        db.Notes.DeleteMany(db.Notes.ToList().Select(n => n.Id));
        return [];
    }

    private static Note New() => new() { Text = "text" };
}
