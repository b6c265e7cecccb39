using System.Globalization;
using System.Text;

namespace ModelVault.Generators.Text;

/// <summary>JSON values as the canonical schema writes them: no spaces, only what must be escaped is.</summary>
internal static class JsonText
{
    /// <summary>A string.</summary>
    public static string String(string text)
    {
        StringBuilder json = new(text.Length + 2);
        json.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c)) json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else json.Append(c);
        }

        return json.Append('"').ToString();
    }

    /// <summary>A list of strings.</summary>
    public static string Strings(IEnumerable<string> texts) => $"[{string.Join(",", texts.Select(String))}]";

    /// <summary>A finite number in its shortest form that reads back the same, on every runtime that hosts the compiler.</summary>
    public static string Number(double value)
    {
        for (int digits = 15; digits < 17; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == value) return text;
        }

        return value.ToString("G17", CultureInfo.InvariantCulture);
    }
}
