using ModelVault.Storage;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Database;

/// <summary>The same stored collection under schemas that differ in their indexes, as successive builds of one application have them.</summary>
public sealed class IndexChangeTests : IDisposable
{
    private const string YearIndex = """{"kind":"index","name":"year_idx","paths":[["year"]]}""";
    private const string TitleUnique = """{"kind":"unique","name":"title_unique","paths":[["title"]]}""";

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public IndexChangeTests() => _db.Books.InsertMany(Enumerable.Range(0, 300).Select(i => new Book { Id = i, Title = $"Title {i % 100}", Author = $"Author {i % 7}", Year = i % 10 }));

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_dropped_index_is_forgotten_and_one_added_again_is_built_from_the_records()
    {
        CollectionStore without = Store(Book.SchemaJson.Replace($",{YearIndex}", "", StringComparison.Ordinal));
        Assert.Equal((30, PlanNodeKind.CollectionScan), Ask(without, Book.Fields.Year == 3));

        Delete(without, key: 3);
        Assert.Equal((29, PlanNodeKind.IndexLookup), Ask(Store(Book.SchemaJson), Book.Fields.Year == 3));
        Assert.Equal(299, _db.Books.Count());
    }

    [Fact]
    public void A_snapshot_from_before_the_index_answers_without_it()
    {
        Ask(Store(Book.SchemaJson.Replace($",{YearIndex}", "", StringComparison.Ordinal)), Book.Fields.Year == 3);
        using VaultSnapshot before = _db.BeginSnapshot();
        Assert.Equal(30, _db.Books.Where(b => b.Year == 3).Count());

        Assert.Equal(30, before.Books.Where(b => b.Year == 3).Count());
        Assert.True(before.Books.Where(b => b.Year == 3).Explain().IsScan);
        Assert.False(_db.Books.Where(b => b.Year == 3).Explain().IsScan);
    }

    [Fact]
    public void A_unique_index_over_values_that_are_not_unique_is_refused_and_nothing_is_changed()
    {
        CollectionStore unique = Store(Book.SchemaJson.Replace(YearIndex, $"{TitleUnique},{YearIndex}", StringComparison.Ordinal));

        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => Ask(unique, Book.Fields.Year == 3));

        Assert.Contains("title_unique", error.Message, StringComparison.Ordinal);
        Assert.Equal(30, _db.Books.Where(b => b.Year == 3).Count());
    }

    [Fact]
    public void A_change_of_fields_is_refused_and_every_difference_is_named()
    {
        CollectionStore changed = Store(Book.SchemaJson
            .Replace("\"path\":[\"lent\"],\"type\":\"bool\"", "\"path\":[\"lent\"],\"type\":\"string\"", StringComparison.Ordinal)
            .Replace("\"path\":[\"rating\"]", "\"path\":[\"stars\"]", StringComparison.Ordinal));

        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => Ask(changed, Book.Fields.Year == 3));

        foreach (string name in (string[])["'lent'", "'rating'", "'stars'"]) Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal(300, _db.Books.Count());
    }

    private static CollectionStore Store(string json) => new(new CollectionLayout(CollectionSchema.Parse(json)));

    private (long Count, PlanNodeKind Access) Ask(CollectionStore store, VaultFilter<Book> filter)
    {
        QuerySpec spec = new(filter, null, false, 0, int.MaxValue);
        using ReadView scope = _db.BeginRead(store);
        AccessPath path = QueryPlanner.Plan(store.Layout, store.Bind(scope.Source), spec);
        return (RowCounter.Count(_db, store, spec), path.Kind);
    }

    private void Delete(CollectionStore store, long key) => _db.Write(null, (store, Key: KeyOf(key)), static (WriteTransaction tx, (CollectionStore Store, byte[] Key) s) =>
        new RecordWriter(s.Store.BindForWrite(tx)).Delete(s.Key));

    private static byte[] KeyOf(long key)
    {
        Runtime.KeyWriter writer = new(stackalloc byte[8]);
        writer.WriteInt64(key);
        return writer.Written.ToArray();
    }
}
