using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits a model's <c>Read</c>. With a constructor without parameters the instance is made first and its members are set as
/// their fields come, so that a field which the record lacks keeps its initializer:
/// <code>
/// Book value = new() { Title = default! };
/// int count = reader.BeginObject();
/// for (int i = 0; reader.NextField(BookStorage.Names, i, count, out int ordinal); i++)
/// {
///     switch (ordinal)
///     {
///         case 0:
///             value.Author = reader.ReadString();
///             break;
///         …
/// </code>
/// With parameters the fields are read into locals, and the instance is made of them at the end.
/// </summary>
internal class ReadEmitter(TypeModel model, SourceWriter writer, StorageEmitter storage)
{
    private readonly ConstructionModel _construction = model.Construction;
    private readonly Names _names = new("value", "reader", "count", "i", "ordinal", "left");
    private string[] _locals = [];
    private string[] _flags = [];

    /// <summary>The names that the method has in use.</summary>
    protected Names Names => _names;

    /// <summary>The interface that the method implements.</summary>
    protected virtual string Interface => $"{Library.Runtime}.IVaultObject<{model.Name.FullName}>";

    private bool MakesFirst => _construction.Parameters.Count == 0;

    /// <summary>Emits the method.</summary>
    public void Emit()
    {
        _locals = [.. model.Fields.Select(f => _names.Take($"{CSharpText.Parameter(f.Member).TrimStart('@')}Value"))];
        _flags = [.. model.Fields.Select(f => _names.Take($"has{f.Member}"))];
        writer.Line(Library.GeneratedCode);
        writer.Open($"static {model.Name.FullName} {Interface}.Read<TReader>(ref TReader reader)");
        if (MakesFirst) writer.Line($"{model.Name.FullName} value = new(){Initializer()};");
        else DeclareLocals();
        ReadFields();
        if (!MakesFirst) MakeFromLocals();
        if (MakesFirst) CheckMembers();
        writer.Line("return value;");
        writer.Close();
    }

    /// <summary>Emits what reads the fields.</summary>
    protected virtual void ReadFields()
    {
        writer.Line("int count = reader.BeginObject();");
        writer.Open($"for (int i = 0; reader.NextField({storage.FieldNames}, i, count, out int ordinal); i++)");
        writer.Open("switch (ordinal)");
        for (int i = 0; i < model.Fields.Count; i++)
        {
            writer.Line($"case {CSharpText.Number(i)}:");
            ReadField(i);
            writer.Indented("break;");
        }

        writer.Line("default:");
        writer.Indented("reader.Skip();");
        writer.Indented("break;");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Line("reader.EndObject();");
    }

    /// <summary>Emits the statements that read a field.</summary>
    protected void ReadField(int ordinal)
    {
        string read = ValueReader.Expression(model.Fields[ordinal].Value, storage, model.Fields[ordinal].Member);
        writer.Indented(MakesFirst ? Assignment(ordinal, read) : $"{_locals[ordinal]} = {read};");
        if (!MakesFirst && NeedsFlag(ordinal)) writer.Indented($"{_flags[ordinal]} = true;");
    }

    private void DeclareLocals()
    {
        for (int i = 0; i < model.Fields.Count; i++)
        {
            string initial = _construction.Parameters.FirstOrDefault(p => p.Ordinal == i)?.Default ?? "default!";
            writer.Line($"{model.Fields[i].Value.DeclaredType} {_locals[i]} = {initial};");
            if (NeedsFlag(i)) writer.Line($"bool {_flags[i]} = false;");
        }
    }

    private void MakeFromLocals()
    {
        for (int i = 0; i < model.Fields.Count; i++)
            if (model.Fields[i].Value.CanBeAbsent && !NeedsFlag(i)) CheckPresent(i, _locals[i]);

        string arguments = string.Join(", ", _construction.Parameters.Select(p => $"{p.Name}: {_locals[p.Ordinal]}"));
        writer.Line($"{model.Name.FullName} value = new({arguments}){Initializer()};");
        for (int i = 0; i < model.Fields.Count; i++)
            if (NeedsFlag(i)) writer.Line($"if ({_flags[i]}) {Assignment(i, _locals[i])}");
        CheckMembers();
    }

    // Members that construction does not set may have an initializer: only what was read is assigned.
    private bool NeedsFlag(int ordinal) => _construction.Bindings[ordinal] is { Kind: not BindingKind.Parameter, IsRequired: false };

    private void CheckMembers()
    {
        for (int i = 0; i < model.Fields.Count; i++)
            if (model.Fields[i].Value.CanBeAbsent && (MakesFirst || NeedsFlag(i))) CheckPresent(i, $"value.{CSharpText.Identifier(model.Fields[i].Member)}");
    }

    private void CheckPresent(int ordinal, string expression)
    {
        string type = CSharpText.Literal(model.Collection?.StoredName ?? model.Name.Simple);
        writer.Line($"if ({model.Fields[ordinal].Value.AbsenceOf(expression)}) throw {Library.Errors}.MissingField({type}, {CSharpText.Literal(model.Fields[ordinal].StoredName)});");
    }

    private string Initializer()
    {
        List<string> members = [.. _construction.Placeholders.Select(static p => $"{p} = default!")];
        for (int i = 0; i < model.Fields.Count; i++)
            if (_construction.Bindings[i].IsRequired) members.Add($"{CSharpText.Identifier(model.Fields[i].Member)} = {(MakesFirst ? "default!" : _locals[i])}");
        return members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}";
    }

    private string Assignment(int ordinal, string read)
    {
        FieldModel field = model.Fields[ordinal];
        string member = $"value.{CSharpText.Identifier(field.Member)}";
        return _construction.Bindings[ordinal] switch
        {
            { Kind: BindingKind.Accessor, Accessor: { } accessor } => storage.SetterCall(field, accessor, model.Name.IsValueType, "value", read) + ";",
            { Kind: BindingKind.Fill } => Fill(field, member, read),
            _ => $"{member} = {read};",
        };
    }

    // What the initializer put there makes way for what was stored.
    private static string Fill(FieldModel field, string member, string read)
    {
        string target = field.Value.IsNullable ? $"{member}!" : member;
        string add = field.Value.Kind == ValueKind.Map ? $"{target}.Add(item.Key, item.Value);" : $"{target}.Add(item);";
        return field.Value.IsNullable
            ? $"{{ if (({read}) is {{ }} items) {{ {target}.Clear(); foreach (var item in items) {add} }} }}"
            : $"{{ {target}.Clear(); foreach (var item in {read}) {add} }}";
    }
}
