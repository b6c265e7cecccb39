using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using ModelVault.Tests.Database;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Types;

/// <summary>Types that are made of others: collections, unions, converted ones and maps under every type of key.</summary>
public sealed class ComposedTypeTests
{
    private static readonly Gen<Shape> AnyShape = Gen.OneOf(
        TypeValues.Double.Any.Select(static r => (Shape)new Circle(r)),
        Gen.Zip(TypeValues.Double.Any, TypeValues.Double.Any).Select(static p => (Shape)new Ring(p.Item1, p.Item2 > 0 ? p.Item2 : null)),
        TypeValues.String.Any.ListOf().Select(static l => (Shape)new Rectangle(new Point { X = l.Count }, [.. l])));

    [Fact]
    public void Every_shape_comes_back_through_a_file()
    {
        using TemporaryFile file = new();
        using (VaultDatabase db = VaultDatabase.Open(file.Path)) db.Shapes.Insert(GoldenBytesTests.Sample);
        using VaultDatabase again = VaultDatabase.Open(file.Path);
        Shapes read = again.Shapes.Get(GoldenBytesTests.Sample.Id)!;

        Assert.Equal(GoldenBytesTests.Written(GoldenBytesTests.Sample), GoldenBytesTests.Written(read));
        Assert.Equal(GoldenBytesTests.Sample.Unions, read.Unions);
        Assert.Equal(GoldenBytesTests.Sample.Span, read.Span);
        Assert.True(read.SetOfNullable.SetEquals(GoldenBytesTests.Sample.SetOfNullable));
        Assert.Equal(GoldenBytesTests.Sample.MapById, read.MapById);
    }

    [Fact]
    public void Sets_come_back_with_the_items_they_had()
    {
        AssertComesBack(TypeValues.String.Any.ListOf(), static (s, items) => s.Set = [.. items], static s => s.Set, static items => new HashSet<string>(items));
        AssertComesBack(TypeValues.String.Any.ListOf(), static (s, items) => s.SortedSet = new(items, StringComparer.Ordinal), static s => s.SortedSet, static items => new HashSet<string>(items));
        AssertComesBack(TypeValues.GuidId.Any.ListOf(), static (s, items) => s.SetOfIds = [.. items], static s => s.SetOfIds, static items => new HashSet<AuthorId>(items));
        AssertComesBack(TypeValues.Money.Any.ListOf(), static (s, items) => s.SetOfConverted = [.. items], static s => s.SetOfConverted, static items => new HashSet<Money>(items));
        AssertComesBack(TypeValues.Int32.Any.ListOf(), static (s, items) => s.SetOfNullable = new HashSet<int?>(items.Cast<int?>().Append(null)), static s => s.SetOfNullable.Where(static i => i is not null).Cast<int>(), static items => new HashSet<int>(items));
    }

    [Fact]
    public void Immutable_collections_come_back_in_their_order()
    {
        AssertComesBack(TypeValues.Int32.Any.ListOf(), static (s, items) => s.ImmutableArray = [.. items], static s => s.ImmutableArray);
        AssertComesBack(TypeValues.String.Any.ListOf(), static (s, items) => s.MaybeImmutableArray = [.. items], static s => s.MaybeImmutableArray!.Value.Select(static t => t!));
        AssertComesBack(TypeValues.Int32.Any.ListOf(), static (s, items) => s.Jagged = [[.. items], [.. items]], static s => s.Jagged[1]);
    }

