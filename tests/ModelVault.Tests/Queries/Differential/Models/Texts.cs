using ModelVault.Tests.Types;

namespace ModelVault.Tests.Queries.Differential.Models;

/// <summary>Texts with and without regard to case, by a text as the key.</summary>
[VaultCollection]
[Index(nameof(Title), IgnoreCase = true, Name = "title_any_case")]
[Index(nameof(Subtitle), nameof(Number), IgnoreCase = true, IsDescending = [false, true], Name = "subtitle_any_case")]
[Index(nameof(Number), nameof(Title), IsDescending = [false, true])]
[Index(nameof(Title), nameof(Subtitle))]
public partial class Word
{
    public string Id { get; init; } = "";
    [Index] public string Title { get; set; } = "";
    [Index] public string? Subtitle { get; set; }
    public int Number { get; set; }
    public string Note { get; set; } = "";
}

internal sealed class WordCase : ModelCase<Word, string>
{
    private static readonly Values<string> Ids = new(["", "a", "A", "a1", "b", "z", "é9", "😀"], RowConditions.Order);

    public WordCase()
        : base(static m => m.Id, RowConditions.Order)
    {
        Add(Word.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Word.Fields.Title, static m => m.Title, Values.Text);
        Add(Word.Fields.Subtitle, static m => m.Subtitle, Values.Text);
        Add(Word.Fields.Note, static m => m.Note, Values.Word);
        Add(Word.Fields.Number, static m => m.Number, Values.Small);
        Imply("title_any_case", random => Values.Text.Next(random) is var title && random.Next(3) > 0
            ? new(Word.Fields.Title.Equals(title, StringComparison.OrdinalIgnoreCase), m => string.Equals(m.Title, title, StringComparison.OrdinalIgnoreCase))
            : new(Word.Fields.Title.StartsWith(title, StringComparison.OrdinalIgnoreCase), m => m.Title.StartsWith(title, StringComparison.OrdinalIgnoreCase)));
        AddPredicates(FieldPairs.Of(Word.Fields.Title, Word.Fields.Note, static m => m.Title, static m => m.Note, Values.Text));
        AddPredicates(FieldPairs.Of<Word>(Word.Fields.Note, Word.Fields.Subtitle, static m => m.Note, static m => m.Subtitle, Values.Text));
    }

    public override Word Make(Random random, int number) => new()
    {
        Id = $"{((string[])["a", "A", "é", "😀", "z"])[number % 5]}{number}",
        Title = Values.Text.Next(random),
        Subtitle = Values.Text.NextOrNothing(random),
        Number = Values.Small.Next(random),
        Note = Values.Word.Next(random),
    };
}

/// <summary>Times of every type.</summary>
[VaultCollection]
[Index(nameof(Day), nameof(Time), IsDescending = [true, false])]
[Index(nameof(MaybeAt), nameof(Day))]
[Index(nameof(Span), Where = "MaybeDay != null")]
public partial class Moment
{
    public Guid Id { get; init; }
    [Index] public DateTime At { get; set; }
    public DateTime? MaybeAt { get; set; }
    [Index] public DateTimeOffset On { get; set; }
    [Index(IsDescending = [true])] public DateTimeOffset? MaybeOn { get; set; }
    public DateOnly Day { get; set; }
    public DateOnly? MaybeDay { get; set; }
    public TimeOnly Time { get; set; }
    [Index] public TimeOnly? MaybeTime { get; set; }
    public TimeSpan Span { get; set; }
    [Index] public TimeSpan? MaybeSpan { get; set; }
}

internal sealed class MomentCase : ModelCase<Moment, Guid>
{
    private static readonly Values<Guid> Ids = Values.Of([Guid.Empty, Guid.AllBitsSet, Made(3), Made(40), Made(41)], static (l, r) => l.CompareTo(r));
    private static readonly Values<DateTime> At = Values.Of(TypeValues.DateTime);
    private static readonly Values<DateTimeOffset> Offsets = Values.Of(TypeValues.DateTimeOffset);
    private static readonly Values<DateOnly> Days = Values.Of(TypeValues.DateOnly);
    private static readonly Values<TimeOnly> Times = Values.Of(TypeValues.TimeOnly);
    private static readonly Values<TimeSpan> Spans = Values.Of(TypeValues.TimeSpan);

