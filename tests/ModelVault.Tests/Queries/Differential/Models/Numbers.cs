using ModelVault.Tests.Types;

namespace ModelVault.Tests.Queries.Differential.Models;

/// <summary>Indexes that begin alike, over few different numbers.</summary>
[VaultCollection]
[Index(nameof(A), nameof(B))]
[Index(nameof(A), nameof(C), nameof(B), IsDescending = [true, false, true])]
[Index(nameof(B), nameof(C), IsDescending = [true, false])]
public partial class Ledger
{
    public int Id { get; init; }
    [Index] public int A { get; set; }
    [Index] public int? B { get; set; }
    public long C { get; set; }
    public int? D { get; set; }
    [Index] public bool Flag { get; set; }
}

internal sealed class LedgerCase : ModelCase<Ledger, int>
{
    public LedgerCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Ledger.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Ledger.Fields.A, static m => m.A, Values.Small);
        Add(Ledger.Fields.B, static m => m.B, Values.Small);
        Add(Ledger.Fields.C, static m => m.C, Values.SmallInt64);
        Add(Ledger.Fields.D, static m => m.D, Values.Small);
        Add(Ledger.Fields.Flag, static m => m.Flag);
        AddPredicates(FieldPairs.Of<Ledger, int>(Ledger.Fields.A, Ledger.Fields.B, static m => m.A, static m => m.B, Values.Small));
        AddPredicates(FieldPairs.Of(Ledger.Fields.B, Ledger.Fields.D, static m => m.B, static m => m.D, Values.Small));
        Ask("Sum", static q => q.Sum(_ => Ledger.Fields.A), static l => l.Sum(static m => m.A));
        Ask("Sum of nulls", static q => q.Sum(_ => Ledger.Fields.B), static l => l.Sum(static m => m.B) ?? 0);
        Ask("Average", static q => q.Average(_ => Ledger.Fields.D), static l => l.Average(static m => m.D));
        Ask("Sum of groups", static q => string.Join(' ', q.GroupBy(_ => Ledger.Fields.B).Select(g => (g.Key, g.Sum(_ => Ledger.Fields.A), g.Average(_ => Ledger.Fields.D))).ToList()),
            static l => string.Join(' ', l.GroupBy(static m => m.B).OrderBy(static g => g.Key).Select(static g => (g.Key, g.Sum(static m => m.A), g.Average(static m => m.D)))));
    }

    private static Values<int> Ids { get; } = Values.Of([.. Enumerable.Range(0, 30).Select(static i => i * 5)], static (l, r) => l.CompareTo(r));

    public override Ledger Make(Random random, int number) => new()
    {
        Id = number,
        A = Values.Small.Next(random),
        B = Values.Small.NextOrNull(random),
        C = Values.SmallInt64.Next(random),
        D = Values.Small.NextOrNull(random),
        Flag = random.Next(2) == 0,
    };
}

/// <summary>Integers of every width, with their edges.</summary>
[VaultCollection]
[Index(nameof(U8), nameof(S8), IsDescending = [false, true])]
[Index(nameof(S128), nameof(U128), AllDescending = true)]
[Index(nameof(U16), nameof(S64), nameof(U8), IsDescending = [true, false, false])]
public partial class Width
{
    public ulong Id { get; init; }
    public sbyte S8 { get; set; }
    public byte U8 { get; set; }
    [Index] public short S16 { get; set; }
    public ushort U16 { get; set; }
    [Index] public int S32 { get; set; }
    [Index] public uint U32 { get; set; }
    [Index] public long S64 { get; set; }
    [Index] public ulong U64 { get; set; }
    public Int128 S128 { get; set; }
    public UInt128 U128 { get; set; }
}

internal sealed class WidthCase : ModelCase<Width, ulong>
{
    private static readonly Values<sbyte> S8 = Values.Of(TypeValues.SByte);
    private static readonly Values<byte> U8 = Values.Of(TypeValues.Byte);
    private static readonly Values<short> S16 = Values.Of(TypeValues.Int16);
    private static readonly Values<ushort> U16 = Values.Of(TypeValues.UInt16);
    private static readonly Values<int> S32 = Values.Of(TypeValues.Int32);
    private static readonly Values<uint> U32 = Values.Of(TypeValues.UInt32);
    private static readonly Values<long> S64 = Values.Of(TypeValues.Int64);
    private static readonly Values<ulong> U64 = Values.Of(TypeValues.UInt64);
    private static readonly Values<Int128> S128 = Values.Of(TypeValues.Int128);
    private static readonly Values<UInt128> U128 = Values.Of(TypeValues.UInt128);
    private static readonly Values<ulong> Ids = Values.Of<ulong>([0, 3, 17, 200, ulong.MaxValue, ulong.MaxValue - 7, 1UL << 63], static (l, r) => l.CompareTo(r));

