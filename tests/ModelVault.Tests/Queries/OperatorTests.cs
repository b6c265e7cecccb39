using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Every operator on what is easily wrong (nulls on the way, empty lists, case, surrogates), typed and as text, against LINQ to Objects. Those of scalars alone are tested type by type.</summary>
public sealed class OperatorTests : IDisposable
{
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    private static readonly string?[] Texts = [null, "", "a", "A", "ab", "aB", "ß", "ẞ", "K", "\u212a", "\u017f", "i", "İ", "😀", "\ue000", "\0"];

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();
    private readonly List<Shelf> _shelves = [.. Enumerable.Range(0, 200).Select(Make)];

    public OperatorTests() => _db.Shelves.InsertMany(_shelves);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_condition_on_another_list_leaves_the_item_that_it_stands_beside()
    {
        Assert.Equal(
            _shelves.Where(s => s.Guests?.Any(g => s.Marks.Contains(3) || g.Age == 1) ?? false).Select(s => s.Id),
            _db.Shelves.Where(s => s.Guests.Any(g => s.Marks.Any(m => m == 3) || g.Age == 1)).ToList().Select(s => s.Id));
        Assert.Equal(
            _shelves.Where(s => s.Marks.Exists(m => s.Guests?.TrueForAll(g => g.Age > 2) == true || m == 1)).Select(s => s.Id),
            _db.Shelves.Where(s => s.Marks.Any(m => s.Guests.All(g => g.Age > 2) || m == 1)).ToList().Select(s => s.Id));
    }

    private sealed record Case(Func<ShelfFields, VaultFilter<Shelf>> Filter, Func<Shelf, bool> Meaning, Func<VaultRecordCollection, VaultFilter<VaultRecord>>? Text = null);

    [Fact]
    public void An_item_that_cannot_be_told_from_another_is_refused()
    {
        foreach (Action build in (Action[])
        [
            () => _db.Shelves.Where(s => s.Guests.Any(g => s.Marks.Any(m => g.Name == "a" && m == 3))),
            () => _db.Shelves.Where(s => s.Guests.Any(g => s.Marks.All(m => !(m == 3 || g.Nicknames.Contains("a"))))),
            () => _db.Shelves.Where(s => s.Guests.Any(g => s.Guests.Any(other => other.Name == g.Name))),
            () => _db.Shelves.Where(s => s.Marks.Any(m => s.Guests.Any(g => g.Nicknames.Any(n => m == 3)))),
        ]) Assert.Contains("at once", Assert.Throws<VaultQueryException>(build).Message, StringComparison.Ordinal);

        Same(
            new(s => s.Guests.Any(g => g.Nicknames.Any(n => n == "n1" && g.Age > 1)), s => s.Guests?.Exists(g => g.Nicknames.Exists(n => n == "n1" && g.Age > 1)) == true),
            new(s => s.Guests.Any(g => s.Marks.Any(m => m == 3 && s.Height > 2) && g.Age > 1), s => s.Guests?.Exists(g => s.Marks.Exists(m => m == 3 && s.Height > 2) && g.Age > 1) == true));
    }

    [Fact]
    public void A_list_is_equal_to_one_with_the_same_items()
    {
        Shelf shelf = new() { Id = 5000, Marks = [7, 8, 9], Guests = [new Person { Name = "x", Nicknames = ["y"] }] };
        _db.Shelves.Insert(shelf);
        IField<Shelf, List<int>> marks = Shelf.Fields.Marks;
        IField<Shelf, List<Person>?> guests = Shelf.Fields.Guests;
        Assert.Equal([5000], _db.Shelves.Where(marks, [7, 8, 9]).ToList().Select(static s => s.Id));
        Assert.Empty(_db.Shelves.Where(marks, [9, 8, 7]).ToList());
        Assert.Equal([5000], _db.Shelves.Where(guests, [new Person { Name = "x", Nicknames = ["y"] }]).ToList().Select(static s => s.Id));
        Assert.Equal(_shelves.Count(static s => s.Guests is null), _db.Shelves.Where(guests, null).Count());
    }

    // In an attribute's text they would be replaced.
    [Theory]
    [InlineData(0xd800)]
    [InlineData((int)'a', 0xdc00, (int)'b')]
    [InlineData(0xd83d, 0xd83d, 0xde00)]
    public void A_text_that_no_record_can_hold_is_refused_whatever_would_answer_it(params int[] units)
    {
        string text = string.Concat(units.Select(static u => (char)u));
        VaultRecordCollection records = _db.Collection("shelves");
        foreach (Action build in (Action[])
        [
            () => _db.Shelves.Where(s => s.Label == text),
            () => _db.Shelves.Where(s => s.Label.In("a", text)),
            () => _db.Shelves.Where(s => s.Label.StartsWith(text, IgnoreCase)),
            () => _db.Shelves.Where(s => s.Label > text),
            () => records.Where("label", "==", text),
            () => records.Where("label", "in", (string[])["a", text]),
        ]) Assert.Contains("unpaired surrogate", Assert.Throws<VaultQueryException>(build).Message, StringComparison.Ordinal);
        Assert.Equal(_shelves.Count(static s => s.Label == "😀"), _db.Shelves.Where(s => s.Label.In("😀", "x")).Count());
    }

