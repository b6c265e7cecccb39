using System.Globalization;
using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Writes a record's values by their schema. Goes on behind a value that does not fit, so that all violations come at once.</summary>
internal ref struct RecordEncoder(MessagePackWriter writer)
{
    private readonly List<object> _path = [];

    /// <summary>Where the bytes go.</summary>
    public MessagePackWriter Writer = writer;

    /// <summary>What was wrong, or null.</summary>
    public List<VaultViolation>? Violations { get; private set; }

    /// <summary>Goes into a field (by its name), an item (by its index) or an entry (by its key).</summary>
    public readonly void Enter(string field) => _path.Add(field);

    public readonly void Enter(int index) => _path.Add(index);

    public readonly void Enter(object key) => _path.Add(new EntryKey(key));

    public readonly void Leave() => _path.RemoveAt(_path.Count - 1);

    /// <summary>Writes a value, or null where that is allowed.</summary>
    public void Encode(RecordType type, object? value)
    {
        if (value is not null)
        {
            type.Encode(ref this, value);
            return;
        }

        if (!type.Schema.IsOptional) Fail("Required", null, "a value is required");
        Writer.WriteNull();
    }

    /// <summary>Records a value of another type than the schema's, and writes null in its place.</summary>
    public void FailType(string expected, object value)
    {
        Fail("Type", value, string.Create(CultureInfo.InvariantCulture, $"expected {expected}, found {FilterText.Of(value)} ({value.GetType().Name})"));
        Writer.WriteNull();
    }

    /// <summary>Records a violation of something inside the current place.</summary>
    public void FailAt(VaultViolation inside)
    {
        string place = PathText();
        string path = inside.Path.Length == 0 || inside.Path[0] == '[' ? place + inside.Path : $"{place}.{inside.Path}";
        (Violations ??= []).Add(inside with { Path = path });
    }

    /// <summary>Records a violation at the current place.</summary>
    public void Fail(string rule, object? value, string message) => (Violations ??= []).Add(new VaultViolation(PathText(), rule, value, message));

    private readonly string PathText()
    {
        StringBuilder text = new();
        foreach (object part in _path)
        {
            if (part is string field) text.Append(text.Length == 0 ? "" : ".").Append(field);
            else text.Append(CultureInfo.InvariantCulture, $"[{part}]");
        }

        return text.ToString();
    }

    private sealed record EntryKey(object Key)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}");
    }
}
