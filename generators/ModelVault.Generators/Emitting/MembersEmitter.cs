using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits what JSON needs to know of a type's members beside the schema:
/// <code>
/// static VaultMembers IVaultObject&lt;Book&gt;.Members => new([
///     new("Author", IsRequired: true),
///     new("Isbn", JsonName: "isbn13"),
///     new("Publisher", Type: VaultObjects.Members&lt;Publisher&gt;()),
/// ]);
/// </code>
/// </summary>
internal static class MembersEmitter
{
    /// <summary>Emits the property.</summary>
    public static void Emit(TypeModel model, SourceWriter writer)
    {
        writer.Line(Library.GeneratedCode);
        writer.Line($"static {Library.Runtime}.VaultMembers {Library.Runtime}.IVaultObject<{model.Name.FullName}>.Members => new([");
        for (int i = 0; i < model.Fields.Count; i++)
        {
            string member = Member(model.Fields[i], IsRequired(model, i));
            writer.Indented($"{member},");
        }

        writer.Line("]);");
    }

    private static string Member(FieldModel field, bool isRequired)
    {
        string member = CSharpText.Literal(field.Member);
        if (field.Json.Name is { } name) member += $", JsonName: {CSharpText.Literal(name)}";
        if (field.Json.IsIgnored) member += ", IsIgnored: true";
        if (isRequired) member += ", IsRequired: true";
        if (TypeOf(field.Value) is { } type) member += $", Type: {type}";
        return $"new({member})";
    }

    // What C# itself demands of whoever makes an instance; of a parameter that may be null the null is as good.
    private static bool IsRequired(TypeModel model, int ordinal) => model.Construction.Bindings[ordinal].IsRequired
        || (!model.Fields[ordinal].Value.IsNullable && model.Construction.Parameters.Any(p => p.Ordinal == ordinal && p.Default is null));

    private static string? TypeOf(ValueModel value) => value.Kind switch
    {
        ValueKind.Converted => TypeOf(value.Converter!.Stored),
        ValueKind.Object => $"{Library.Objects}.Members<{value.Type}>()",
        ValueKind.Union => $"{Library.Runtime}.VaultMembers.OfUnion({string.Join(", ", value.Union!.Cases.Select(static c => $"{Library.Objects}.Members<{c.Type}>()"))})",
        ValueKind.List => TypeOf(value.List!.Element),
        ValueKind.Map => TypeOf(value.Map!.Value),
        _ => null,
    };
}
