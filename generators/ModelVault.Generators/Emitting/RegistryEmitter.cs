using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>Emits the assembly's registry: an ordinary static property, which hosting and tools are handed.</summary>
internal static class RegistryEmitter
{
    /// <summary>The file's name.</summary>
    public const string HintName = "ModelVault.VaultModels.g.cs";

    /// <summary>The file.</summary>
    public static string Emit(IEnumerable<RegistryEntry> entries)
    {
        SourceWriter writer = new();
        ModelEmitter.EmitHeader(writer, []);
        writer.Line("namespace ModelVault;");
        writer.Line();
        writer.Summary("The models of this assembly.");
        writer.Line(Library.GeneratedCode);
        writer.Open("internal static class VaultModels");
        writer.Summary("All models, by stored name.");
        writer.Line($"public static global::System.Collections.Generic.IReadOnlyList<{Library.Runtime}.VaultModel> All {{ get; }} =");
        writer.Line("[");
        foreach (RegistryEntry entry in entries) writer.Indented($"{entry.CollectionType}.ModelDescription,");
        writer.Line("];");
        writer.Close();
        return writer.ToString();
    }
}
