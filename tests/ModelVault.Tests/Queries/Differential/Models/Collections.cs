namespace ModelVault.Tests.Queries.Differential.Models;

/// <summary>Lists and sets of single values, indexed by their items.</summary>
[VaultCollection]
[Index(nameof(Shelf), nameof(Tags), IsDescending = [true, false])]
[Index(nameof(Tags), IgnoreCase = true, Name = "tags_any_case")]
[Index(nameof(Marks), nameof(Shelf), IsDescending = [true, false], Name = "marks_desc")]
[Index(nameof(Maybe), Where = "Shelf >= 1", Name = "maybe_idx")]
public partial class Tagged
{
    public int Id { get; init; }
    [Index] public int? Shelf { get; set; }
    [Index] public List<string> Tags { get; set; } = [];
    public HashSet<int> Marks { get; set; } = [];
    public List<int?>? Maybe { get; set; }
    [Index] public double[] Scores { get; set; } = [];
    public List<string>? Notes { get; set; }
}

internal sealed class TaggedCase : ModelCase<Tagged, int>
{
    private static readonly Values<double> Scores = Values.Of(Types.TypeValues.Double);

    public TaggedCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Tagged.Fields.Id, static m => m.Id, Values.Small, isFixed: true);
        Add(Tagged.Fields.Shelf, static m => m.Shelf, Values.Small);
        Add(Tagged.Fields.Tags, static m => m.Tags, static t => PredicateSources.AnyOf(FieldPredicates.Of(t, Values.Text)), static random => Values.Text.Next(random) is var tag ? (tag, t => t == tag) : default);
        Add(Tagged.Fields.Marks, static m => m.Marks, static t => PredicateSources.AnyOf(FieldPredicates.Of(t, Values.Small)), static random => Values.Small.Next(random) is var mark ? (mark, t => t == mark) : default);
        Add(Tagged.Fields.Maybe, static m => m.Maybe, static t => PredicateSources.AnyOf(FieldPredicates.Of(t, Values.Small)), static random => Values.Small.NextOrNull(random) is var mark ? (mark, t => t == mark) : default);
        Add(Tagged.Fields.Scores, static m => m.Scores, static t => PredicateSources.AnyOf(FieldPredicates.Of(t, Scores)), static random => Scores.Next(random) is var score ? (score, t => Scores.AreEqual(t, score)) : default);
        Add(Tagged.Fields.Notes, static m => m.Notes, static t => FieldPredicates.Of(t, Values.Word), static random => Values.Word.Next(random) is var note ? (note, t => t == note) : default);
        AddResult(Tagged.Fields.Tags, static m => m.Tags);
        AddResult(Tagged.Fields.Notes, static m => m.Notes);
        AddResult(Tagged.Fields.Maybe, static m => m.Maybe);
        Imply("maybe_idx", FieldPredicates.Of(Tagged.Fields.Shelf, Values.Small).On<Tagged, Tagged, int?>(static m => m.Shelf));
    }

    public override Tagged Make(Random random, int number) => new()
    {
        Id = number - 3,
        Shelf = Values.Small.NextOrNull(random),
        Tags = [.. Values.Text.Some(random, 4)],
        Marks = [.. Values.Small.Some(random, 4)],
        Maybe = random.Next(3) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => Values.Small.NextOrNull(random))],
        Scores = Scores.Some(random, 3),
        Notes = random.Next(3) == 0 ? null : [.. Values.Word.Some(random, 3)],
    };
}

[VaultObject]
public partial record Role(string Name, string? Actor, int Fee)
{
    public List<string> Scenes { get; init; } = [];
}

/// <summary>Lists of objects, whose members are indexed together and apart.</summary>
[VaultCollection]
[Index("Cast[].Name", "Cast[].Fee")]
[Index("Cast[].Fee", IsDescending = [true])]
[Index("Cast[].Actor", IgnoreCase = true, Name = "actor_any_case")]
[Index(nameof(Year), "Cast[].Actor")]
[Index("Extras[].Name", nameof(Year), Where = "Year != null", Name = "extras_idx")]
public partial class Film
{
    public int Id { get; init; }
    [Index] public int? Year { get; set; }
    public List<Role> Cast { get; set; } = [];
    public List<Role>? Extras { get; set; }
}

