using ModelVault.Tests.Models;
using ModelVault.Tests.Queries;

namespace ModelVault.Tests.Dynamic;

/// <summary>One condition twice: as text, and as the contract says in C#.</summary>
internal sealed record TextCondition(VaultFilter<VaultRecord> Filter, Func<Row, bool> Meaning);

/// <summary>Makes random conditions as text, on indexed fields and on their twins without an index.</summary>
internal sealed class TextConditions(Random random, VaultRecordCollection rows)
{
    private static readonly string[] Texts = ["", "a", "ab", "abc", "b", "B", "\0", "ÿ", "😀", "\ue000"];

    public TextCondition Next(int depth = 2) => random.Next(depth > 0 ? 9 : 5) switch
    {
        0 => Number(),
        1 => Text(),
        2 => Score(),
        3 => Other(),
        4 => Nested(),
        5 or 6 => And(Next(depth - 1), Next(depth - 1)),
        7 => Or(Next(depth - 1), Next(depth - 1)),
        _ => Not(Next(depth - 1)),
    };

    private static TextCondition And(TextCondition l, TextCondition r) => new(l.Filter & r.Filter, row => l.Meaning(row) && r.Meaning(row));

    private static TextCondition Or(TextCondition l, TextCondition r) => new(l.Filter | r.Filter, row => l.Meaning(row) || r.Meaning(row));

    private static TextCondition Not(TextCondition c) => new(!c.Filter, row => !c.Meaning(row));

    private TextCondition On(string path, string operation, object? value, Func<Row, bool> meaning, StringComparison comparison = StringComparison.Ordinal) =>
        new(rows.Filter(path, operation, value, comparison), meaning);

    private string Spelt(params string[] forms) => forms[random.Next(forms.Length)];

    private string Either(string indexed) => random.Next(2) == 0 ? indexed : "plain_" + indexed;

    private TextCondition Number()
    {
        string f = Either("number");
        int v = random.Next(-4, 5), w = random.Next(-4, 5);

        // Any type that holds the number without loss is taken.
        object x = random.Next(5) switch { 0 => v, 1 => (long)v, 2 => (double)v, 3 => (decimal)v, _ => (sbyte)v };
        return random.Next(15) switch
        {
            0 => On(f, Spelt("==", "=", "eq"), x, r => r.Number == v),
            1 => On(f, Spelt("!=", "<>", "ne"), x, r => r.Number != v),
            2 => On(f, Spelt("<", "lt", "LT"), x, r => r.Number < v),
            3 => On(f, Spelt("<=", "le", "lte"), x, r => r.Number <= v),
            4 => On(f, Spelt(">", "gt", " gt "), x, r => r.Number > v),
            5 => On(f, Spelt(">=", "ge", "gte"), x, r => r.Number >= v),
            6 => On(f, "is_null", null, r => r.Number is null),
            7 => On(f, Spelt("is_not_null", "notnull", "HasValue"), null, r => r.Number is not null),
            8 => On(f, "between", random.Next(2) == 0 ? (v, w) : new[] { v, w }, r => r.Number >= v && r.Number <= w),
            9 => On(f, "in", new object?[] { v, (long)w, null }, r => r.Number is null || r.Number == v || r.Number == w),
            10 => On(f, "not_in", new[] { v, w }, r => r.Number != v && r.Number != w),
            11 => On("number", "==", new FieldPath("place", "zip"), r => r.Number == r.Place?.Zip),
            12 => On("number", "!=", new FieldPath("place", "zip"), r => r.Number != r.Place?.Zip),
            13 => On("number", "<", new FieldPath("place", "zip"), r => r.Number < r.Place?.Zip),
            _ => On("number", ">=", new FieldPath("id"), r => r.Number >= r.Id),
        };
    }

