namespace ModelVault.Tests.Queries.Differential.Models;

/// <summary>Partial indexes with conditions of every operator.</summary>
[VaultCollection]
[Index(nameof(A), Where = "B >= 2", Name = "at_least")]
[Index(nameof(A), nameof(B), Where = "B > 1 && !Flag", Name = "above")]
[Index(nameof(B), Where = "A <= 3", Name = "at_most")]
[Index(nameof(C), Where = "C < 1.25", Name = "below")]
[Index(nameof(Text), Where = "Text != null", Name = "known", IgnoreCase = true)]
[Index(nameof(Text), nameof(A), Where = "Text >= \"a\"", Name = "texts", IsDescending = [true, false])]
[Index(nameof(Flag), Where = "B == null", Name = "unknown")]
[Index(nameof(C), nameof(B), Where = "A != 2", Name = "other")]
[Index(nameof(Number), Where = "Flag", IsUnique = true, Name = "only")]
public partial class Part
{
    public int Id { get; init; }
    public int A { get; set; }
    public int? B { get; set; }
    public double C { get; set; }
    public string? Text { get; set; }
    public bool Flag { get; set; }
    public int Number { get; set; }
}

internal sealed class PartCase : ModelCase<Part, int>
{
    private static readonly Values<double> C = new([double.NaN, double.NegativeInfinity, -0d, 0d, 1, 1.25, 1.5, 2], static (l, r) => l.CompareTo(r), double.IsNaN);

    public PartCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Part.Fields.Id, static m => m.Id, Values.Small, isFixed: true);
        Add(Part.Fields.A, static m => m.A, Values.Small);
        Add(Part.Fields.B, static m => m.B, Values.Small);
        Add(Part.Fields.C, static m => m.C, C);
        Add(Part.Fields.Text, static m => m.Text, Values.Text);
        Add(Part.Fields.Flag, static m => m.Flag);
        Add(Part.Fields.Number, static m => m.Number, Values.Small, isFixed: true);
        PredicateSource<Part, Part> b = FieldPredicates.Of(Part.Fields.B, Values.Small).On<Part, Part, int?>(static m => m.B), a = FieldPredicates.Of(Part.Fields.A, Values.Small).On<Part, Part, int>(static m => m.A);
        PredicateSource<Part, Part> text = FieldPredicates.Of(Part.Fields.Text, Values.Text).On<Part, Part, string?>(static m => m.Text);
        Imply("at_least", b, static random => random.Next(3) switch
        {
            0 => new(Part.Fields.B >= 2, static m => m.B >= 2),
            1 => new(Part.Fields.B > 2, static m => m.B > 2),
            _ => new(Part.Fields.B >= 1, static m => m.B >= 1),
        });
        Imply("above", random => b(random) is var asked ? new(asked.Filter & !Part.Fields.Flag, m => asked.Meaning(m) && !m.Flag) : default);
        Imply("at_most", a);
        // At the index's own constant, where what follows from what is decided.
        Imply("below", FieldPredicates.Of(Part.Fields.C, C).On<Part, Part, double>(static m => m.C), static random => random.Next(4) switch
        {
            0 => new(Part.Fields.C < 1.25, static m => m.C < 1.25),
            1 => new(Part.Fields.C <= 1.25, static m => m.C <= 1.25),
            2 => new(Part.Fields.C == 1.25, static m => m.C == 1.25),
            _ => new(Part.Fields.C <= 1, static m => m.C <= 1),
        });
        Imply("known", text);
        Imply("texts", text);
        Imply("unknown", b, static _ => new(Part.Fields.B == null, static m => m.B is null));
        Imply("other", a);
        Imply("only", FieldPredicates.Of(Part.Fields.Flag).On<Part, Part, bool>(static m => m.Flag));
    }

    public override Part Make(Random random, int number) => new()
    {
        Id = number - 3,
        A = Values.Small.Next(random),
        B = Values.Small.NextOrNull(random),
        C = C.Next(random),
        Text = Values.Text.NextOrNothing(random),
        Flag = random.Next(2) == 0,
        Number = number - 3,
    };
}

/// <summary>Indexes that hold what is read, so that no record is.</summary>
[VaultCollection]
[Index(nameof(A), Include = [nameof(B), nameof(Text), nameof(Town)])]
[Index(nameof(B), nameof(A), IsDescending = [true, false], Include = [nameof(Tags), nameof(Score)])]
[Index(nameof(Text), Include = [nameof(A), nameof(B), nameof(Score), nameof(Tags)])]
[Index(nameof(Number), IsUnique = true, Include = [nameof(A), nameof(Text)])]
[Index(nameof(Score), IsDescending = [true], Include = ["Town.Name", nameof(B)], Where = "A >= 0", Name = "partial")]
[Index(nameof(Tags), Include = [nameof(A), nameof(B)], Name = "tags_idx")]
public partial class Cover
{
    public string Id { get; init; } = "";
    public int A { get; set; }
    public int? B { get; set; }
    public string Text { get; set; } = "";
    public double? Score { get; set; }
    public int Number { get; set; }
    public List<string>? Tags { get; set; }
    public Town? Town { get; set; }
}

