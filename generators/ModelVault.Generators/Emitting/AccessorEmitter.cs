using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>Emits the accessor: <c>db.Books</c> in C# 14, <c>db.Books()</c> before it or where the project asks for the method.</summary>
internal static class AccessorEmitter
{
    /// <summary>Emits the class that holds it.</summary>
    public static void Emit(TypeModel model, GeneratorOptions options, SourceWriter writer)
    {
        string name = $"{model.Name.ContainingName}{model.Name.Simple}";
        string collection = CollectionType(model.Name);
        string accessor = CSharpText.Identifier(model.Collection!.Accessor);
        string body = $"context.GetCollection(static c => new {collection}(c))";
        string summary = $"The collection <c>{CSharpText.Xml(model.Collection.StoredName)}</c> in this context.";
        writer.Line();
        writer.Summary($"Gives every context its <see cref=\"{CSharpText.Xml(collection)}\"/>.");
        writer.Line(Library.GeneratedCode);
        writer.Open($"{model.Name.Accessibility} static class {name}VaultExtensions");
        if (options.UsesExtensionProperty)
        {
            writer.Open($"extension({Library.Public}.VaultContext context)");
            writer.Summary(summary);
            writer.Line($"public {collection} {accessor} => {body};");
            writer.Close();
        }
        else
        {
            writer.Summary(summary);
            writer.Line($"public static {collection} {accessor}(this {Library.Public}.VaultContext context) => {body};");
        }

        writer.Close();
    }

    /// <summary>The generated collection's full name.</summary>
    public static string CollectionType(TypeName name) =>
        $"{name.FullName.Substring(0, name.FullName.Length - CSharpText.Identifier(name.Simple).Length)}{name.Simple}Collection";
}