    private TextCondition Text()
    {
        string f = Either("text");
        string v = Texts[random.Next(Texts.Length)], w = Texts[random.Next(Texts.Length)];
        return random.Next(16) switch
        {
            0 => On(f, "=", v, r => r.Text == v),
            1 => On(f, "<>", v, r => r.Text != v),
            2 => On(f, "lt", v, r => r.Text is not null && RowConditions.Order(r.Text, v) < 0),
            3 => On(f, "LE", v, r => r.Text is not null && RowConditions.Order(r.Text, v) <= 0),
            4 => On(f, "gt", v, r => r.Text is not null && RowConditions.Order(r.Text, v) > 0),
            5 => On(f, "gte", v, r => r.Text is not null && RowConditions.Order(r.Text, v) >= 0),
            6 => On(f, "==", null, r => r.Text is null),
            7 => On(f, "StartsWith", v, r => r.Text is not null && r.Text.StartsWith(v, StringComparison.Ordinal)),
            13 => On(f, "starts_with", v, r => r.Text is not null && r.Text.StartsWith(v, StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase),
            14 => On(f, "contains", v, r => r.Text is not null && r.Text.Contains(v, StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase),
            8 => On(f, "ends_with", v, r => r.Text is not null && r.Text.EndsWith(v, StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase),
            9 => On(f, "contains", v, r => r.Text is not null && r.Text.Contains(v, StringComparison.Ordinal)),
            10 => On(f, "in", new[] { v, w }, r => r.Text == v || r.Text == w),
            11 => On(f, "!=", v, r => !string.Equals(r.Text, v, StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase),
            12 => On($"{f}.length", ">", 1, r => r.Text?.Length > 1),
            _ => On(f, "==", v, r => string.Equals(r.Text, v, StringComparison.OrdinalIgnoreCase), StringComparison.OrdinalIgnoreCase),
        };
    }

    private TextCondition Score()
    {
        string f = Either("score");
        double v = ((double[])[double.NaN, double.NegativeInfinity, -1.5, -0d, 0d, 1.5, double.PositiveInfinity])[random.Next(7)];
        return random.Next(5) switch
        {
            0 => On(f, "==", v, r => r.Score.Equals(v) || r.Score == v),
            1 => On(f, "!=", v, r => !(r.Score.Equals(v) || r.Score == v)),
            2 => On(f, "<", (float)v, r => r.Score < v),
            3 => On(f, "<=", v, r => r.Score <= v),
            _ => On(f, ">=", v, r => r.Score >= v),
        };
    }

    private TextCondition Other()
    {
        int id = random.Next(40);
        Guid token = new(id, 1, 2, new byte[8]);
        Color color = ((Color[])[Color.Red, Color.Green, Color.Blue])[random.Next(3)];
        decimal price = random.Next(-2, 3);
        return random.Next(10) switch
        {
            0 => On("id", "==", id, r => r.Id == id),
            1 => On("id", "in", new[] { id, id + 1, id + 7 }, r => r.Id == id || r.Id == id + 1 || r.Id == id + 7),
            2 => On(Either("token"), "==", token, r => r.Token == token),
            3 => On(Either("token"), "<", token.ToString("D"), r => r.Token is { } t && t.CompareTo(token) < 0),
            4 => On(Either("color"), "==", color, r => r.Color == color),
            5 => On(Either("color"), ">", color.ToString(), r => r.Color > color),
            6 => On(Either("color"), "==", (int)color, r => r.Color == color),
            7 => On("flag", "==", true, r => r.Flag),
            8 => On(Either("price"), "==", price, r => r.Price == price),
            _ => On(Either("price"), "<", (double)price, r => r.Price < price),
        };
    }

    private TextCondition Nested()
    {
        string v = Texts[random.Next(Texts.Length)];
        int zip = random.Next(3);
        return random.Next(10) switch
        {
            0 => On("place.city", "==", v, r => r.Place?.City == v),
            1 => On("place.city", ">=", v, r => r.Place is not null && RowConditions.Order(r.Place.City, v) >= 0),
            2 => On("place.zip", "==", zip, r => r.Place?.Zip == zip),
            3 => On("place", "==", null, r => r.Place is null),
            4 => On("tags", "contains", v, r => r.Tags.Contains(v)),
            5 => On("tags[]", "starts_with", "a", r => r.Tags.Any(static t => t.StartsWith('a'))),
            6 => On("tags", "all >=", v, r => r.Tags.All(t => RowConditions.Order(t, v) >= 0)),
            7 => On("tags.count", ">=", zip, r => r.Tags.Count >= zip),
            8 => On("tags", "any", null, r => r.Tags.Count > 0),
            _ => On("place.city", "is_null", null, r => r.Place is null),
        };
    }
}
