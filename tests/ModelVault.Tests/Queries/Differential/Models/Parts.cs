using ModelVault.Tests.Models;
using ModelVault.Tests.Types;

namespace ModelVault.Tests.Queries.Differential.Models;

/// <summary>Byte strings and characters, some of them the key of an index.</summary>
[VaultCollection]
[Index(nameof(Data), nameof(Number))]
[Index(nameof(MaybeMemory), IsDescending = [true])]
[Index(nameof(Number), Include = [nameof(Data), nameof(Memory)])]
public partial class Blob
{
    public byte[] Id { get; init; } = [];
    public byte[] Data { get; set; } = [];
    [Index] public byte[]? MaybeData { get; set; }
    [Index] public ReadOnlyMemory<byte> Memory { get; set; }
    public ReadOnlyMemory<byte>? MaybeMemory { get; set; }
    public int Number { get; set; }
}

internal sealed class BlobCase : ModelCase<Blob, byte[]>
{
    private static readonly Values<byte[]> Ids = new([[], [7], [8, 0], [255, 1], [30, 0], [60]], TypeValues.Bytes.Compare, equality: Bytes);
    private static readonly Values<byte[]> Data = new(TypeValues.Bytes.Some(), TypeValues.Bytes.Compare, equality: Bytes);
    private static readonly Values<ReadOnlyMemory<byte>> Memories = new(TypeValues.Memory.Some(), TypeValues.Memory.Compare, equality: Memory);

    public BlobCase()
        : base(static m => m.Id, static (l, r) => l.AsSpan().SequenceCompareTo(r))
    {
        Add(Blob.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Blob.Fields.Data, static m => m.Data, Data);
        Add(Blob.Fields.MaybeData, static m => m.MaybeData, Data);
        Add(Blob.Fields.Memory, static m => m.Memory, Memories);
        Add(Blob.Fields.MaybeMemory, static m => m.MaybeMemory, Memories);
        Add(Blob.Fields.Number, static m => m.Number, Values.Count);
    }

    private static EqualityComparer<byte[]> Bytes => EqualityComparer<byte[]>.Create(static (l, r) => l is null == r is null && l.AsSpan().SequenceEqual(r), static b => b.Length);

    private static EqualityComparer<ReadOnlyMemory<byte>> Memory => EqualityComparer<ReadOnlyMemory<byte>>.Create(static (l, r) => l.Span.SequenceEqual(r.Span), static b => b.Length);

    public override object Key(Blob model) => Convert.ToHexString(model.Id);

    public override Blob Make(Random random, int number) => new()
    {
        Id = number % 256 == number ? [(byte)number] : [(byte)number, (byte)(number >> 8)],
        Data = Data.Next(random),
        MaybeData = Data.NextOrNothing(random),
        Memory = Memories.Next(random),
        MaybeMemory = Memories.NextOrNull(random),
        Number = Values.Count.Next(random),
    };
}

/// <summary>Enums by name and by number, flags, and bools.</summary>
[VaultCollection]
[Index(nameof(Flag), nameof(Color))]
[Index(nameof(MaybeColor), nameof(Access), IsDescending = [true, false])]
[Index(nameof(ByNumber), Where = "Flag")]
[Index(nameof(MaybeFlag), nameof(ByNumber), Where = "Color != Color.Red")]
public partial class Choice
{
    public Color Kind { get; init; }
    [PrimaryKey] public int Id { get; init; }
    [Index] public Color Color { get; set; }
    public Color? MaybeColor { get; set; }
    [VaultField(EnumAsNumber = true)] public Color ByNumber { get; set; }
    [Index] public Access Access { get; set; }
    [Index] public Access? MaybeAccess { get; set; }
    public bool Flag { get; set; }
    public bool? MaybeFlag { get; set; }
}

internal sealed class ChoiceCase : ModelCase<Choice, int>
{
    private static readonly Values<Color> Colors = Values.Of([Color.Red, Color.Green, Color.Blue, (Color)99], static (l, r) => ((int)l).CompareTo((int)r));
    private static readonly Values<Access> Accesses = Values.Of([Access.None, Access.Read, Access.Read | Access.Write, Access.Admin, (Access)255], static (l, r) => ((int)l).CompareTo((int)r));

