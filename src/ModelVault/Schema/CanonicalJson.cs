using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelVault;

// Shared source: the run time and the generator compile it, so that both write the same text. It therefore uses nothing newer
// than netstandard2.0.

/// <summary>JSON values as the canonical schema writes them: no spaces, only what must be escaped is.</summary>
internal static class CanonicalJson
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

    /// <summary>A number in the first of 15, 16 and 17 digits that reads back the same; what is not finite as a string.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "\"NaN\"";
        if (double.IsInfinity(value)) return value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
        for (int digits = 15; digits < 17; digits++)
        {
            string text = value.ToString(digits == 15 ? "G15" : "G16", CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == value) return text;
        }

        return value.ToString("G17", CultureInfo.InvariantCulture);
    }
}
