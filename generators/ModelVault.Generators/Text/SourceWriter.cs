using System.Text;

namespace ModelVault.Generators.Text;

/// <summary>Writes C# line by line: indentation is state, line ends are LF.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    /// <summary>Writes a line at the current indentation.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', _indentation * 4).Append(line);
        _text.Append('\n');
    }

    /// <summary>Writes several lines.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        foreach (string line in lines) Line(line);
    }

    /// <summary>Writes a header and opens a block.</summary>
    public void Open(string header)
    {
        Line(header);
        Line("{");
        _indentation++;
    }

    /// <summary>Goes into a block whose brace is there already.</summary>
    public void Indent() => _indentation++;

    /// <summary>Closes a block.</summary>
    public void Close(string after = "")
    {
        _indentation--;
        Line("}" + after);
    }

    /// <summary>Writes a line inside the last one's construct.</summary>
    public void Indented(string line)
    {
        _indentation++;
        Line(line);
        _indentation--;
    }

    /// <summary>Writes a one-line XML summary.</summary>
    public void Summary(string text) => Line($"/// <summary>{text}</summary>");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
