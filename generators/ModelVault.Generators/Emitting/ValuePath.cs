using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>Where a value stands, in stored names, as the C# that says it: <c>tags[{index}]</c>.</summary>
internal sealed class ValuePath
{
    private readonly string _format;
    private readonly bool _isConstant;

    private ValuePath(string format, bool isConstant, string expression, string enterCall)
    {
        _format = format;
        _isConstant = isConstant;
        Expression = expression;
        EnterCall = enterCall;
    }

    /// <summary>The expression of the path's text. Where it is put together at run time, it stands only where it is needed.</summary>
    public string Expression { get; }

    /// <summary>The call that makes it the validator's path.</summary>
    public string EnterCall { get; }

    /// <summary>The path of a field.</summary>
    public static ValuePath Of(string storedName)
    {
        string literal = CSharpText.Literal(storedName);
        return new(literal.Substring(1, literal.Length - 2).Replace("{", "{{").Replace("}", "}}"), true, literal, $"validator.Enter({literal});");
    }

    /// <summary>The path of an item.</summary>
    public ValuePath Item(string index) => Part(index, $"validator.Enter({Expression}, {index});");

    /// <summary>The path of a map's entry.</summary>
    public ValuePath Entry(string key) => Part(key, $"validator.EnterEntry({Expression}, {key});");

    private ValuePath Part(string index, string enterCall)
    {
        string format = $"{_format}[{{{index}}}]";
        string expression = $"global::System.FormattableString.Invariant($\"{format}\")";
        return new(format, false, expression, _isConstant ? enterCall : $"validator.Enter({expression});");
    }
}