    public ChoiceCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Choice.Fields.Id, static m => m.Id, Values.Small, isFixed: true);
        Add(Choice.Fields.Kind, static m => m.Kind, Colors);
        Add(Choice.Fields.Color, static m => m.Color, Colors);
        Add(Choice.Fields.MaybeColor, static m => m.MaybeColor, Colors);
        Add(Choice.Fields.ByNumber, static m => m.ByNumber, Colors);
        Add(Choice.Fields.Access, static m => m.Access, Accesses);
        Add(Choice.Fields.MaybeAccess, static m => m.MaybeAccess, Accesses);
        Add(Choice.Fields.Flag, static m => m.Flag);
        Add(Choice.Fields.MaybeFlag, static m => m.MaybeFlag);
        AddPredicates(FieldPairs.Of<Choice, Color>(Choice.Fields.Color, Choice.Fields.MaybeColor, static m => m.Color, static m => m.MaybeColor, Colors));
        Imply("by_number_idx", FieldPredicates.Of(Choice.Fields.Flag).On<Choice, Choice, bool>(static m => m.Flag));
        Imply("maybe_flag_by_number_idx", FieldPredicates.Of(Choice.Fields.Color, Colors).On<Choice, Choice, Color>(static m => m.Color));
    }

    public override Choice Make(Random random, int number) => new()
    {
        Id = number - 3,
        Kind = Colors.Next(random),
        Color = Colors.Next(random),
        MaybeColor = Colors.NextOrNull(random),
        ByNumber = Colors.Next(random),
        Access = Accesses.Next(random),
        MaybeAccess = Accesses.NextOrNull(random),
        Flag = random.Next(2) == 0,
        MaybeFlag = Values.Bool.NextOrNull(random),
    };
}

[VaultObject]
public partial struct Spot
{
    public int X { get; set; }
    public double? Y { get; set; }
}

[VaultObject]
public partial class Town
{
    public string Name { get; set; } = "";
    public string? Country { get; set; }
    public int Size { get; set; }
    public Spot Center { get; set; }
    public Spot? Station { get; set; }
}

/// <summary>Objects in objects, which may be null on the way.</summary>
[VaultCollection]
[Index("Home.Name", IgnoreCase = true, Name = "home_any_case")]
[Index("Home.Size", "Work.Country", IsDescending = [true, false])]
[Index("Work.Center.X", Include = ["Work.Name", nameof(Number)])]
[Index("Work.Station.Y", "Work.Size")]
[Index("Work.Name")]
[Index(nameof(Number), Where = "Work.Country != null")]
public partial class Person
{
    public long Id { get; init; }
    public Town Home { get; set; } = new();
    public Town? Work { get; set; }
    public Spot Seat { get; set; }
    public int? Number { get; set; }
}

