using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits the methods that write, read and validate a union by its case:
/// <code>
/// internal static void WriteShape&lt;TWriter&gt;(in Shape value, ref TWriter writer) where TWriter : struct, IRecordWriter, allows ref struct
/// {
///     switch (DrawingStorage.ShapeCases.OrdinalOf(value))
///     {
///         case 0:
///             writer.BeginUnion("circle"u8);
///             VaultObjects.Write&lt;Circle, TWriter&gt;((Circle)value, ref writer);
///             break;
///         …
///     }
///
///     writer.EndUnion();
/// }
/// </code>
/// A value of a type derived from a case is none: what the case does not know of it would be lost.
/// </summary>
internal static class UnionEmitter
{
    /// <summary>The method that writes a value.</summary>
    public static void EmitWrite(SourceWriter writer, string name, ValueModel value, string cases)
    {
        writer.Line($"internal static void {name}<TWriter>(in {value.Type} value, ref TWriter writer)");
        writer.Indented($"where TWriter : struct, {Library.Runtime}.IRecordWriter, allows ref struct");
        writer.Line("{");
        writer.Indent();
        Switch(writer, value, cases, static c =>
        [
            $"writer.BeginUnion({CSharpText.Literal(c.Name)}u8);",
            $"{Library.Objects}.Write<{c.Type}, TWriter>(({c.Type})value, ref writer);",
        ]);
        writer.Line();
        writer.Line("writer.EndUnion();");
        writer.Close();
    }

    /// <summary>The method that reads a value.</summary>
    public static void EmitRead(SourceWriter writer, string name, ValueModel value, string cases)
    {
        writer.Line($"internal static {value.Type} {name}<TReader>(ref TReader reader)");
        writer.Indented($"where TReader : struct, {Library.Runtime}.IRecordReader, allows ref struct");
        writer.Line("{");
        writer.Indent();
        writer.Open($"{value.Type} value = reader.BeginUnion({cases}) switch");
        for (int i = 0; i < value.Union!.Cases.Count; i++)
            writer.Line($"{(i == value.Union.Cases.Count - 1 ? "_" : CSharpText.Number(i))} => {Library.Objects}.Read<{value.Union.Cases[i].Type}, TReader>(ref reader),");
        writer.Close(";");
        writer.Line("reader.EndUnion();");
        writer.Line("return value;");
        writer.Close();
    }

    /// <summary>The method that validates a value.</summary>
    public static void EmitValidate(SourceWriter writer, string name, ValueModel value, string cases)
    {
        writer.Open($"internal static void {name}({value.Type} value, ref {Library.Runtime}.VaultValidator validator)");
        Switch(writer, value, cases, static c => [$"{Library.Objects}.Validate<{c.Type}>(({c.Type})value, ref validator);"]);
        writer.Close();
    }

    private static void Switch(SourceWriter writer, ValueModel value, string cases, Func<UnionCaseModel, IEnumerable<string>> statements)
    {
        writer.Open($"switch ({cases}.OrdinalOf(value))");
        for (int i = 0; i < value.Union!.Cases.Count; i++)
        {
            writer.Line(i == value.Union.Cases.Count - 1 ? "default:" : $"case {CSharpText.Number(i)}:");
            foreach (string statement in statements(value.Union.Cases[i])) writer.Indented(statement);
            writer.Indented("break;");
        }

        writer.Close();
    }
}
