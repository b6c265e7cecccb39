using ModelVault.Storage;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Catalog;

public sealed class CatalogTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Fact]
    public void An_entry_comes_back_from_its_stored_form()
    {
        CatalogEntry entry = new()
        {
            Id = 7,
            Schemas = [(1, "{}"), (200, Book.SchemaJson)],
            FieldIds = new Dictionary<string, int> { ["id"] = 1, ["publisher.city"] = 300 },
            IndexIds = new Dictionary<string, int> { ["year_idx"] = 4 },
            NextFieldId = 301,
            NextIndexId = 5,
        };

        CatalogEntry back = CatalogEntry.Decode(entry.Encode());

        Assert.Equal((7, 200, Book.SchemaJson, 301, 5), (back.Id, back.Version, back.SchemaJson, back.NextFieldId, back.NextIndexId));
        Assert.Equal(entry.Schemas, back.Schemas);
        Assert.Equal(entry.FieldIds, back.FieldIds);
        Assert.Equal(entry.IndexIds, back.IndexIds);
    }

    [Fact]
    public void A_read_that_the_schema_refuses_holds_no_snapshot()
    {
        _db.RegisterCollection("books", """[{"path": ["id"], "type": "string"}]""", "id");
        Assert.Throws<VaultSchemaException>(() => _db.Books.Get(1));
        _db.Collection("books").Insert(new VaultRecord { ["id"] = "a" });
        _db.Collection("books").Insert(new VaultRecord { ["id"] = "b" });

        Assert.Equal(_db.Statistics.CommitId, _db.Statistics.OldestSnapshotCommitId);
    }

    [Fact]
    public void A_cut_entry_is_a_corruption_error()
    {
        byte[] bytes = new CatalogEntry { Id = 1, Schemas = [(1, "{}")], FieldIds = new Dictionary<string, int> { ["a"] = 1 }, IndexIds = new Dictionary<string, int>(), NextFieldId = 2, NextIndexId = 1 }.Encode();

        for (int length = 0; length < bytes.Length; length++) Assert.Throws<VaultCorruptionException>(() => CatalogEntry.Decode(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Every_field_has_a_stable_id_nested_ones_included()
    {
        _db.Books.Insert(new Book { Id = 1, Title = "t", Author = "a" });

        CatalogEntry entry = Entry("books");

        Assert.Equal(1, entry.Version);
        Assert.Equal(["author", "id", "isbn", "lent", "publisher", "publisher.city", "publisher.name", "rating", "tags", "title", "year"], entry.FieldIds.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(entry.FieldIds.Count, entry.FieldIds.Values.Distinct().Count());
        Assert.Equal(entry.FieldIds.Values.Max() + 1, entry.NextFieldId);
    }

    [Fact]
    public void Collections_get_ids_of_their_own_and_an_index_id_is_never_used_again()
    {
        _db.Books.Insert(new Book { Id = 1, Title = "t", Author = "a" });
        _db.Authors.Insert(new Author(new AuthorId(Guid.Empty), "a"));
        Assert.NotEqual(Entry("books").Id, Entry("authors").Id);

        const string yearIndex = """,{"kind":"index","name":"year_idx","paths":[["year"]]}""";
        int before = Entry("books").IndexIds["year_idx"];
        Install(Book.SchemaJson.Replace(yearIndex, "", StringComparison.Ordinal));
        Assert.False(Entry("books").IndexIds.ContainsKey("year_idx"));
        Install(Book.SchemaJson);

        Assert.True(Entry("books").IndexIds["year_idx"] > before);
        Assert.Equal((3, 3), (Entry("books").Version, Entry("books").Schemas.Count));
        Assert.Equal(1, _db.Books.Where(b => b.Year == 0).Count());
    }

    private CatalogEntry Entry(string collection)
    {
        using ReadView scope = _db.BeginRead(null);
        Assert.True(CatalogTree.TryGet(scope.Source, collection, out CatalogEntry? entry));
        return entry;
    }

    private void Install(string json) => _db.Write(null, new CollectionLayout(CollectionSchema.Parse(json)), static (WriteTransaction tx, CollectionLayout layout) => SchemaInstaller.Install(tx, layout));
}
