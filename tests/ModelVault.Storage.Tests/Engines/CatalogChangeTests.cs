using System.Globalization;
using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Engines;

/// <summary>Renaming and dropping a tree take two steps in the catalog: a read that fails between them must not leave half.</summary>
public class CatalogChangeTests
{
    private const int Trees = 600; // enough that old and new name stand in different leaves of the catalog

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_read_error_half_way_leaves_the_tree_whole_or_nothing_but_to_roll_back(bool rename)
    {
        var broken = 0;
        var image = Prepare();
        for (var failAt = 1; failAt <= 12; failAt++)
        {
            var storage = new SimulatedBlockStorage(image);
            using var engine = StorageEngine.Open(storage);
            using (var transaction = engine.BeginWrite(Bytes.Timeout))
            {
                storage.Inject(new SimulatedFaults { FailAt = failAt, CountReads = true });
                var error = Record.Exception(() => rename ? transaction.RenameTree(Name(1), "zzz") : transaction.DropTree(Name(1)));
                storage.Inject(new SimulatedFaults());
                Assert.True(error is null or IOException, $"read {failAt}: {error}");
                if (Record.Exception(transaction.Commit) is VaultTransactionException) broken++;
            }

            var names = engine.Read(snapshot => snapshot.TreeNames.ToArray());
            var there = names.Contains(Name(1)) ? 1 : 0;
            var renamed = names.Contains("zzz") ? 1 : 0;
            Assert.True(rename ? there + renamed == 1 : renamed == 0, $"read {failAt}: old name {there}, new name {renamed}");
            Assert.Equal(Trees - 1, names.Length - there - renamed);
            Assert.Null(engine.Read(SpaceAudit.Run));
        }

        // A rename looks both names up first, so the pages it changes are in memory by then.
        Assert.True(rename || broken > 0, "No read failed between the steps: the test proves nothing.");
    }

    private static DiskImage Prepare()
    {
        var storage = new SimulatedBlockStorage();
        var engine = StorageEngine.Open(storage);
        engine.Commit(transaction =>
        {
            for (var i = 0; i < Trees; i++) transaction.GetOrCreateTree(Name(i)).Put([1], Bytes.Random(300, i));
            for (var i = 0; i < 400; i++) transaction.GetOrCreateTree(Name(1)).Put([2, (byte)(i >> 8), (byte)i], new byte[200]);
        });
        engine.Dispose();
        return storage.Snapshot();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"tree {number:0000}, with a name that takes some room in the catalog");
}
