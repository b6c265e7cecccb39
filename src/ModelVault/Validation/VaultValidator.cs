using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModelVault.Runtime;

/// <summary>
/// Collects the violations of one model. Generated code calls one method per constraint; each checks, and records what it
/// finds under the current path. Passed by reference; allocates nothing while everything holds.
/// </summary>
public struct VaultValidator
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private List<VaultViolation>? _violations;
    private List<string>? _path;

    /// <summary>What was broken, or null.</summary>
    public readonly IReadOnlyList<VaultViolation>? Violations => _violations;

    /// <summary>Makes the pattern of a <c>[RegularExpression]</c>: anchored at both ends as that attribute is, without backtracking where the pattern allows it.</summary>
    public static Regex Pattern(string pattern)
    {
        string anchored = $"^(?:{pattern})$";
        try
        {
            return new Regex(anchored, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back-references need the backtracking engine; the timeout bounds it.
            return new Regex(anchored, RegexOptions.CultureInvariant, PatternTimeout);
        }
    }

    /// <summary>Goes into a nested object.</summary>
    public void Enter(string field) => (_path ??= []).Add(field);

    /// <summary>Goes into an item of a list.</summary>
    public void Enter(string field, int index) => (_path ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"));

    /// <summary>Goes into an entry of a map.</summary>
    public void EnterEntry<TKey>(string field, TKey key) => (_path ??= []).Add(string.Create(CultureInfo.InvariantCulture, $"{field}[{key}]"));

    /// <summary>Comes back out.</summary>
    public readonly void Leave() => _path!.RemoveAt(_path.Count - 1);

    /// <summary>Records a violation.</summary>
    public void Fail(string field, string rule, object? value, string message)
    {
        StringBuilder path = new();
        foreach (string part in _path ?? []) path.Append(part).Append('.');
        (_violations ??= []).Add(new VaultViolation(path.Append(field).ToString(), rule, value, message));
    }

    /// <summary>A value that must be there is null.</summary>
    public void Missing(string field) => Fail(field, "Required", null, "a value is required");

    /// <summary><c>[Required]</c> on a string: not empty or white space unless allowed.</summary>
    public void Required(string field, string? value, bool allowEmpty = false, string? message = null)
    {
        if (value is null) Missing(field);
        else if (!allowEmpty && string.IsNullOrWhiteSpace(value)) Fail(field, "Required", value, message ?? "a value that is not empty is required");
    }

    /// <summary><c>[MaxLength]</c>.</summary>
    public void MaxLength(string field, int length, int max, object? value, string? message = null)
    {
        if (length > max) Fail(field, "MaxLength", value, message ?? string.Create(CultureInfo.InvariantCulture, $"the length is {length}, at most {max} is allowed"));
    }

    /// <summary><c>[MinLength]</c>.</summary>
    public void MinLength(string field, int length, int min, object? value, string? message = null)
    {
        if (length < min) Fail(field, "MinLength", value, message ?? string.Create(CultureInfo.InvariantCulture, $"the length is {length}, at least {min} is required"));
    }

    /// <summary><c>[StringLength]</c> and <c>[Length]</c>, by the rule's name.</summary>
    public void Length(string field, string rule, int length, int min, int max, object? value, string? message = null)
    {
        if (length < min || length > max) Fail(field, rule, value, message ?? string.Create(CultureInfo.InvariantCulture, $"the length is {length}, from {min} to {max} is allowed"));
    }

    /// <summary><c>[Range]</c>.</summary>
    public void Range<T>(string field, T value, T min, T max, bool minIsExclusive = false, bool maxIsExclusive = false, string? message = null)
        where T : IComparable<T>
    {
        int low = value.CompareTo(min), high = value.CompareTo(max);
        if (low < 0 || high > 0 || (minIsExclusive && low == 0) || (maxIsExclusive && high == 0))
            Fail(field, "Range", value, message ?? string.Create(CultureInfo.InvariantCulture, $"{value} is not between {min}{(minIsExclusive ? " (exclusive)" : "")} and {max}{(maxIsExclusive ? " (exclusive)" : "")}"));
    }

    /// <summary><c>[RegularExpression]</c>; an empty string passes, as with the attribute itself.</summary>
    public void RegularExpression(string field, string value, Regex pattern, string source, string? message = null)
    {
        if (value.Length > 0 && !IsMatch(pattern, value)) Fail(field, "RegularExpression", value, message ?? $"the value does not match the pattern {source}");
    }

    /// <summary><c>[EmailAddress]</c>: one @, neither first nor last, and no line break, as the attribute checks.</summary>
    public void EmailAddress(string field, string value, string? message = null)
    {
        int at = value.IndexOf('@');
        bool valid = at > 0 && at != value.Length - 1 && at == value.LastIndexOf('@') && value.AsSpan().IndexOfAny('\r', '\n') < 0;
        if (!valid) Fail(field, "EmailAddress", value, message ?? "the value is not an e-mail address");
    }

    /// <summary><c>[Url]</c>: begins with http://, https:// or ftp://, as the attribute checks.</summary>
    public void Url(string field, string value, string? message = null)
    {
        bool valid = value.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase);
        if (!valid) Fail(field, "Url", value, message ?? "the value is not an http, https or ftp URL");
    }

    /// <summary><c>[AllowedValues]</c>.</summary>
    public void AllowedValues<T>(string field, T value, ReadOnlySpan<T> allowed, string? message = null)
    {
        if (!Contains(allowed, value)) Fail(field, "AllowedValues", value, message ?? $"{FilterText.Of(value)} is not one of the allowed values");
    }

    /// <summary><c>[DeniedValues]</c>.</summary>
    public void DeniedValues<T>(string field, T value, ReadOnlySpan<T> denied, string? message = null)
    {
        if (Contains(denied, value)) Fail(field, "DeniedValues", value, message ?? $"{FilterText.Of(value)} is denied");
    }

    private static bool IsMatch(Regex pattern, string value)
    {
        try
        {
            // "$" also matches before a final line feed; the whole string is meant.
            return !value.EndsWith('\n') && pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static bool Contains<T>(ReadOnlySpan<T> values, T value)
    {
        foreach (T candidate in values)
            if (EqualityComparer<T>.Default.Equals(candidate, value)) return true;
        return false;
    }
}