    public MomentCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Moment.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Moment.Fields.At, static m => m.At, At);
        Add(Moment.Fields.MaybeAt, static m => m.MaybeAt, At);
        Add(Moment.Fields.On, static m => m.On, Offsets);
        Add(Moment.Fields.MaybeOn, static m => m.MaybeOn, Offsets);
        Add(Moment.Fields.Day, static m => m.Day, Days);
        Add(Moment.Fields.MaybeDay, static m => m.MaybeDay, Days);
        Add(Moment.Fields.Time, static m => m.Time, Times);
        Add(Moment.Fields.MaybeTime, static m => m.MaybeTime, Times);
        Add(Moment.Fields.Span, static m => m.Span, Spans);
        Add(Moment.Fields.MaybeSpan, static m => m.MaybeSpan, Spans);
        AddPredicates(FieldPairs.Of<Moment, DateTime>(Moment.Fields.At, Moment.Fields.MaybeAt, static m => m.At, static m => m.MaybeAt, At));
        AddPredicates(FieldPairs.Of<Moment, DateTimeOffset>(Moment.Fields.On, Moment.Fields.MaybeOn, static m => m.On, static m => m.MaybeOn, Offsets));
    }

    public override Moment Make(Random random, int number) => new()
    {
        Id = Made(number),
        At = At.Next(random),
        MaybeAt = At.NextOrNull(random),
        On = Offsets.Next(random),
        MaybeOn = Offsets.NextOrNull(random),
        Day = Days.Next(random),
        MaybeDay = Days.NextOrNull(random),
        Time = Times.Next(random),
        MaybeTime = Times.NextOrNull(random),
        Span = Spans.Next(random),
        MaybeSpan = Spans.NextOrNull(random),
    };

    private static Guid Made(int number) => new((uint)number * 2654435761, (ushort)number, 0x8000, 1, 2, 3, 4, 5, 6, 7, 8);
}

/// <summary>Identities: Guids, ids of a type of their own, versions, addresses; some of them unique.</summary>
[VaultCollection]
[Index(nameof(Release), nameof(Letter), IsDescending = [true, false])]
[Index(nameof(Address), nameof(Number))]
[Index(nameof(Owner), Include = [nameof(Release), nameof(Letter)])]
public partial class Token
{
    public char Id { get; init; }
    [Unique] public Guid? Code { get; set; }
    [Index] public Guid Group { get; set; }
    [Unique] public string Name { get; set; } = "";
    public ModelVault.Tests.Models.AuthorId Owner { get; set; }
    public ModelVault.Tests.Models.AuthorId? Reader { get; set; }
    [Index] public char Letter { get; set; }
    public char? MaybeLetter { get; set; }
    public Version Release { get; set; } = new();
    [Index] public Version? MaybeRelease { get; set; }
    [Index] public Uri? Home { get; set; }
    public Uri Address { get; set; } = new("urn:a");
    public int Number { get; set; }
}

internal sealed class TokenCase : ModelCase<Token, char>
{
    private static readonly Values<char> Ids = Values.Of(['\u0100', '\u0105', '\u0180', '\u0200'], static (l, r) => l.CompareTo(r));
    private static readonly Values<Guid> Guids = Values.Of(TypeValues.Guid);
    private static readonly Values<Guid> Codes = Values.Of([.. Enumerable.Range(0, 20).Select(static i => new Guid(i * 3, 1, 2, new byte[8]))], static (l, r) => l.CompareTo(r));
    private static readonly Values<string> Names = new([.. Enumerable.Range(0, 20).Select(static i => $"n{i * 7}"), "n", ""], RowConditions.Order);
    private static readonly Values<ModelVault.Tests.Models.AuthorId> Authors = Values.Of(TypeValues.GuidId);
    private static readonly Values<char> Letters = Values.Of(TypeValues.Char);
    private static readonly Values<Version> Versions = Values.Of(TypeValues.Version);
    private static readonly Values<Uri> Uris = Values.Of(TypeValues.Uri);

    public TokenCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Token.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Token.Fields.Code, static m => m.Code, Codes, isFixed: true);
        Add(Token.Fields.Name, static m => m.Name, Names, isFixed: true);
        Add(Token.Fields.Group, static m => m.Group, Guids);
        Add(Token.Fields.Owner, static m => m.Owner, Authors);
        Add(Token.Fields.Reader, static m => m.Reader, Authors);
        Add(Token.Fields.Letter, static m => m.Letter, Letters);
        Add(Token.Fields.MaybeLetter, static m => m.MaybeLetter, Letters);
        Add(Token.Fields.Release, static m => m.Release, Versions);
        Add(Token.Fields.MaybeRelease, static m => m.MaybeRelease, Versions);
        Add(Token.Fields.Home, static m => m.Home, Uris);
        Add(Token.Fields.Address, static m => m.Address, Uris);
        Add(Token.Fields.Number, static m => m.Number, Values.Count);
    }

    public override Token Make(Random random, int number) => new()
    {
        Id = (char)(0x100 + number),
        Code = random.Next(3) == 0 ? null : new Guid(number, 1, 2, new byte[8]),
        Name = $"n{number}",
        Group = Guids.Next(random),
        Owner = Authors.Next(random),
        Reader = Authors.NextOrNull(random),
        Letter = Letters.Next(random),
        MaybeLetter = Letters.NextOrNull(random),
        Release = Versions.Next(random),
        MaybeRelease = Versions.NextOrNothing(random),
        Home = Uris.NextOrNothing(random),
        Address = Uris.Next(random),
        Number = Values.Count.Next(random),
    };
}