    public WidthCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Width.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(Width.Fields.S8, static m => m.S8, S8);
        Add(Width.Fields.U8, static m => m.U8, U8);
        Add(Width.Fields.S16, static m => m.S16, S16);
        Add(Width.Fields.U16, static m => m.U16, U16);
        Add(Width.Fields.S32, static m => m.S32, S32);
        Add(Width.Fields.U32, static m => m.U32, U32);
        Add(Width.Fields.S64, static m => m.S64, S64);
        Add(Width.Fields.U64, static m => m.U64, U64);
        Add(Width.Fields.S128, static m => m.S128, S128);
        Add(Width.Fields.U128, static m => m.U128, U128);
        AddPredicates(FieldPairs.Of(Width.Fields.U64, Width.Fields.Id, static m => m.U64, static m => m.Id, U64));
    }

    // Numbers at both ends of what there are.
    public override Width Make(Random random, int number) => new()
    {
        Id = number % 2 == 0 ? (ulong)number : ulong.MaxValue - (ulong)number,
        S8 = S8.Next(random),
        U8 = U8.Next(random),
        S16 = S16.Next(random),
        U16 = U16.Next(random),
        S32 = S32.Next(random),
        U32 = U32.Next(random),
        S64 = S64.Next(random),
        U64 = U64.Next(random),
        S128 = S128.Next(random),
        U128 = U128.Next(random),
    };
}

/// <summary>Integers of every width that may be null.</summary>
[VaultCollection]
[Index(nameof(U8), nameof(S8), IsDescending = [false, true])]
[Index(nameof(S16), nameof(U32), AllDescending = true)]
[Index(nameof(S64), Where = "U64 != null")]
public partial class MaybeWidth
{
    public short Id { get; init; }
    public sbyte? S8 { get; set; }
    public byte? U8 { get; set; }
    public short? S16 { get; set; }
    [Index] public ushort? U16 { get; set; }
    public uint? U32 { get; set; }
    public long? S64 { get; set; }
    [Index] public ulong? U64 { get; set; }
    [Index] public Int128? S128 { get; set; }
    public UInt128? U128 { get; set; }
}

internal sealed class MaybeWidthCase : ModelCase<MaybeWidth, short>
{
    private static readonly Values<sbyte> S8 = Values.Of(TypeValues.SByte);
    private static readonly Values<byte> U8 = Values.Of(TypeValues.Byte);
    private static readonly Values<short> S16 = Values.Of(TypeValues.Int16);
    private static readonly Values<ushort> U16 = Values.Of(TypeValues.UInt16);
    private static readonly Values<uint> U32 = Values.Of(TypeValues.UInt32);
    private static readonly Values<long> S64 = Values.Of(TypeValues.Int64);
    private static readonly Values<ulong> U64 = Values.Of(TypeValues.UInt64);
    private static readonly Values<Int128> S128 = Values.Of(TypeValues.Int128);
    private static readonly Values<UInt128> U128 = Values.Of(TypeValues.UInt128);
    private static readonly Values<short> Ids = Values.Of<short>([-300, -9, -1, 0, 4, 50, 222], static (l, r) => l.CompareTo(r));

    public MaybeWidthCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(MaybeWidth.Fields.Id, static m => m.Id, Ids, isFixed: true);
        Add(MaybeWidth.Fields.S8, static m => m.S8, S8);
        Add(MaybeWidth.Fields.U8, static m => m.U8, U8);
        Add(MaybeWidth.Fields.S16, static m => m.S16, S16);
        Add(MaybeWidth.Fields.U16, static m => m.U16, U16);
        Add(MaybeWidth.Fields.U32, static m => m.U32, U32);
        Add(MaybeWidth.Fields.S64, static m => m.S64, S64);
        Add(MaybeWidth.Fields.U64, static m => m.U64, U64);
        Add(MaybeWidth.Fields.S128, static m => m.S128, S128);
        Add(MaybeWidth.Fields.U128, static m => m.U128, U128);
    }

    public override MaybeWidth Make(Random random, int number) => new()
    {
        Id = (short)(number % 2 == 0 ? number : -number),
        S8 = S8.NextOrNull(random),
        U8 = U8.NextOrNull(random),
        S16 = S16.NextOrNull(random),
        U16 = U16.NextOrNull(random),
        U32 = U32.NextOrNull(random),
        S64 = S64.NextOrNull(random),
        U64 = U64.NextOrNull(random),
        S128 = S128.NextOrNull(random),
        U128 = U128.NextOrNull(random),
    };
}

/// <summary>Numbers with NaN, two zeros and scales.</summary>
[VaultCollection]
[Index(nameof(Quarter), nameof(Double), IsDescending = [false, true])]
[Index(nameof(MaybeDouble), nameof(Amount), IsDescending = [true, false])]
[Index(nameof(MaybeAmount), Include = [nameof(Quarter), nameof(MaybeSingle)])]
[Index(nameof(Single), IsDescending = [true])]
public partial class Real
{
    public long Id { get; init; }
    [Index] public double Double { get; set; }
    public double? MaybeDouble { get; set; }
    public float Single { get; set; }
    [Index] public float? MaybeSingle { get; set; }
    [Index] public Half Half { get; set; }
    public Half? MaybeHalf { get; set; }
    [Index] public decimal Amount { get; set; }
    public decimal? MaybeAmount { get; set; }
    public double Quarter { get; set; }
}