internal sealed class CoverCase : ModelCase<Cover, string>
{
    private static readonly Values<double> Scores = Values.Of(Types.TypeValues.Double);
    private static readonly Values<string> Ids = new(["", "k", "k1", "k20", "K3", "z"], RowConditions.Order);

    public CoverCase()
        : base(static m => m.Id, RowConditions.Order)
    {
        Add(Cover.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Cover.Fields.A, static m => m.A, Values.Small);
        Add(Cover.Fields.B, static m => m.B, Values.Small);
        Add(Cover.Fields.Text, static m => m.Text, Values.Text);
        Add(Cover.Fields.Score, static m => m.Score, Scores);
        Add(Cover.Fields.Number, static m => m.Number, Values.Small, isFixed: true);
        Add(Cover.Fields.Town.Name, static m => m.Town?.Name, Values.Word);
        Add(Cover.Fields.Town.Center.X, static m => m.Town?.Center.X, Values.Count);
        Add(Cover.Fields.Tags, static m => m.Tags, static t => FieldPredicates.Of(t, Values.Word), static random => Values.Word.Next(random) is var tag ? (tag, t => t == tag) : default);
        AddPredicates(static random => new(Cover.Fields.Town == null, static m => m.Town is null));
        Imply("partial", FieldPredicates.Of(Cover.Fields.A, Values.Small).On<Cover, Cover, int>(static m => m.A), static _ => new(Cover.Fields.A >= 0, static m => m.A >= 0));
    }

    public override Cover Make(Random random, int number) => new()
    {
        Id = $"{(random.Next(2) == 0 ? "k" : "K")}{number}",
        A = Values.Small.Next(random),
        B = Values.Small.NextOrNull(random),
        Text = Values.Text.Next(random),
        Score = Scores.NextOrNull(random),
        Number = number - 3,
        Tags = random.Next(3) == 0 ? null : [.. Values.Word.Some(random, 3)],
        Town = random.Next(3) == 0 ? null : new Town { Name = Values.Word.Next(random), Center = new Spot { X = Values.Count.Next(random) } },
    };
}

/// <summary>An index on each field and on some pairs, so that there is much to unite and to intersect.</summary>
[VaultCollection]
[Index(nameof(A), nameof(D))]
[Index(nameof(D), nameof(A))]
[Index(nameof(Tags), nameof(A))]
public partial class Overlap
{
    public int Id { get; init; }
    [Index] public int A { get; set; }
    [Index] public int? B { get; set; }
    [Index(IsDescending = [true])] public int C { get; set; }
    [Index] public string? D { get; set; }
    [Index] public bool E { get; set; }
    [Index] public List<int> Tags { get; set; } = [];
}

internal sealed class OverlapCase : ModelCase<Overlap, int>
{
    private static readonly Values<int> Ids = Values.Of([-3, 0, 1, 5, 90, 150, 400], static (l, r) => l.CompareTo(r));

    public OverlapCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Overlap.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Overlap.Fields.A, static m => m.A, Values.Count);
        Add(Overlap.Fields.B, static m => m.B, Values.Count);
        Add(Overlap.Fields.C, static m => m.C, Values.Count);
        Add(Overlap.Fields.D, static m => m.D, Values.Word);
        Add(Overlap.Fields.E, static m => m.E);
        Add(Overlap.Fields.Tags, static m => m.Tags, static t => FieldPredicates.Of(t, Values.Small), static random => Values.Small.Next(random) is var tag ? (tag, t => t == tag) : default);
    }

    public override Overlap Make(Random random, int number) => new()
    {
        Id = number - 3,
        A = Values.Count.Next(random),
        B = Values.Count.NextOrNull(random),
        C = Values.Count.Next(random),
        D = Values.Word.NextOrNothing(random),
        E = random.Next(2) == 0,
        Tags = [.. Values.Small.Some(random, 3)],
    };
}

public abstract class Numbered
{
    [PrimaryKey(AutoIncrement = true)] public long Id { get; init; }
    [VaultField("renamed"), Index] public int Number { get; set; }
}

/// <summary>Numbered by the database, with inherited and renamed fields, and views.</summary>
[VaultCollection]
[Index(nameof(Title), IgnoreCase = true, IsUnique = true, Where = "!Withdrawn", Name = "titles")]
[Index(nameof(Number), nameof(Title), Include = [nameof(Rating)])]
[Index(nameof(Rating), IsDescending = [true])]
public partial class Issue : Numbered
{
    public string Title { get; set; } = "";
    public bool Withdrawn { get; set; }
    public double? Rating { get; set; }
}

[VaultView(typeof(Issue))]
public partial record IssueTitle(long Id, string Title);

[VaultView(typeof(Issue))]
public partial record IssueRating(double? Rating, [VaultField("renamed")] int Number);

