using System.Text.Json.Nodes;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault.Tests.Interop;

/// <summary>Records that we store are read by implementations of MessagePack which are not ours, and theirs by us.</summary>
public sealed class InteropTests
{
    private const int Version = 1;

    [JavaScriptFact]
    public void Stored_records_are_read_by_JavaScript() => AssertReads(Peer.JavaScript());

    [PythonFact]
    public void Stored_records_are_read_by_Python() => AssertReads(Peer.Python());

    [JavaScriptFact]
    public void Records_that_JavaScript_packs_are_read()
    {
        Peer peer = Peer.JavaScript();
        Specimen[] specimens = [.. Specimen.All().Select(static s => s.ForJavaScript())];
        AssertIsRead(peer, "", specimens);
        AssertIsRead(peer, "bigint", specimens);
        AssertIsRead(peer, "float32", Specimen.Plain().ForJavaScript());
    }

    [PythonFact]
    public void Records_that_Python_packs_are_read()
    {
        AssertIsRead(Peer.Python(), "", [.. Specimen.All()]);
        AssertIsRead(Peer.Python(), "float32", Specimen.Plain());
    }

    private static void AssertReads(Peer peer)
    {
        IReadOnlyList<Specimen> specimens = Specimen.All();
        IReadOnlyList<JsonNode> found = peer.Describe(Stored(specimens));
        foreach ((Specimen specimen, JsonNode description) in specimens.Zip(found))
        {
            JsonArray expected = Description.OfRecord(specimen, Version);
            JsonArray expectedFields = (JsonArray)expected[1]!, fields = (JsonArray)description[1]!;
            for (int i = 0; i < expectedFields.Count; i++)
                Assert.True(JsonNode.DeepEquals(expectedFields[i], fields[i]), $"{specimen.Id}, {Specimen.Schema.Fields[i].Name}: expected {Text(expectedFields[i])}, found {Text(fields[i])}");
            Assert.True(JsonNode.DeepEquals(expected, description));
        }
    }

    // The shortest form is the only one that we write, so what equals our own bytes when it is written again was read without a loss.
    private static void AssertIsRead(Peer peer, string form, params Specimen[] specimens)
    {
        IReadOnlyList<byte[]> theirs = peer.Pack(specimens.Select(static s => Description.OfRecord(s, Version)), form);
        IReadOnlyList<byte[]> ours = Stored(specimens);
        Assert.Contains(theirs.Zip(ours), static pair => !pair.First.AsSpan().SequenceEqual(pair.Second));
        using VaultDatabase typed = WithRecords(specimens, theirs), expected = WithRecords(specimens, ours);
        VaultRecordCollection untyped = typed.Collection("specimens"), expectedUntyped = expected.Collection("specimens");
        for (int i = 0; i < specimens.Length; i++)
        {
            Assert.Equal(ours[i], Written(typed.Specimens.Get(specimens[i].Id)!));
            Assert.Equal(expectedUntyped.Get(specimens[i].Id), untyped.Get(specimens[i].Id));
        }
    }

    // The bytes in the storage engine's tree, header and all.
    private static List<byte[]> Stored(IReadOnlyList<Specimen> specimens)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Specimens.InsertMany(specimens);
        using ReadView view = db.BeginRead(null);
        Assert.True(CatalogTree.TryGet(view.Source, "specimens", out CatalogEntry? entry) && entry.Version == Version);
        Assert.True(view.Source.TryGetTree(entry.PrimaryTree, out Tree? tree));
        return [.. specimens.Select(s => tree.Get(Key(s))!)];
    }

    // A database whose records are these bytes, as if another program had written them.
    private static VaultDatabase WithRecords(IReadOnlyList<Specimen> specimens, IReadOnlyList<byte[]> records)
    {
        VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Specimens.InsertMany(specimens.Select(static s => new Specimen { Id = s.Id }));
        db.WriteAlone(null, 0, (tx, _) =>
        {
            Assert.True(CatalogTree.TryGet(tx, "specimens", out CatalogEntry? entry));
            foreach ((Specimen specimen, byte[] record) in specimens.Zip(records)) tx.GetOrCreateTree(entry.PrimaryTree).Put(Key(specimen), record);
            return 0;
        });
        return db;
    }

    private static byte[] Key(Specimen specimen)
    {
        KeyWriter key = new(stackalloc byte[16]);
        key.WriteInt64(specimen.Id);
        return key.Written.ToArray();
    }

    private static byte[] Written(Specimen specimen)
    {
        MessagePackWriter writer = new(new byte[256]);
        RecordHeader.Write(ref writer, Version);
        VaultObjects.Write(specimen, ref writer);
        return writer.Written.ToArray();
    }

    private static string Text(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "null";
        return text.Length <= 200 ? text : text[..200];
    }
}