internal sealed class FilmCase : ModelCase<Film, int>
{
    public FilmCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Film.Fields.Id, static m => m.Id, Values.Small, isFixed: true);
        Add(Film.Fields.Year, static m => m.Year, Values.Small);
        Add(Film.Fields.Cast, static m => m.Cast, Item);
        Add(Film.Fields.Extras, static m => m.Extras, Item);
        Imply("extras_idx", FieldPredicates.Of(Film.Fields.Year, Values.Small).On<Film, Film, int?>(static m => m.Year));
    }

    public override Film Make(Random random, int number) => new()
    {
        Id = number - 3,
        Year = Values.Small.NextOrNull(random),
        Cast = Roles(random),
        Extras = random.Next(3) == 0 ? null : Roles(random),
    };

    private static PredicateSource<Film, Role> Item(RoleFields<Film> role) => PredicateSources.AnyOf(
        FieldPredicates.Of(role.Name, Values.Word).On<Film, Role, string>(static r => r.Name),
        FieldPredicates.Of(role.Name, Values.Word).On<Film, Role, string>(static r => r.Name),
        FieldPredicates.Of(role.Actor, Values.Word).On<Film, Role, string?>(static r => r.Actor),
        FieldPredicates.Of(role.Fee, Values.Small).On<Film, Role, int>(static r => r.Fee),
        FieldPredicates.Of(role.Fee, Values.Small).On<Film, Role, int>(static r => r.Fee),
        CollectionPredicates.Of<Film, Role, List<string>, string, StringField<Film>>(role.Scenes, static r => r.Scenes, static s => FieldPredicates.Of(s, Values.Word), static random => Values.Word.Next(random) is var scene ? (scene, t => t == scene) : default));

    private static List<Role> Roles(Random random) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Role(Values.Word.Next(random), Values.Word.NextOrNothing(random), Values.Small.Next(random)) { Scenes = [.. Values.Word.Some(random, 2)] })];
}

[VaultUnion]
public abstract record Reading;

[VaultObject]
public partial record Heat(double Degrees) : Reading;

[VaultObject]
public partial record Noise(int Level, string? Source) : Reading;

/// <summary>Maps and unions.</summary>
[VaultCollection]
[Index(nameof(Number), nameof(Name))]
[Index(nameof(Name), Include = [nameof(Reading), nameof(Scores)])]
[Index(nameof(Number), Where = "Name != null", Name = "named_idx")]
public partial class Sensor
{
    public uint Id { get; init; }
    public int Number { get; set; }
    public string? Name { get; set; }
    public Dictionary<string, int> Scores { get; set; } = [];
    public Dictionary<int, string>? Names { get; set; }
    public Dictionary<Guid, double> Weights { get; set; } = [];
    public Reading? Reading { get; set; }
    public Reading Last { get; set; } = new Heat(0);
    public List<Reading> Readings { get; set; } = [];
}

internal sealed class SensorCase : ModelCase<Sensor, uint>
{
    private static readonly Values<uint> Ids = Values.Of<uint>([0, 1, 5, 90, 200], static (l, r) => l.CompareTo(r));
    private static readonly Guid[] Guids = [Guid.Empty, Guid.AllBitsSet];

    public SensorCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Sensor.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Sensor.Fields.Number, static m => m.Number, Values.Small);
        Add(Sensor.Fields.Name, static m => m.Name, Values.Text);
        AddPredicates(CollectionPredicates.OfValues<Sensor, Dictionary<string, int>, string, NullableOrderedField<Sensor, int>, int>(Sensor.Fields.Scores, static m => m.Scores, static f => FieldPredicates.Of(f, Values.Small), ["a", "A", "none"]));
        AddPredicates(CollectionPredicates.OfValues<Sensor, Dictionary<Guid, double>, Guid, NullableOrderedField<Sensor, double>, double>(Sensor.Fields.Weights, static m => m.Weights, static f => FieldPredicates.Of(f, Values.Quarters), Guids));
        AddPredicates(static random => random.Next(4) switch
        {
            0 => new(Sensor.Fields.Reading == null, static m => m.Reading is null),
            1 => new(Sensor.Fields.Reading.Is<Heat>(), static m => m.Reading is Heat),
            2 => new(Sensor.Fields.Reading != null, static m => m.Reading is not null),
            _ => new(Sensor.Fields.Last.Is<Noise>(), static m => m.Last is Noise),
        });
        AddPredicates(static random => random.Next(2) == 0
            ? new(Sensor.Fields.Names == null, static m => m.Names is null)
            : new(Sensor.Fields.Readings.Any(static r => r.Is<Noise>()), static m => m.Readings.Exists(static r => r is Noise)));
        AddPredicates(CollectionPredicates.Of<Sensor, Dictionary<int, string>?, int, NullableStringField<Sensor>, string>(Sensor.Fields.Names, static m => m.Names, static f => FieldPredicates.Of(f, Values.Text), [1, 2, 9]));
        Imply("named_idx", FieldPredicates.Of(Sensor.Fields.Name, Values.Text).On<Sensor, Sensor, string?>(static m => m.Name));
    }

    public override Sensor Make(Random random, int number) => new()
    {
        Id = (uint)number,
        Number = Values.Small.Next(random),
        Name = Values.Text.NextOrNothing(random),
        Scores = ((string[])["a", "A", "b"]).Where(_ => random.Next(2) == 0).ToDictionary(static k => k, _ => Values.Small.Next(random)),
        Names = random.Next(3) == 0 ? null : ((int[])[1, 2, 3]).Where(_ => random.Next(2) == 0).ToDictionary(static k => k, _ => Values.Text.Next(random)),
        Weights = Guids.Where(_ => random.Next(2) == 0).ToDictionary(static k => k, _ => Values.Quarters.Next(random)),
        Reading = random.Next(3) == 0 ? null : Read(random),
        Last = Read(random),
        Readings = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Read(random))],
    };

    private static Reading Read(Random random) => random.Next(2) == 0 ? new Heat(Values.Quarters.Next(random)) : new Noise(Values.Small.Next(random), Values.Word.NextOrNothing(random));
}
