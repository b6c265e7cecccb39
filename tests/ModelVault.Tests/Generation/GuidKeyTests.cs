using ModelVault.Tests.Models;

namespace ModelVault.Tests.Generation;

public sealed class GuidKeyTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly VaultDatabase _db;

    public GuidKeyTests() => _db = VaultDatabase.OpenInMemory(new VaultOptions { TimeProvider = _time });

    public void Dispose() => _db.Dispose();

    [Theory]
    [MemberData(nameof(WriteForms.All), MemberType = typeof(WriteForms))]
    public async Task An_empty_key_becomes_a_Guid_of_version_7_of_the_clock(WriteForm form)
    {
        Document inserted = new(), upserted = new();
        await _db.InsertBy<Document, Guid>(form, inserted);
        await _db.UpsertBy<Document, Guid>(form, upserted);

        Assert.All([inserted.Id, upserted.Id], id => Assert.Equal((7, _time.Now), (id.Version, TimeOf(id))));
        Assert.NotEqual(inserted.Id, upserted.Id);
        Assert.NotNull(_db.Documents.Get(inserted.Id));
        Assert.NotNull(_db.Documents.Get(upserted.Id));
    }

    [Fact]
    public async Task A_key_of_a_type_of_its_own_on_the_type_becomes_one_too()
    {
        Session session = new(default, "a");
        SessionId id = await _db.Sessions.InsertAsync(session);

        Assert.Equal((id, 7, _time.Now), (session.Id, id.Value.Version, TimeOf(id.Value)));
        Assert.Equal(session, _db.Sessions.Get(id));
    }

    [Fact]
    public void A_given_key_is_taken_as_it_is_and_an_update_without_one_finds_nothing()
    {
        Guid given = Guid.NewGuid();
        Assert.Equal(given, _db.Documents.Insert(new Document { Id = given }));
        Assert.False(_db.Documents.Update(new Document()));
        Assert.Equal([given], _db.Documents.ToList().Select(d => d.Id));
    }

    [Fact]
    public void Keys_of_one_millisecond_ascend_in_the_order_in_which_they_are_made()
    {
        List<Guid> keys = [.. Enumerable.Range(0, 1000).Select(_ => _db.Documents.Insert(new Document()))];
        _time.Now = _time.Now.AddMilliseconds(1);
        keys.Add(_db.Documents.Insert(new Document()));

        Assert.Equal(keys.Order(), keys);
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, k => Assert.Equal((7, 2), (k.Version, k.Variant >> 2)));
        Assert.Equal(keys, _db.Documents.ToList().Select(d => d.Id));
    }

    [Fact]
    public void A_clock_that_is_set_back_is_believed()
    {
        _db.Documents.Insert(new Document());
        _time.Now = _time.Now.AddHours(-1);
        Assert.Equal(_time.Now, TimeOf(_db.Documents.Insert(new Document())));
    }

    private static DateTimeOffset TimeOf(Guid id) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16));
}