    [Fact]
    public void One_of_several_texts_is_told_without_making_a_string()
    {
        Shelf[] shelves = [.. Enumerable.Range(1000, 500).Select(static i => new Shelf { Id = i, Owner = new Person { Name = $"a name of some length {i}" } })];
        _db.Shelves.InsertMany(shelves);
        VaultQuery<Shelf, ShelfFields> query = _db.Shelves.Where(s => s.Owner.Name.In("a name of some length 1100", "a name of some length 1200", "no name"));
        Assert.Equal(2, query.Count());
        Assert.InRange(Allocations.Of(() => query.Count(), enough: 8000), 0, 8000); // 500 strings would be 35,000
    }

    [Fact]
    public void Texts_compare_ordinally_and_without_case()
    {
        foreach (string text in Texts.OfType<string>())
        {
            Same(
                new(s => s.Label.Equals(text, IgnoreCase), s => string.Equals(s.Label, text, IgnoreCase), r => r.Filter("label", "==", text, IgnoreCase)),
                new(s => !s.Label.Equals(text, IgnoreCase), s => !string.Equals(s.Label, text, IgnoreCase), r => r.Filter("label", "!=", text, IgnoreCase)),
                new(s => s.Label.StartsWith(text, IgnoreCase), s => s.Label?.StartsWith(text, IgnoreCase) == true, r => r.Filter("label", "starts_with", text, IgnoreCase)),
                new(s => s.Label.EndsWith(text, IgnoreCase), s => s.Label?.EndsWith(text, IgnoreCase) == true, r => r.Filter("label", "ends_with", text, IgnoreCase)),
                new(s => s.Label.Contains(text, IgnoreCase), s => s.Label?.Contains(text, IgnoreCase) == true, r => r.Filter("label", "contains", text, IgnoreCase)),
                new(s => s.Label.StartsWith(text), s => s.Label?.StartsWith(text, StringComparison.Ordinal) == true, r => r.Filter("label", "starts_with", text)),
                new(s => s.Label.EndsWith(text), s => s.Label?.EndsWith(text, StringComparison.Ordinal) == true, r => r.Filter("label", "ends_with", text)),
                new(s => !s.Label.Contains(text), s => s.Label?.Contains(text, StringComparison.Ordinal) != true, r => !r.Filter("label", "contains", text)),
                new(s => s.Label == text, s => s.Label == text, r => r.Filter("label", "==", text)),
                new(s => s.Label != text, s => s.Label != text, r => r.Filter("label", "!=", text)),
                new(s => s.Label < text, s => s.Label is not null && RowConditions.Order(s.Label, text) < 0, r => r.Filter("label", "<", text)),
                new(s => s.Label >= text, s => s.Label is not null && RowConditions.Order(s.Label, text) >= 0, r => r.Filter("label", ">=", text)),
                new(s => s.Label.Between("A", text), s => s.Label is not null && RowConditions.Order(s.Label, "A") >= 0 && RowConditions.Order(s.Label, text) <= 0, r => r.Filter("label", "between", ("A", text))),
                new(s => s.Label.In(text, null), s => s.Label is null || s.Label == text, r => r.Filter("label", "in", (string?[])[text, null])),
                new(s => !s.Label.In(text, "a"), s => s.Label != text && s.Label != "a", r => r.Filter("label", "not_in", (string[])[text, "a"])),
                new(s => s.Label.Length == text.Length, s => s.Label?.Length == text.Length, r => r.Filter("label.length", "==", text.Length)));
        }

        Same(
            new(s => s.Label.In(), _ => false, r => r.Filter("label", "in", Array.Empty<string>())),
            new(s => !s.Label.In(), _ => true, r => r.Filter("label", "not_in", Array.Empty<string>())),
            new(s => s.Label.IsNull, s => s.Label is null, r => r.Filter("label", "is_null", null)),
            new(s => s.Label != null, s => s.Label is not null, r => r.Filter("label", "is_not_null", null)),
            new(s => s.Label.Length < 2, s => s.Label?.Length < 2, r => r.Filter("label.length", "<", 2)),
            new(s => s.Label.Length != 1, s => s.Label?.Length != 1, r => r.Filter("label.length", "!=", 1)));
    }

