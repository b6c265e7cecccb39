using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>Hands out names that do not repeat within a scope.</summary>
internal sealed class Names(params string[] taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name, with a number where it is taken.</summary>
    public string Take(string name)
    {
        string unique = name;
        for (int i = 2; !_taken.Add(unique); i++) unique = name + CSharpText.Number(i);
        return unique;
    }
}

/// <summary>The library's types as generated code writes them.</summary>
internal static class Library
{
    public const string Public = "global::ModelVault";
    public const string Runtime = "global::ModelVault.Runtime";
    public const string FieldTypes = Runtime + ".FieldTypes";
    public const string Narrow = Runtime + ".Narrow";
    public const string Objects = Runtime + ".VaultObjects";
    public const string Errors = Runtime + ".RecordErrors";

    /// <summary>The attributes of generated types and members.</summary>
    public static readonly string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"ModelVault.Generators\", \"{typeof(Library).Assembly.GetName().Version}\")]";

    /// <summary>Hides a member from completion lists.</summary>
    public const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";
}
