using System.ComponentModel;
using System.Globalization;

namespace ModelVault.Runtime;

/// <summary>What a violation says in place of the check's own words: a text, or one that is asked of a resource when it is needed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VaultMessage
{
    private readonly string? _text;
    private readonly Func<string?>? _resource;
    private readonly object[]? _arguments;

    private VaultMessage(string? text) => _text = text;

    /// <summary>Makes a message of a resource. It is asked for, and formatted in the current culture, at every violation.</summary>
    public VaultMessage(Func<string?> resource, params object[] arguments)
    {
        _resource = resource;
        _arguments = arguments;
    }

    /// <summary>Makes a message of a text.</summary>
    public static implicit operator VaultMessage(string? text) => new(text);

    /// <summary>The message, or the check's own words where there is none.</summary>
    internal string Or(string words)
    {
        if (_resource?.Invoke() is not { } format) return _text ?? words;
        try
        {
            return string.Format(CultureInfo.CurrentCulture, format, _arguments!);
        }
        catch (FormatException)
        {
            return format;
        }
    }
}
