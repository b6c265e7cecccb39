using FsCheck;
using FsCheck.Fluent;
using ModelVault.Runtime;
using ModelVault.Tests.Database;

namespace ModelVault.Tests.Types;

/// <summary>A type, the models that hold it, and everything that is asserted of each type alike.</summary>
internal abstract class TypeCase
{
    public abstract void AssertEveryValueComesBack();

    public abstract void AssertComesBackFromTheFile();

    public abstract void AssertComesBackThroughJson();

    public abstract void AssertOperators();

    public abstract void AssertOrders();

    public abstract void AssertKeys();
}

internal sealed class TypeCase<TRow, TKeyed, T, TMaybe>(
    TypeValues<T> values, Conditions<TRow, T> indexed, Conditions<TRow, T> plain, Conditions<TRow, T> maybeIndexed, Conditions<TRow, T> maybe,
    Func<T, VaultFilter<TRow>> listContains, Conditions<TKeyed, T> key) : TypeCase
    where TRow : TypeRow<T, TMaybe>, IVaultModel<TRow>, new()
    where TKeyed : TypeKey<T>, IVaultModel<TKeyed>, new()
    where T : notnull
{
    public override void AssertEveryValueComesBack()
    {
        Gen<TMaybe> maybeAny = Gen.OneOf(Gen.Constant(default(TMaybe)!), values.Any.Select(Maybe));
        Gen<TRow> row =
            from indexed in values.Any
            from plain in values.Any
            from maybeIndexed in maybeAny
            from maybe in maybeAny
            from list in values.Any.ListOf()
            from maybeList in maybeAny.ListOf()
            select new TRow { Indexed = indexed, Plain = plain, MaybeIndexed = maybeIndexed, Maybe = maybe, List = [.. list], MaybeList = [.. maybeList] };

        using VaultDatabase db = VaultDatabase.OpenInMemory();
        Prop.ForAll(row.ToArbitrary(), r =>
        {
            db.Collection<TRow, int>().Upsert(r);
            using VaultSnapshot snapshot = db.BeginSnapshot();
            Assert.Equal(Text(r), Text(snapshot.Collection<TRow, int>().Get(0)!));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    public override void AssertComesBackFromTheFile()
    {
        List<TRow> rows = Rows();
        using TemporaryFile file = new();
        using (VaultDatabase db = VaultDatabase.Open(file.Path)) db.Collection<TRow, int>().InsertMany(rows);
        using VaultDatabase again = VaultDatabase.Open(file.Path);
        Assert.Equal(rows.Select(Text), again.Collection<TRow, int>().ToList().Select(Text));
    }

    // Without a model and back: a record is read, written as JSON, parsed, and stored in its own place.
    public override void AssertComesBackThroughJson()
    {
        List<TRow> rows = Rows();
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Collection<TRow, int>().InsertMany(rows);
        VaultRecordCollection records = db.Collection(TRow.Schema.Name);
        foreach (TRow row in rows)
        {
            VaultRecord copy = VaultRecord.Parse(records.Get(row.Id)!.ToJson());
            Assert.True(records.Delete(row.Id));
            records.Insert(copy);
            Assert.Equal(WithoutNegativeZero(Text(row)), WithoutNegativeZero(Text(db.Collection<TRow, int>().Get(row.Id)!)));
        }
    }

    public override void AssertOperators()
    {
        List<TRow> rows = Rows();
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        VaultCollection<TRow, int> collection = db.Collection<TRow, int>();
        collection.InsertMany(rows);

        foreach ((Conditions<TRow, T> conditions, Func<TRow, object?> field) in Fields())
        {
            foreach (T value in values.Some())
            {
                foreach (Condition<TRow, T> condition in conditions.OnValue)
                    AssertSame(collection, rows, condition.Filter(value), r => condition.Expected(Compare(field(r), value)));
                AssertSame(collection, rows, listContains(value), r => r.List.Any(i => values.Compare(i, value) == 0));
            }

            T low = values.Some()[1], high = values.Some()[^1];
            if (values.Compare(low, high) > 0) (low, high) = (high, low);
            if (conditions.Between is { } between) AssertSame(collection, rows, between(low, high), r => Compare(field(r), low) is { IsOrdered: true, Order: >= 0 } && Compare(field(r), high) is { IsOrdered: true, Order: <= 0 });
            if (conditions.In is { } oneOf) AssertSame(collection, rows, oneOf([high, low, high]), r => Compare(field(r), low).IsEqual || Compare(field(r), high).IsEqual);
            if (conditions.IsNull is { } isNull) AssertSame(collection, rows, isNull, r => field(r) is null);
            if (conditions.HasValue is { } hasValue) AssertSame(collection, rows, hasValue, r => field(r) is not null);
        }

        foreach ((string _, VaultFilter<TRow> filter, Func<Comparison, bool> expected) in indexed.OnField) AssertSame(collection, rows, filter, r => expected(Compare(r.Indexed, r.Plain)));
        foreach ((string _, VaultFilter<TRow> filter, Func<Comparison, bool> expected) in maybeIndexed.OnField) AssertSame(collection, rows, filter, r => expected(Compare(r.MaybeIndexed, r.Maybe)));
    }

    public override void AssertOrders()
    {
        List<TRow> rows = Rows();
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Collection<TRow, int>().InsertMany(rows);
        foreach ((Conditions<TRow, T> conditions, Func<TRow, object?> field) in Fields())
        {
            if (conditions.OrderBy is not { } orderBy) continue;
            Comparer<TRow> order = Comparer<TRow>.Create((a, b) => Compare(field(a), field(b)).Order);
            Assert.Equal(rows.Order(order).Select(static r => r.Id), orderBy(db.Collection<TRow, int>().All(), false).ToList().Select(static r => r.Id));
            Assert.Equal(rows.OrderDescending(order).Select(static r => r.Id), orderBy(db.Collection<TRow, int>().All(), true).ToList().Select(static r => r.Id));
        }
    }

    public override void AssertKeys()
    {
        List<TKeyed> distinct = [];
        foreach (T value in values.Some())
            if (!distinct.Exists(d => values.Compare(d.Key, value) == 0)) distinct.Add(new TKeyed { Key = value, Number = distinct.Count });
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        VaultCollection<TKeyed, T> collection = db.Collection<TKeyed, T>();
        collection.InsertMany(distinct);

        Assert.Equal(distinct.OrderBy(static d => d.Key, Comparer<T>.Create(values.Compare)).Select(static d => Exact.Text(d.Key)), collection.ToList().Select(static d => Exact.Text(d.Key)));
        foreach (T value in values.Some())
        {
            TKeyed same = distinct.First(d => values.Compare(d.Key, value) == 0);
            Assert.Equal(same.Number, collection.Get(value)!.Number);
            Assert.Throws<DuplicateKeyException>(() => collection.Insert(new TKeyed { Key = value }));
            foreach (Condition<TKeyed, T> condition in key.OnValue)
                Assert.Equal(distinct.Where(d => condition.Expected(Compare(d.Key, value))).Select(static d => d.Number).Order(), collection.Where(condition.Filter(value)).ToList().Select(static d => d.Number).Order());
        }

        Assert.True(collection.Delete(distinct[0].Key));
        Assert.Null(collection.Get(distinct[0].Key));
    }

    private IEnumerable<(Conditions<TRow, T>, Func<TRow, object?>)> Fields() =>
        [(indexed, static r => r.Indexed), (plain, static r => r.Plain), (maybeIndexed, static r => r.MaybeIndexed), (maybe, static r => r.Maybe)];

    private static void AssertSame(VaultCollection<TRow, int> collection, List<TRow> rows, VaultFilter<TRow> filter, Func<TRow, bool> expected)
    {
        string found = string.Join(" ", collection.Where(filter).ToList().Select(static r => r.Id)), wanted = string.Join(" ", rows.Where(expected).Select(static r => r.Id));
        Assert.True(found == wanted, $"{filter}: expected {wanted}; found {found}");
    }

    private Comparison Compare(object? left, object? right)
    {
        if (left is null || right is null) return new(false, (left is null ? 0 : 1) - (right is null ? 0 : 1));
        return new(!values.IsUnordered((T)left) && !values.IsUnordered((T)right), Math.Sign(values.Compare((T)left, (T)right)));
    }

    // Every third value that may be null is.
    private List<TRow> Rows()
    {
        T[] some = values.Some();
        return [.. some.Select((v, i) => new TRow
        {
            Id = i,
            Indexed = v,
            Plain = some[i * 7 % some.Length],
            MaybeIndexed = i % 3 == 0 ? default! : Maybe(v),
            Maybe = i % 3 == 1 ? default! : Maybe(some[i * 5 % some.Length]),
            List = [.. some.Skip(i).Take(i % 4)],
            MaybeList = [.. some.Take(i % 3).Select(Maybe), default!],
        })];
    }

    // JSON has the scale of a decimal zero, but no sign of it.
    private static string WithoutNegativeZero(string row) => row.Replace("0:0:0:-2147418112", "0:0:0:65536", StringComparison.Ordinal);

    private static TMaybe Maybe(T value) => (TMaybe)(object)value;

    private static string Text(TRow row) => string.Join(" | ", new object?[] { row.Indexed, row.Plain, row.MaybeIndexed, row.Maybe, row.List, row.MaybeList }.Select(Exact.Text));
}