    [Fact]
    public void Unions_come_back_as_the_case_they_were()
    {
        Prop.ForAll(Gen.Zip(AnyShape, AnyShape.ListOf()).ToArbitrary(), pair =>
        {
            Shapes read = ThroughDatabase(new Shapes { Union = pair.Item1, Unions = [.. pair.Item2], MapByInt64 = pair.Item2.Index().ToDictionary(static i => (long)i.Index, static i => (Shape?)i.Item) });
            Assert.Equal(Text(pair.Item1), Text(read.Union));
            Assert.Equal(pair.Item2.Select(Text), read.Unions.Select(Text));
            Assert.Equal(pair.Item2.Select(Text), read.MapByInt64.OrderBy(static e => e.Key).Select(static e => Text(e.Value!)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Maps_come_back_under_every_type_of_key()
    {
        AssertMap(TypeValues.String, static (s, keys) => s.Map = keys.ToDictionary(static k => k, static _ => 1), static s => s.Map.Keys);
        AssertMap(TypeValues.String, static (s, keys) => s.SortedMap = new(keys.ToDictionary(static k => k), StringComparer.Ordinal), static s => s.SortedMap.Keys);
        AssertMap(TypeValues.SByte, static (s, keys) => s.MapBySByte = keys.ToDictionary(static k => k, static _ => true), static s => s.MapBySByte.Keys);
        AssertMap(TypeValues.Byte, static (s, keys) => s.MapByByte = keys.ToDictionary(static k => k, static _ => true), static s => s.MapByByte.Keys);
        AssertMap(TypeValues.Int16, static (s, keys) => s.MapByInt16 = keys.ToDictionary(static k => k, static _ => true), static s => s.MapByInt16.Keys);
        AssertMap(TypeValues.UInt16, static (s, keys) => s.MapByUInt16 = keys.ToDictionary(static k => k, static _ => true), static s => s.MapByUInt16.Keys);
        AssertMap(TypeValues.Int32, static (s, keys) => s.MapByInt32 = keys.ToDictionary(static k => k, static _ => true), static s => s.MapByInt32.Keys);
        AssertMap(TypeValues.UInt32, static (s, keys) => s.MapByUInt32 = keys.ToDictionary(static k => k, static _ => true), static s => s.MapByUInt32.Keys);
        AssertMap(TypeValues.Int64, static (s, keys) => s.MapByInt64 = keys.ToDictionary(static k => k, static _ => (Shape?)null), static s => s.MapByInt64.Keys);
        AssertMap(TypeValues.UInt64, static (s, keys) => s.MapByUInt64 = keys.ToDictionary(static k => k, static _ => true), static s => s.MapByUInt64.Keys);
        AssertMap(TypeValues.Guid, static (s, keys) => s.MapByGuid = keys.ToDictionary(static k => k, static _ => new List<int>()), static s => s.MapByGuid.Keys);
        AssertMap(TypeValues.GuidId, static (s, keys) => s.MapById = keys.ToImmutableDictionary(static k => k, static _ => new Money(1)), static s => s.MapById.Keys);
    }

    [Fact]
    public void Entries_are_found_by_every_type_of_key()
    {
        Guid id = Guid.NewGuid();
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Shapes.Insert(new Shapes { Id = 1, Map = new() { ["a"] = 5 }, MapBySByte = new() { [-1] = true }, MapByUInt64 = new() { [ulong.MaxValue] = true }, MapByGuid = new() { [id] = [7] }, MapById = ImmutableDictionary<AuthorId, Money>.Empty.Add(new(id), new(2.0m)) });

        Assert.True(db.Shapes.Any(s => s.Map["a"] > 4 && s.MapBySByte.ContainsKey(-1) && s.MapByUInt64[ulong.MaxValue] == true && s.MapByGuid[id].Contains(7)));
        Assert.True(db.Shapes.Any(s => s.MapById.ContainsKey(new AuthorId(id)) && s.MapById[new AuthorId(id)] == new Money(2)));
        Assert.False(db.Shapes.Any(s => s.MapById.ContainsKey(new AuthorId(Guid.Empty)) || s.MapBySByte.ContainsKey(1) || s.MapById[new AuthorId(Guid.Empty)] != null));
    }

    [Fact]
    public void Sets_unions_and_converted_types_are_asked_on_the_stored_bytes()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Shapes.InsertMany([
            new Shapes { Id = 1, Set = ["a", "b"], Union = new Circle(1), SetOfConverted = [new(1.00m)], SetOfUnions = [new Ring(1, 2)], Money = new(2.50m), ImmutableArray = [1, 2], SetOfObjects = new HashSet<Publisher> { new("x", null) } },
            new Shapes { Id = 2, Set = ["c"], Union = new Ring(1, null), MaybeUnion = new Circle(2), Money = new(10), MaybeSpan = new(1, 2) },
            new Shapes { Id = 3, Union = new Rectangle(default, []), Money = new(-1), MaybeImmutableArray = [] },
        ]);

        Assert.Equal([1], Ids(db, static s => s.Set.Contains("b")));
        Assert.Equal([2], Ids(db, static s => s.Set.Any(t => t > "b")));
        Assert.Equal([1], Ids(db, static s => s.Set.Count == 2));
        Assert.Equal([1], Ids(db, static s => s.SetOfConverted.Contains(new Money(1))));
        Assert.Equal([1], Ids(db, static s => s.SetOfUnions.Any(u => u.Is<Ring>())));
        Assert.Equal([1], Ids(db, static s => s.SetOfObjects.Any(p => p.Name == "x" && p.City == null)));
        Assert.Equal([1], Ids(db, static s => s.SetOfObjects.Contains(new Publisher("x", null))));
        Assert.Equal([1], Ids(db, static s => s.ImmutableArray.Contains(2)));
        Assert.Equal([1, 2], Ids(db, static s => s.MaybeImmutableArray == null));
        Assert.Equal([1, 2], Ids(db, static s => s.Union.Is<Round>()));
        Assert.Equal([3], Ids(db, static s => s.Union.Is<Rectangle>()));
        Assert.Equal([1, 3], Ids(db, static s => s.MaybeUnion == null));
        Assert.Equal([2], Ids(db, static s => s.MaybeUnion.Is<Circle>()));
        Assert.Equal([1, 3], Ids(db, static s => s.MaybeSpan == null));
        Assert.Equal([1, 2], Ids(db, static s => s.Money > new Money(2)));
        Assert.Equal([new Money(-1), new Money(2.5m), new Money(10)], db.Shapes.OrderBy(static s => s.Money).Select(static s => s.Money).ToList());
        Assert.Equal([new Span(1, 2)], db.Shapes.Where(static s => s.MaybeSpan != null).Select(static s => s.MaybeSpan).ToList());
        Assert.Equal([new Ring(1, null)], db.Shapes.Where(static s => s.Id == 2).Select(static s => s.Union).ToList());
    }

    [UnixFact]
    public void A_uri_that_is_a_path_to_a_file_is_stored_with_its_scheme()
    {
        Shapes read = ThroughDatabase(new Shapes { UriAbsolute = new Uri("/tmp/a b") });

        Assert.Equal("file:///tmp/a%20b", read.UriAbsolute.OriginalString);
        Assert.Equal("/tmp/a b", read.UriAbsolute.LocalPath);
    }

    private static List<int> Ids(VaultDatabase db, Func<ShapesFields, VaultFilter<Shapes>> filter) => [.. db.Shapes.Where(filter).ToList().Select(static s => s.Id)];

    private static void AssertComesBack<T>(Gen<List<T>> any, Action<Shapes, List<T>> set, Func<Shapes, IEnumerable<T>> get, Func<List<T>, ISet<T>>? distinct = null) =>
        Prop.ForAll(any.ToArbitrary(), items =>
        {
            Shapes shapes = new();
            set(shapes, items);
            IEnumerable<string> expected = (distinct?.Invoke(items) ?? (IEnumerable<T>)items).Select(static i => Exact.Text(i)), found = get(ThroughDatabase(shapes)).Select(static i => Exact.Text(i));
            if (distinct is null) Assert.Equal(expected, found);
            else Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static void AssertMap<TKey>(TypeValues<TKey> values, Action<Shapes, List<TKey>> set, Func<Shapes, IEnumerable<TKey>> get) where TKey : notnull =>
        AssertComesBack(values.Any.ListOf().Select(static keys => keys.Distinct().ToList()), set, get, static keys => new HashSet<TKey>(keys));

    private static Shapes ThroughDatabase(Shapes shapes)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Shapes.Insert(shapes);
        using VaultSnapshot snapshot = db.BeginSnapshot();
        return snapshot.Shapes.Get(shapes.Id)!;
    }

    private static string Text(Shape shape) => shape switch
    {
        Circle c => $"circle {Exact.Text(c.Radius)}",
        Ring r => $"ring {Exact.Text(r.Inner)} {Exact.Text(r.Outer)}",
        Rectangle r => $"rectangle {r.Size.X} {Exact.Text(r.Labels)}",
        _ => "none",
    };
}

/// <summary>A test of what only Unix does. Skips itself elsewhere, saying so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "On Windows a text that begins with a slash is no path to a file." : null;
}