    [Fact]
    public void Members_behind_nulls_are_null()
    {
        Same(
            new(s => s.Owner.Name == "a", s => s.Owner?.Name == "a", r => r.Filter("owner.name", "==", "a")),
            new(s => s.Owner.Name != "a", s => s.Owner?.Name != "a", r => r.Filter("owner.name", "!=", "a")),
            new(s => s.Owner.Age < 3, s => s.Owner?.Age < 3, r => r.Filter("owner.age", "<", 3)),
            new(s => !(s.Owner.Age < 3), s => !(s.Owner?.Age < 3), r => !r.Filter("owner.age", "<", 3)),
            new(s => s.Owner.Age == 0, s => s.Owner?.Age == 0, r => r.Filter("owner.age", "==", 0)),
            new(s => s.Owner.Friend.Name == "a", s => s.Owner?.Friend?.Name == "a", r => r.Filter("owner.friend.name", "==", "a")),
            new(s => s.Owner.Friend.Name == null, s => s.Owner?.Friend?.Name is null, r => r.Filter("owner.friend.name", "is_null", null)),
            new(s => s.Owner.Friend == null, s => s.Owner?.Friend is null, r => r.Filter("owner.friend", "is_null", null)),
            new(s => s.Owner == null, s => s.Owner is null, r => r.Filter("owner", "is_null", null)),
            new(s => s.Owner.Name.Length > 1, s => s.Owner?.Name?.Length > 1, r => r.Filter("owner.name.length", ">", 1)),
            new(s => s.Owner.Nicknames.Contains("a"), s => s.Owner?.Nicknames.Contains("a") == true, r => r.Filter("owner.nicknames", "contains", "a")),
            new(s => s.Owner.Nicknames.All(n => n == "a"), s => s.Owner?.Nicknames.TrueForAll(n => n == "a") == true, r => r.Filter("owner.nicknames", "all ==", "a")),
            new(s => s.Owner.Nicknames.Count == 0, s => (s.Owner?.Nicknames.Count ?? 0) == 0, r => r.Filter("owner.nicknames.count", "==", 0)),
            new(s => s.Depth.HasValue && s.Depth.Value > 1, s => s.Depth > 1, r => r.Filter("depth", "is_not_null", null) & r.Filter("depth", ">", 1)));
    }

    [Fact]
    public void Fields_compare_with_fields_of_their_type()
    {
        Same(
            new(s => s.Width == s.Height, s => s.Width == s.Height, r => r.Filter("width", "==", new FieldPath("height"))),
            new(s => s.Width < s.Height, s => s.Width < s.Height, r => r.Filter("width", "<", new FieldPath("height"))),
            new(s => s.Width != s.Depth, s => s.Width != s.Depth, r => r.Filter("width", "!=", new FieldPath("depth"))),
            new(s => s.Depth >= s.Width, s => s.Depth >= s.Width, r => r.Filter("depth", ">=", new FieldPath("width"))),
            new(s => s.Label == s.Owner.Name, s => s.Label == s.Owner?.Name, r => r.Filter("label", "==", new FieldPath("owner", "name"))),
            new(s => s.Label > s.Owner.Name, s => s.Label is not null && s.Owner?.Name is { } n && RowConditions.Order(s.Label, n) > 0, r => r.Filter("label", ">", new FieldPath("owner", "name"))),
            new(s => s.Owner.Age <= s.Owner.Friend.Age, s => s.Owner?.Age <= s.Owner?.Friend?.Age, r => r.Filter("owner.age", "<=", new FieldPath("owner", "friend", "age"))));
    }

