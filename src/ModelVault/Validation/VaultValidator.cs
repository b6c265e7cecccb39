using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ModelVault.Runtime;

/// <summary>
/// Collects the violations of one model. Generated code calls one method per constraint; each checks, and records what it
/// finds under the current path. Passed by reference; allocates nothing while everything holds.
/// </summary>
public partial struct VaultValidator
{
    private List<VaultViolation>? _violations;
    private List<PathPart>? _path;

    /// <summary>What was broken, or null.</summary>
    public readonly IReadOnlyList<VaultViolation>? Violations => _violations;

    /// <summary>
    /// Makes the pattern of a <c>[RegularExpression]</c>: as that attribute has it, the whole string matches, or is empty. It never backtracks, so its
    /// time is linear in the string's length, whatever the string.
    /// </summary>
    public static Regex Pattern(string pattern) => new($"{PatternStart}{pattern}{PatternEnd}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Goes into a nested object.</summary>
    public void Enter(string field) => (_path ??= []).Add(new PathPart(field, -1, null));

    /// <summary>Goes into an item of a list.</summary>
    public void Enter(string field, int index) => (_path ??= []).Add(new PathPart(field, index, null));

    /// <summary>Goes into an entry of a map.</summary>
    public void EnterEntry<TKey>(string field, TKey key) => (_path ??= []).Add(new PathPart(field, -1, key));

    /// <summary>Goes into an item of the list that the path leads to.</summary>
    internal void EnterItem(int index) => (_path ??= []).Add(new PathPart(null, index, null));

    /// <summary>Goes into an entry of the map that the path leads to.</summary>
    internal void EnterItem(object key) => (_path ??= []).Add(new PathPart(null, -1, key));

    /// <summary>Comes back out.</summary>
    public readonly void Leave() => _path!.RemoveAt(_path.Count - 1);

    /// <summary>Records a violation of a field; of the value that the path leads to where the name is null.</summary>
    public void Fail(string? field, string rule, object? value, string message)
    {
        StringBuilder path = new();
        foreach (PathPart part in _path ?? []) part.AppendTo(path);
        if (field is not null) new PathPart(field, -1, null).AppendTo(path);
        (_violations ??= []).Add(new VaultViolation(path.ToString(), rule, value, message));
    }

    /// <summary>A value that must be there is null.</summary>
    public void Missing(string field, VaultMessage message = default) => Fail(field, "Required", null, message.Or("a value is required"));

    /// <summary>The value that the path leads to must be there and is null.</summary>
    internal void MissingHere() => Fail(null, "Required", null, "a value is required");

    /// <summary><c>[Required]</c> on a string: not empty or white space unless allowed.</summary>
    public void Required(string field, string? value, bool allowEmpty = false, VaultMessage message = default)
    {
        if (value is null) Missing(field, message);
        else if (!allowEmpty && string.IsNullOrWhiteSpace(value)) Fail(field, "Required", value, message.Or("a value that is not empty is required"));
    }

    /// <summary><c>[MaxLength]</c>.</summary>
    public void MaxLength(string field, int length, int max, object? value, VaultMessage message = default)
    {
        if (length > max) TooLong(field, "MaxLength", length, max, value, message);
    }

    /// <summary><c>[MinLength]</c>.</summary>
    public void MinLength(string field, int length, int min, object? value, VaultMessage message = default)
    {
        if (length < min) TooShort(field, "MinLength", length, min, value, message);
    }

    /// <summary><c>[StringLength]</c> and <c>[Length]</c>, by the rule's name.</summary>
    public void Length(string field, string rule, int length, int min, int max, object? value, VaultMessage message = default)
    {
        if (length > max) TooLong(field, rule, length, max, value, message);
        else if (length < min) TooShort(field, rule, length, min, value, message);
    }

    /// <summary><c>[Range]</c>.</summary>
    public void Range<T>(string field, T value, T min, T max, bool minIsExclusive = false, bool maxIsExclusive = false, VaultMessage message = default)
        where T : IComparable<T> => RangeOf(field, value, value, min, max, minIsExclusive, maxIsExclusive, message);

    /// <summary><c>[Range]</c> of a single-precision number, which is compared as a double: the nearest single may be beyond the limit.</summary>
    public void Range(string field, float value, double min, double max, bool minIsExclusive = false, bool maxIsExclusive = false, VaultMessage message = default) =>
        RangeOf(field, value, value, min, max, minIsExclusive, maxIsExclusive, message);

    /// <summary><c>[Range]</c> of a half-precision number, which is compared as a double.</summary>
    public void Range(string field, Half value, double min, double max, bool minIsExclusive = false, bool maxIsExclusive = false, VaultMessage message = default) =>
        RangeOf(field, value, (double)value, min, max, minIsExclusive, maxIsExclusive, message);

    /// <summary><c>[RegularExpression]</c>.</summary>
    public void RegularExpression(string field, string value, Regex pattern, VaultMessage message = default)
    {
        if (!pattern.IsMatch(value)) Fail(field, "RegularExpression", value, message.Or($"the value does not match the pattern {Source(pattern)}"));
    }

    /// <summary><c>[EmailAddress]</c>.</summary>
    public void EmailAddress(string field, string value, VaultMessage message = default)
    {
        if (!TextFormats.IsEmailAddress(value)) Fail(field, "EmailAddress", value, message.Or("the value is not an e-mail address"));
    }

    /// <summary><c>[Url]</c>.</summary>
    public void Url(string field, string value, VaultMessage message = default)
    {
        if (!TextFormats.IsUrl(value)) Fail(field, "Url", value, message.Or("the value is not an http, https or ftp URL"));
    }

    /// <summary><c>[Base64String]</c>.</summary>
    public void Base64String(string field, string value, VaultMessage message = default)
    {
        if (!TextFormats.IsBase64(value)) Fail(field, "Base64String", value, message.Or("the value is not base64"));
    }

    /// <summary><c>[CreditCard]</c>.</summary>
    public void CreditCard(string field, string value, VaultMessage message = default)
    {
        if (!TextFormats.IsCreditCard(value)) Fail(field, "CreditCard", value, message.Or("the value is not a credit card number"));
    }

    /// <summary><c>[Phone]</c>.</summary>
    public void Phone(string field, string value, VaultMessage message = default)
    {
        if (!TextFormats.IsPhone(value)) Fail(field, "Phone", value, message.Or("the value is not a phone number"));
    }

    /// <summary><c>[Compare]</c>: equal to another field of the same object, null to null.</summary>
    public void Compare<T>(string field, T value, string otherField, T other, VaultMessage message = default)
    {
        bool isEqual = (value, other) switch
        {
            (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
            (ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span),
            _ => EqualityComparer<T>.Default.Equals(value, other),
        };
        if (!isEqual) Fail(field, "Compare", value, message.Or($"the value is not that of {otherField}"));
    }

    /// <summary><c>[AllowedValues]</c>.</summary>
    public void AllowedValues<T>(string field, T value, ReadOnlySpan<T> allowed, VaultMessage message = default)
    {
        if (!Contains(allowed, value)) NotAllowed(field, value, FilterText.Of(value), message);
    }

    /// <summary><c>[DeniedValues]</c>.</summary>
    public void DeniedValues<T>(string field, T value, ReadOnlySpan<T> denied, VaultMessage message = default)
    {
        if (Contains(denied, value)) Denied(field, value, FilterText.Of(value), message);
    }

    internal void NotAllowed(string field, object? value, string text, VaultMessage message = default) => Fail(field, "AllowedValues", value, message.Or($"{text} is not one of the allowed values"));

    internal void Denied(string field, object? value, string text, VaultMessage message = default) => Fail(field, "DeniedValues", value, message.Or($"{text} is denied"));

    private const string PatternStart = "^(?:", PatternEnd = @")?\z";

    // The pattern as it was given, whether it has been anchored or not.
    private static string Source(Regex pattern)
    {
        string text = pattern.ToString();
        return text.StartsWith(PatternStart, StringComparison.Ordinal) && text.EndsWith(PatternEnd, StringComparison.Ordinal) ? text[PatternStart.Length..^PatternEnd.Length] : text;
    }

    private void TooLong(string field, string rule, int length, int max, object? value, VaultMessage message) =>
        Fail(field, rule, value, message.Or(string.Create(CultureInfo.InvariantCulture, $"the length is {length}, at most {max} is allowed")));

    private void TooShort(string field, string rule, int length, int min, object? value, VaultMessage message) =>
        Fail(field, rule, value, message.Or(string.Create(CultureInfo.InvariantCulture, $"the length is {length}, at least {min} is required")));

    private void RangeOf<TValue, TLimit>(string field, TValue value, TLimit number, TLimit min, TLimit max, bool minIsExclusive, bool maxIsExclusive, VaultMessage message)
        where TLimit : IComparable<TLimit>
    {
        int low = number.CompareTo(min), high = number.CompareTo(max);
        if (low < 0 || high > 0 || (minIsExclusive && low == 0) || (maxIsExclusive && high == 0))
            Fail(field, "Range", value, message.Or(RangeMessage(value, min, max, minIsExclusive, maxIsExclusive)));
    }

    private static string RangeMessage<TValue, TLimit>(TValue value, TLimit min, TLimit max, bool minIsExclusive, bool maxIsExclusive) =>
        string.Create(CultureInfo.InvariantCulture, $"{value} is not between {min}{(minIsExclusive ? " (exclusive)" : "")} and {max}{(maxIsExclusive ? " (exclusive)" : "")}");

    private static bool Contains<T>(ReadOnlySpan<T> values, T value)
    {
        foreach (T candidate in values)
            if (EqualityComparer<T>.Default.Equals(candidate, value)) return true;
        return false;
    }

    /// <summary>A step of the path: a field, an item or entry, or a field's item or entry.</summary>
    private readonly record struct PathPart(string? Field, int Index, object? Key)
    {
        public void AppendTo(StringBuilder path)
        {
            if (Field is not null) path.Append(path.Length == 0 ? "" : ".").Append(Field);
            if (Index >= 0) path.Append(CultureInfo.InvariantCulture, $"[{Index}]");
            if (Key is not null) path.Append(CultureInfo.InvariantCulture, $"[{Key}]");
        }
    }
}
