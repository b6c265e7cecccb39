using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>Emits the file of a view: what makes the user's type an <c>IVaultView</c>.</summary>
internal static class ViewEmitter
{
    /// <summary>The file.</summary>
    public static string Emit(ViewModel view)
    {
        TypeName name = view.Type.Name;
        SourceWriter writer = new();
        StorageEmitter storage = new(name, view.Root.StoredNames);
        ModelEmitter.EmitHeader(writer, view.Type.Suppressed);
        if (name.Namespace.Length > 0)
        {
            writer.Line($"namespace {name.Namespace};");
            writer.Line();
        }

        foreach (string containing in name.ContainingTypes) writer.Open(containing);
        writer.Open($"{name.Declaration} : {Library.Public}.IVaultView<{view.Source}, {name.FullName}>");
        writer.Line(Library.GeneratedCode);
        writer.Line($"static string {Library.Public}.IVaultView<{view.Source}, {name.FullName}>.Fields => {CSharpText.Literal(view.Fields)};");
        writer.Line();
        new ViewReadEmitter(view, writer, storage).Emit();
        writer.Close();
        foreach (string _ in name.ContainingTypes) writer.Close();
        storage.Emit(writer);
        return writer.ToString();
    }
}