internal sealed class IssueCase : ModelCase<Issue, long>
{
    private static readonly Values<string> Titles = new([.. Enumerable.Range(0, 20).Select(static i => $"{(i % 2 == 0 ? "a" : "A")}{i * 3}"), "", "a", "A1"], RowConditions.Order);

    public IssueCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Issue.Fields.Id, static m => m.Id, Values.SmallInt64, isFixed: true);
        Add(Issue.Fields.Number, static m => m.Number, Values.Small);
        Add(Issue.Fields.Title, static m => m.Title, Titles, isFixed: true);
        Add(Issue.Fields.Rating, static m => m.Rating, Values.Quarters);
        AddPredicates(FieldPredicates.Of(Issue.Fields.Withdrawn).On<Issue, Issue, bool>(static m => m.Withdrawn), "withdrawn");
        Imply("titles", static _ => new(!Issue.Fields.Withdrawn, static m => !m.Withdrawn));
        Ask("As", static q => string.Join(' ', q.As<IssueTitle>().ToList()), static l => string.Join(' ', l.Select(static m => new IssueTitle(m.Id, m.Title))));
        Ask("As, of an index", static q => string.Join(' ', q.As<IssueRating>().ToList()), static l => string.Join(' ', l.Select(static m => new IssueRating(m.Rating, m.Number))));
        Ask("Sum", static q => q.Sum(_ => Issue.Fields.Rating), static l => l.Sum(static m => m.Rating));
        Ask("Average", static q => q.Average(_ => Issue.Fields.Number), static l => l.Average(static m => m.Number));
    }

    public override Issue Make(Random random, int number) => new()
    {
        Number = Values.Small.Next(random),
        Title = $"{(random.Next(2) == 0 ? "a" : "A")}{number}",
        Withdrawn = random.Next(3) == 0,
        Rating = Values.Quarters.NextOrNull(random),
    };
}

/// <summary>By an id of a type of its own, with unique indexes over several fields.</summary>
[VaultCollection]
[Index(nameof(Room), nameof(Number), IsUnique = true)]
[Index("Town.Name", nameof(Number), IsUnique = true, IsDescending = [true, false], Name = "town_unique")]
[Index(nameof(Codes), IsUnique = true, Name = "codes_unique")]
[Index(nameof(Until), Where = "Room == \"a\"", Include = [nameof(Number)])]
public partial class Copy
{
    public ModelVault.Tests.Models.AuthorId Id { get; init; }
    public string? Room { get; set; }
    public int Number { get; set; }
    public Town? Town { get; set; }
    public List<string> Codes { get; set; } = [];
    public DateOnly? Until { get; set; }
}

internal sealed class CopyCase : ModelCase<Copy, ModelVault.Tests.Models.AuthorId>
{
    private static readonly Values<ModelVault.Tests.Models.AuthorId> Ids = Values.Of([Made(0), Made(3), Made(80), new(Guid.AllBitsSet)], static (l, r) => l.Value.CompareTo(r.Value));
    private static readonly Values<string> Codes = new(["c1", "d4", "c30", "D7", "c", ""], RowConditions.Order);
    private static readonly Values<DateOnly> Days = Values.Of(Types.TypeValues.DateOnly);

    public CopyCase()
        : base(static m => m.Id, static (l, r) => l.Value.CompareTo(r.Value))
    {
        Add(Copy.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Copy.Fields.Room, static m => m.Room, Values.Word, isFixed: true);
        Add(Copy.Fields.Number, static m => m.Number, Values.Small, isFixed: true);
        Add(Copy.Fields.Town.Name, static m => m.Town?.Name, Values.Word, isFixed: true);
        Add(Copy.Fields.Town.Size, static m => m.Town?.Size, Values.Count);
        Add(Copy.Fields.Codes, static m => m.Codes, static c => FieldPredicates.Of(c, Codes), static random => Codes.Next(random) is var code ? (code, c => c == code) : default);
        Add(Copy.Fields.Until, static m => m.Until, Days);
        Imply("until_idx", FieldPredicates.Of(Copy.Fields.Room, Values.Word).On<Copy, Copy, string?>(static m => m.Room), static _ => new(Copy.Fields.Room == "a", static m => m.Room == "a"));
    }

    public override Copy Make(Random random, int number) => new()
    {
        Id = Made(number),
        Room = Values.Word.NextOrNothing(random),
        Number = number - 3,
        Town = random.Next(3) == 0 ? null : new Town { Name = Values.Word.Next(random), Size = Values.Count.Next(random) },
        Codes = [.. ((string[])[$"c{number}", $"d{number}", $"D{number}"]).Where(_ => random.Next(2) == 0)],
        Until = Days.NextOrNull(random),
    };

    private static ModelVault.Tests.Models.AuthorId Made(int number) => new(new Guid((uint)number * 2654435761, (ushort)number, 0x8000, 1, 2, 3, 4, 5, 6, 7, 8));
}