internal sealed class PersonCase : ModelCase<Person, long>
{
    public PersonCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Person.Fields.Id, static m => m.Id, Values.SmallInt64, isFixed: true);
        Add(Person.Fields.Number, static m => m.Number, Values.Small);
        Add(Person.Fields.Home.Name, static m => m.Home.Name, Values.Text);
        Add(Person.Fields.Home.Country, static m => m.Home.Country, Values.Word);
        Add(Person.Fields.Home.Size, static m => m.Home.Size, Values.Small);
        Add(Person.Fields.Home.Center.X, static m => m.Home.Center.X, Values.Count);
        Add(Person.Fields.Home.Station.X, static m => m.Home.Station?.X, Values.Count);
        Add(Person.Fields.Work.Name, static m => m.Work?.Name, Values.Text);
        Add(Person.Fields.Work.Country, static m => m.Work?.Country, Values.Word);
        Add(Person.Fields.Work.Size, static m => m.Work?.Size, Values.Small);
        Add(Person.Fields.Work.Center.X, static m => m.Work?.Center.X, Values.Count);
        Add(Person.Fields.Work.Station.Y, static m => m.Work?.Station?.Y, Values.Quarters);
        Add(Person.Fields.Seat.Y, static m => m.Seat.Y, Values.Quarters);
        AddPredicates(static random => random.Next(2) == 0 ? new(Person.Fields.Work == null, static m => m.Work is null) : new(Person.Fields.Work != null, static m => m.Work is not null));
        AddPredicates(static random => random.Next(2) == 0 ? new(Person.Fields.Home.Station == null, static m => m.Home.Station is null) : new(Person.Fields.Work.Station != null, static m => m.Work?.Station is not null));
        AddPredicates(FieldPairs.Of<Person>(Person.Fields.Home.Name, Person.Fields.Work.Name, static m => m.Home.Name, static m => m.Work?.Name, Values.Text));
        Imply("number_idx", FieldPredicates.Of(Person.Fields.Work.Country, Values.Word).On<Person, Person, string?>(static m => m.Work?.Country));
    }

    public override Person Make(Random random, int number) => new()
    {
        Id = number - 3,
        Number = Values.Small.NextOrNull(random),
        Home = Place(random),
        Work = random.Next(3) == 0 ? null : Place(random),
        Seat = Point(random),
    };

    private static Town Place(Random random) => new()
    {
        Name = Values.Text.Next(random),
        Country = Values.Word.NextOrNothing(random),
        Size = Values.Small.Next(random),
        Center = Point(random),
        Station = random.Next(3) == 0 ? null : Point(random),
    };

    private static Spot Point(Random random) => new() { X = Values.Count.Next(random), Y = Values.Quarters.NextOrNull(random) };
}

/// <summary>What a converter makes of a type, as values, key and elements.</summary>
[VaultCollection]
[Index(nameof(Price), nameof(Label), IsDescending = [true, false])]
[Index(nameof(MaybeCode), nameof(Price))]
[Index(nameof(MaybePrice), Include = [nameof(Label)])]
public partial class Offer
{
    public Code Id { get; init; }
    public Money Price { get; set; } = new(0);
    public Money? MaybePrice { get; set; }
    public Code? MaybeCode { get; set; }
    [Index] public ModelVault.Tests.Types.Label Label { get; set; }
    public ModelVault.Tests.Types.Label? MaybeLabel { get; set; }
    [Index] public List<Money> Prices { get; set; } = [];
}

internal sealed class OfferCase : ModelCase<Offer, Code>
{
    private static readonly Values<Code> Ids = Values.Of([new('A', 0), new('A', 9), new('B', 10), new('C', 1), new('A', 120)], TypeValues.Code.Compare);
    private static readonly Values<Code> Codes = Values.Of(TypeValues.Code);
    private static readonly Values<Money> Money = Values.Of([new(-1m), new(0m), new(0.00m), new(1m), new(1.0m), new(1.5m), new(decimal.MaxValue)], TypeValues.Money.Compare);
    private static readonly Values<ModelVault.Tests.Types.Label> Labels = Values.Of(TypeValues.Label);

    public OfferCase()
        : base(static m => m.Id, TypeValues.Code.Compare)
    {
        Add(Offer.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Offer.Fields.Price, static m => m.Price, Money);
        Add(Offer.Fields.MaybePrice, static m => m.MaybePrice, Money);
        Add(Offer.Fields.MaybeCode, static m => m.MaybeCode, Codes);
        Add(Offer.Fields.Label, static m => m.Label, Labels);
        Add(Offer.Fields.MaybeLabel, static m => m.MaybeLabel, Labels);
        Add(Offer.Fields.Prices, static m => m.Prices, static p => FieldPredicates.Of(p, Money), static random => Money.Next(random) is var price ? (price, m => m.Amount == price.Amount) : default);
    }

    public override Offer Make(Random random, int number) => new()
    {
        Id = new((char)('A' + number % 3), number),
        Price = Money.Next(random),
        MaybePrice = Money.NextOrNothing(random),
        MaybeCode = Codes.NextOrNull(random),
        Label = Labels.Next(random),
        MaybeLabel = Labels.NextOrNull(random),
        Prices = [.. Money.Some(random, 3)],
    };
}
