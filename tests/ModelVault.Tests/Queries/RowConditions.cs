using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>One condition twice: as a filter, and as the contract says in C#.</summary>
internal sealed record RowCondition(VaultFilter<Row> Filter, Func<Row, bool> Meaning);

/// <summary>Makes random conditions, each on an indexed field or on its twin without an index.</summary>
internal sealed class RowConditions(Random random)
{
    private static readonly Color[] Colors = [Color.Red, Color.Green, Color.Blue];

    private static readonly string[] Texts = ["", "a", "ab", "abc", "b", "B", "\0", "ÿ", "😀", "\ue000"];

    public RowCondition Next(int depth = 2) => random.Next(depth > 0 ? 10 : 6) switch
    {
        0 => Number(),
        1 => Text(),
        2 => Score(),
        3 => Price(),
        4 => Other(),
        5 => Nested(),
        6 or 7 => And(Next(depth - 1), Next(depth - 1)),
        8 => Or(Next(depth - 1), Next(depth - 1)),
        _ => Not(Next(depth - 1)),
    };

    public Row Row(int id)
    {
        Row row = new()
        {
            Id = id,
            Number = random.Next(4) == 0 ? null : random.Next(-3, 4),
            Text = random.Next(4) == 0 ? null : Texts[random.Next(Texts.Length)],
            Score = RandomScore(),
            Price = random.Next(-2, 3) * (random.Next(2) == 0 ? 1.0m : 1.00m),
            Color = Colors[random.Next(3)],
            Token = random.Next(3) == 0 ? null : new Guid(id, 1, 2, new byte[8]),
            Flag = random.Next(2) == 0,
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)])],
            Place = random.Next(3) == 0 ? null : new Address { City = Texts[random.Next(Texts.Length)], Zip = random.Next(3) },
        };
        (row.PlainNumber, row.PlainText, row.PlainScore, row.PlainPrice, row.PlainColor, row.PlainToken) = (row.Number, row.Text, row.Score, row.Price, row.Color, row.Token);
        return row;
    }

    private static RowCondition And(RowCondition l, RowCondition r) => new(l.Filter & r.Filter, row => l.Meaning(row) && r.Meaning(row));

    private static RowCondition Or(RowCondition l, RowCondition r) => new(l.Filter | r.Filter, row => l.Meaning(row) || r.Meaning(row));

    private static RowCondition Not(RowCondition c) => new(!c.Filter, row => !c.Meaning(row));

    private double RandomScore() => ((double[])[double.NaN, double.NegativeInfinity, -1.5, -0d, 0d, 1.5, double.PositiveInfinity])[random.Next(7)];

    private RowCondition Number()
    {
        NullableOrderedField<Row, int> f = random.Next(2) == 0 ? Models.Row.Fields.Number : Models.Row.Fields.PlainNumber;
        int v = random.Next(-4, 5), w = random.Next(-4, 5);
        return random.Next(11) switch
        {
            0 => new(f == v, r => r.Number == v),
            1 => new(f != v, r => r.Number != v),
            2 => new(f < v, r => r.Number < v),
            3 => new(f <= v, r => r.Number <= v),
            4 => new(f > v, r => r.Number > v),
            5 => new(f >= v, r => r.Number >= v),
            6 => new(f.IsNull, r => r.Number is null),
            7 => new(f.HasValue, r => r.Number is not null),
            8 => new(f.Between(v, w), r => r.Number >= v && r.Number <= w),
            9 => new(f.In(v, w, null), r => r.Number is null || r.Number == v || r.Number == w),
            _ => new(((IEnumerable<int>)[v, w, v]).Contains(f), r => r.Number == v || r.Number == w),
        };
    }

    private RowCondition Text()
    {
        NullableStringField<Row> f = random.Next(2) == 0 ? Models.Row.Fields.Text : Models.Row.Fields.PlainText;
        string v = Texts[random.Next(Texts.Length)], w = Texts[random.Next(Texts.Length)];
        return random.Next(12) switch
        {
            0 => new(f == v, r => r.Text == v),
            1 => new(f != v, r => r.Text != v),
            2 => new(f < v, r => r.Text is not null && Order(r.Text, v) < 0),
            3 => new(f <= v, r => r.Text is not null && Order(r.Text, v) <= 0),
            4 => new(f > v, r => r.Text is not null && Order(r.Text, v) > 0),
            5 => new(f >= v, r => r.Text is not null && Order(r.Text, v) >= 0),
            6 => new(f == null, r => r.Text is null),
            7 => new(f.StartsWith(v), r => r.Text is not null && r.Text.StartsWith(v, StringComparison.Ordinal)),
            8 => new(f.EndsWith(v, StringComparison.OrdinalIgnoreCase), r => r.Text is not null && r.Text.EndsWith(v, StringComparison.OrdinalIgnoreCase)),
            9 => new(f.Contains(v), r => r.Text is not null && r.Text.Contains(v, StringComparison.Ordinal)),
            10 => new(f.In(v, w), r => r.Text == v || r.Text == w),
            _ => new(f.Equals(v, StringComparison.OrdinalIgnoreCase), r => string.Equals(r.Text, v, StringComparison.OrdinalIgnoreCase)),
        };
    }

    private RowCondition Score()
    {
        OrderedField<Row, double> f = random.Next(2) == 0 ? Models.Row.Fields.Score : Models.Row.Fields.PlainScore;
        double v = RandomScore();
        return random.Next(6) switch
        {
            0 => new(f == v, r => r.Score.Equals(v) || r.Score == v),
            1 => new(f != v, r => !(r.Score.Equals(v) || r.Score == v)),
            2 => new(f < v, r => r.Score < v),
            3 => new(f <= v, r => r.Score <= v),
            4 => new(v < f, r => v < r.Score),
            _ => new(f >= v, r => r.Score >= v),
        };
    }

    private RowCondition Price()
    {
        OrderedField<Row, decimal> f = random.Next(2) == 0 ? Models.Row.Fields.Price : Models.Row.Fields.PlainPrice;
        decimal v = random.Next(-2, 3);
        return random.Next(4) switch
        {
            0 => new(f == v, r => r.Price == v),
            1 => new(f != v, r => r.Price != v),
            2 => new(f < v, r => r.Price < v),
            _ => new(f >= v, r => r.Price >= v),
        };
    }

    private RowCondition Other()
    {
        int id = random.Next(40);
        Guid token = new(id, 1, 2, new byte[8]);
        Color color = Colors[random.Next(3)];
        return random.Next(10) switch
        {
            0 => new(Models.Row.Fields.Id == id, r => r.Id == id),
            1 => new(Models.Row.Fields.Id >= id, r => r.Id >= id),
            2 => new(Models.Row.Fields.Token == token, r => r.Token == token),
            3 => new(Models.Row.Fields.Token < token, r => r.Token is { } t && t.CompareTo(token) < 0),
            4 => new(Models.Row.Fields.Color == color, r => r.Color == color),
            5 => new(Models.Row.Fields.Color > color, r => r.Color > color),
            6 => new(Models.Row.Fields.Flag, r => r.Flag),
            7 => new(Models.Row.Fields.Number == Models.Row.Fields.PlainNumber, _ => true),
            8 => new(Models.Row.Fields.Text.Length > 1, r => r.Text?.Length > 1),
            _ => new(Models.Row.Fields.Id.In(id, id + 1, id + 7), r => r.Id == id || r.Id == id + 1 || r.Id == id + 7),
        };
    }

    private RowCondition Nested()
    {
        string v = Texts[random.Next(Texts.Length)];
        int zip = random.Next(3);
        return random.Next(9) switch
        {
            0 => new(Models.Row.Fields.Place.City == v, r => r.Place?.City == v),
            1 => new(Models.Row.Fields.Place.City >= v, r => r.Place is not null && Order(r.Place.City, v) >= 0),
            2 => new(Models.Row.Fields.Place.Zip == zip, r => r.Place?.Zip == zip),
            3 => new(Models.Row.Fields.Place == null, r => r.Place is null),
            4 => new(Models.Row.Fields.Tags.Contains(v), r => r.Tags.Contains(v)),
            5 => new(Models.Row.Fields.Tags.Any(t => t == v || t.StartsWith("a")), r => r.Tags.Any(t => t == v || t.StartsWith('a'))),
            6 => new(Models.Row.Fields.Tags.All(t => t >= v), r => r.Tags.All(t => Order(t, v) >= 0)),
            7 => new(Models.Row.Fields.Tags.Count >= zip, r => r.Tags.Count >= zip),
            _ => new(Models.Row.Fields.Place.City == null, r => r.Place is null),
        };
    }

    /// <summary>Code-point order, stated anew: by UTF-32 units.</summary>
    internal static int Order(string left, string right)
    {
        int[] l = [.. left.EnumerateRunes().Select(static r => r.Value)], r = [.. right.EnumerateRunes().Select(static r => r.Value)];
        return l.AsSpan().SequenceCompareTo(r);
    }
}