internal sealed class RealCase : ModelCase<Real, long>
{
    private static readonly Values<double> Doubles = Values.Of(TypeValues.Double);
    private static readonly Values<float> Singles = Values.Of(TypeValues.Single);
    private static readonly Values<Half> Halves = Values.Of(TypeValues.Half);
    private static readonly Values<decimal> Decimals = Values.Of(TypeValues.Decimal);

    public RealCase()
        : base(static m => m.Id, static (l, r) => l.CompareTo(r))
    {
        Add(Real.Fields.Id, static m => m.Id, Values.SmallInt64, isFixed: true);
        Add(Real.Fields.Double, static m => m.Double, Doubles);
        Add(Real.Fields.MaybeDouble, static m => m.MaybeDouble, Doubles);
        Add(Real.Fields.Single, static m => m.Single, Singles);
        Add(Real.Fields.MaybeSingle, static m => m.MaybeSingle, Singles);
        Add(Real.Fields.Half, static m => m.Half, Halves);
        Add(Real.Fields.MaybeHalf, static m => m.MaybeHalf, Halves);
        Add(Real.Fields.Amount, static m => m.Amount, Values.Amount);
        Add(Real.Fields.MaybeAmount, static m => m.MaybeAmount, Decimals);
        Add(Real.Fields.Quarter, static m => m.Quarter, Values.Quarters);
        AddPredicates(FieldPairs.Of(Real.Fields.Double, Real.Fields.Quarter, static m => m.Double, static m => m.Quarter, Doubles));
        AddPredicates(FieldPairs.Of<Real, double>(Real.Fields.MaybeDouble, Real.Fields.Double, static m => m.MaybeDouble, static m => m.Double, Doubles));
        AddPredicates(FieldPairs.Of<Real, decimal>(Real.Fields.Amount, Real.Fields.MaybeAmount, static m => m.Amount, static m => m.MaybeAmount, Decimals));
        Ask("Sum", static q => q.Sum(_ => Real.Fields.Quarter), static l => l.Sum(static m => m.Quarter));
        Ask("Sum of decimals", static q => q.Sum(_ => Real.Fields.Amount), static l => l.Sum(static m => m.Amount));
        Ask("Average", static q => q.Average(_ => Real.Fields.Amount), static l => l.Average(static m => m.Amount));
    }

    public override Real Make(Random random, int number) => new()
    {
        Id = number - 20,
        Double = Doubles.Next(random),
        MaybeDouble = Doubles.NextOrNull(random),
        Single = Singles.Next(random),
        MaybeSingle = Singles.NextOrNull(random),
        Half = Halves.Next(random),
        MaybeHalf = Halves.NextOrNull(random),
        Amount = Values.Amount.Next(random),
        MaybeAmount = Decimals.NextOrNull(random),
        Quarter = Values.Quarters.Next(random),
    };
}

/// <summary>Nothing but indexes in every mixture of directions over three fields.</summary>
[VaultCollection, PrimaryKey(nameof(Part), nameof(Number))]
[Index(nameof(X), nameof(Y), nameof(Z))]
[Index(nameof(X), nameof(Y), nameof(Z), IsDescending = [true, false, true], Name = "dad")]
[Index(nameof(Y), nameof(X), IsDescending = [false, true], Name = "ad")]
[Index(nameof(Z), nameof(Part), IsDescending = [true, false], Name = "part")]
[Index(nameof(Z), nameof(Number), nameof(X), Name = "number")]
public partial class Direction
{
    public string Part { get; init; } = "";
    public int Number { get; init; }
    public int X { get; set; }
    public int? Y { get; set; }
    public string? Z { get; set; }
}

internal sealed class DirectionCase : ModelCase<Direction, (string, int)>
{
    public DirectionCase()
        : base(static m => (m.Part, m.Number), static (l, r) => Values.Word.Compare(l.Item1, r.Item1) is not 0 and int order ? order : l.Item2.CompareTo(r.Item2))
    {
        Add(Direction.Fields.Part, static m => m.Part, Values.Word, isFixed: true);
        Add(Direction.Fields.Number, static m => m.Number, Values.Small, isFixed: true);
        Add(Direction.Fields.X, static m => m.X, Values.Count);
        Add(Direction.Fields.Y, static m => m.Y, Values.Count);
        Add(Direction.Fields.Z, static m => m.Z, Values.Word);
    }

    public override Direction Make(Random random, int number) => new()
    {
        Part = Values.Word.Next(random),
        Number = number - 3,
        X = Values.Count.Next(random),
        Y = Values.Count.NextOrNull(random),
        Z = Values.Word.NextOrNothing(random),
    };
}