    [Fact]
    public void Items_of_lists_are_asked_with_all_their_members()
    {
        Same(
            new(s => s.Guests.Any(), s => s.Guests?.Count > 0, r => r.Filter("guests", "any", null)),
            new(s => !s.Guests.Any(), s => !(s.Guests?.Count > 0), r => !r.Filter("guests", "any", null)),
            new(s => s.Guests == null, s => s.Guests is null, r => r.Filter("guests", "is_null", null)),
            new(s => s.Guests.Count >= 2, s => (s.Guests?.Count ?? 0) >= 2, r => r.Filter("guests.count", ">=", 2)),
            new(s => s.Guests.Any(g => g.Name == "a"), s => s.Guests?.Exists(g => g.Name == "a") == true, r => r.Filter("guests[].name", "==", "a")),
            new(s => s.Guests.Any(g => g.Name == null), s => s.Guests?.Exists(g => g.Name is null) == true, r => r.Filter("guests[].name", "is_null", null)),
            new(s => s.Guests.Any(g => g.Name.Equals("A", IgnoreCase)), s => s.Guests?.Exists(g => string.Equals(g.Name, "A", IgnoreCase)) == true, r => r.Filter("guests[].name", "==", "A", IgnoreCase)),
            new(s => s.Guests.Any(g => g.Age > 2 && g.Name != "b"), s => s.Guests?.Exists(g => g.Age > 2 && g.Name != "b") == true),
            new(s => s.Guests.All(g => g.Age > 0), s => s.Guests?.TrueForAll(g => g.Age > 0) == true),
            new(s => !s.Guests.All(g => g.Age > 0), s => s.Guests?.TrueForAll(g => g.Age > 0) != true),
            new(s => s.Guests.Any(g => g.Friend.Name == "a"), s => s.Guests?.Exists(g => g.Friend?.Name == "a") == true, r => r.Filter("guests[].friend.name", "==", "a")),
            new(s => s.Guests.All(g => g.Friend == null), s => s.Guests?.TrueForAll(g => g.Friend is null) == true),
            new(s => s.Guests.Any(g => g.Nicknames.Any(n => n.StartsWith("a"))), s => s.Guests?.Exists(g => g.Nicknames.Exists(n => n.StartsWith('a'))) == true, r => r.Filter("guests[].nicknames[]", "starts_with", "a")),
            new(s => s.Guests.All(g => g.Nicknames.Contains("a")), s => s.Guests?.TrueForAll(g => g.Nicknames.Contains("a")) == true),
            new(s => s.Guests.Any(g => g.Nicknames.All(n => n != g.Name)), s => s.Guests?.Exists(g => g.Nicknames.TrueForAll(n => n != g.Name)) == true),
            new(s => s.Guests.Any(g => g.Name == s.Label), s => s.Guests?.Exists(g => g.Name == s.Label) == true, r => r.Filter("guests[].name", "==", new FieldPath("label"))),
            new(s => s.Guests.Any(g => g.Nicknames.Any(n => n == g.Name && g.Name == s.Label)), s => s.Guests?.Exists(g => g.Nicknames.Exists(n => n == g.Name && g.Name == s.Label)) == true),
            new(s => s.Marks.Contains(2), s => s.Marks.Contains(2), r => r.Filter("marks", "contains", 2)),
            new(s => s.Marks.Any(m => m.In(1, 3)), s => s.Marks.Exists(m => m is 1 or 3), r => r.Filter("marks[]", "in", (int[])[1, 3])),
            new(s => s.Marks.All(m => m.Between(1, 3)), s => s.Marks.TrueForAll(m => m is >= 1 and <= 3), r => r.Filter("marks", "all between", (1, 3))),
            new(s => s.Marks.Any(m => m == s.Width), s => s.Marks.Contains(s.Width), r => r.Filter("marks[]", "==", new FieldPath("width"))));
    }

    private void Same(params Case[] cases)
    {
        VaultRecordCollection records = _db.Collection("shelves");
        foreach (Case c in cases)
        {
            int[] expected = [.. _shelves.Where(c.Meaning).Select(s => s.Id)];
            string explained = _db.Shelves.Where(c.Filter).Explain().Tree;
            Assert.True(expected.SequenceEqual(_db.Shelves.Where(c.Filter).ToList().Select(s => s.Id)), explained);
            Assert.True(expected.SequenceEqual(_db.Shelves.Where(c.Filter).OrderByDescending(s => s.Id).Reverse().Select(s => s.Id).ToList()), explained);
            Assert.True(expected.Length == _db.Shelves.Count(c.Filter), explained);
            if (c.Text is not null) Assert.True(expected.SequenceEqual(records.Where(c.Text(records)).All("id").Select(r => r.GetInt32("id"))), $"as text: {explained}");
        }
    }

    private static Shelf Make(int id)
    {
        Random random = new(id);
        return new Shelf
        {
            Id = id,
            Label = Text(),
            Width = random.Next(4),
            Height = random.Next(4),
            Depth = random.Next(3) == 0 ? null : random.Next(4),
            Owner = random.Next(3) == 0 ? null : Person(),
            Guests = random.Next(5) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => Person())],
            Marks = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5))],
        };

        string? Text() => Texts[random.Next(Texts.Length)];

        Person Person() => new()
        {
            Name = random.Next(3) > 0 ? ((string?[])[null, "a", "A", "b"])[random.Next(4)] : Text(),
            Age = random.Next(5),
            Friend = random.Next(2) == 0 ? null : new Friend { Name = Text(), Age = random.Next(5) },
            Nicknames = [.. Enumerable.Range(0, random.Next(3)).Select(_ => ((string[])["a", "ab", "b", ""])[random.Next(4)])],
        };
    }
}
