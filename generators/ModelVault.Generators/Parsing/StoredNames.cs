using System.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>The names that things get when nobody says otherwise (docs/schema-json.md).</summary>
internal static class StoredNames
{
    // Words whose plural no rule below gives. Kept short: [VaultCollection("name")] says anything else.
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["Person"] = "People", ["Child"] = "Children", ["Man"] = "Men", ["Woman"] = "Women", ["Foot"] = "Feet",
        ["Tooth"] = "Teeth", ["Goose"] = "Geese", ["Mouse"] = "Mice", ["Ox"] = "Oxen", ["Quiz"] = "Quizzes",
        ["Shelf"] = "Shelves", ["Leaf"] = "Leaves", ["Half"] = "Halves", ["Wolf"] = "Wolves", ["Knife"] = "Knives",
        ["Life"] = "Lives", ["Wife"] = "Wives", ["Thief"] = "Thieves", ["Hero"] = "Heroes", ["Potato"] = "Potatoes",
        ["Tomato"] = "Tomatoes", ["Echo"] = "Echoes", ["Analysis"] = "Analyses", ["Basis"] = "Bases", ["Crisis"] = "Crises",
        ["Series"] = "Series", ["Species"] = "Species", ["News"] = "News", ["Sheep"] = "Sheep", ["Fish"] = "Fish", ["Deer"] = "Deer",
        ["Data"] = "Data", ["Metadata"] = "Metadata", ["Equipment"] = "Equipment", ["Information"] = "Information", ["Settings"] = "Settings",
    };

    /// <summary>A collection's stored name: the English plural of the type's name in snake_case (<c>OrderLine</c> → <c>order_lines</c>).</summary>
    public static string Collection(string typeName)
    {
        // Word by word: the plural's ending is no word of its own (SKU → skus).
        int start = LastWord(typeName);
        string before = SnakeCase(typeName.Substring(0, start));
        string separator = before.Length == 0 || before[before.Length - 1] == '_' ? "" : "_";
        return before + separator + Plural(typeName.Substring(start)).ToLowerInvariant();
    }

    /// <summary>The accessor's name: the plural of the type's name (<c>Category</c> → <c>Categories</c>).</summary>
    public static string Accessor(string typeName) => Plural(typeName);

    /// <summary>A field's stored name: the member's name in snake_case.</summary>
    public static string Field(string member) => SnakeCase(member);

    /// <summary>An index's stored name: its fields joined by an underscore, and what it is.</summary>
    public static string Index(IEnumerable<string> fields, bool isUnique) => $"{string.Join("_", fields.Select(static f => f.Replace("[]", "")))}_{(isUnique ? "unique" : "idx")}";

    /// <summary>snake_case: <c>OrderId</c> → <c>order_id</c>, <c>ISBNCode</c> → <c>isbn_code</c>, <c>Address1</c> → <c>address1</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder snake = new(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i)) snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }

    /// <summary>The English plural: of the last word, where there are several.</summary>
    public static string Plural(string name)
    {
        int start = LastWord(name);
        string word = name.Substring(start);
        return name.Substring(0, start) + (Irregular.TryGetValue(word, out string? plural) ? plural : RegularPlural(word));
    }

    private static bool StartsWord(string name, int i)
    {
        if (i == 0 || !char.IsUpper(name[i]) || name[i - 1] == '_') return false;
        return !char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
    }

    private static int LastWord(string name)
    {
        for (int i = name.Length - 1; i > 0; i--)
            if (StartsWord(name, i)) return i;
        return 0;
    }

    private static string RegularPlural(string word)
    {
        if (EndsWithAny(word, "s", "x", "z", "ch", "sh")) return word + "es";
        bool endsInConsonantAndY = word.Length > 1 && word[word.Length - 1] == 'y' && "aeiou".IndexOf(char.ToLowerInvariant(word[word.Length - 2])) < 0;
        return endsInConsonantAndY ? word.Substring(0, word.Length - 1) + "ies" : word + "s";
    }

    private static bool EndsWithAny(string word, params string[] endings) => endings.Any(e => word.EndsWith(e, StringComparison.OrdinalIgnoreCase));
}
