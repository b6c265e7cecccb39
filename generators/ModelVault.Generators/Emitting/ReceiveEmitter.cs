using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits what sets generated values on an instance that was written:
/// <code>
/// reader.BeginList();
/// value.CreatedAt = reader.ReadDateTime();
/// BookStorage.SetId(value, reader.ReadInt64());
/// reader.EndList();
/// </code>
/// </summary>
internal sealed class ReceiveEmitter(TypeModel model, SourceWriter writer, StorageEmitter storage)
{
    /// <summary>Whether a model has anything to set.</summary>
    public static bool IsNeeded(TypeModel model) => model.Construction.Generated.Any(static m => m.Setter is not null);

    /// <summary>Emits the method.</summary>
    public void Emit()
    {
        string type = model.Name.FullName;
        writer.Line(Library.GeneratedCode);
        writer.Open($"static void {Library.Runtime}.IReceivesGenerated<{type}>.Receive({type} value, ref {Library.Runtime}.MessagePackReader reader)");
        writer.Line("reader.BeginList();");
        foreach (GeneratedMemberModel member in model.Construction.Generated) writer.Line(Statement(member));
        writer.Line("reader.EndList();");
        writer.Close();
    }

    private string Statement(GeneratedMemberModel member)
    {
        FieldModel field = model.Fields[member.Ordinal];
        string read = ValueReader.Expression(field.Value, storage, field.Member);
        return member.Setter switch
        {
            null => "reader.Skip();",
            { Accessor: { } accessor } => storage.SetterCall(field, accessor, isValueType: false, "value", read) + ";",
            _ => $"value.{CSharpText.Identifier(field.Member)} = {read};",
        };
    }
}
