using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits the fields structs. Of a collection:
/// <code>
/// [VaultFields(typeof(Book))]
/// public readonly struct BookFields
/// {
///     private static readonly FieldInfo&lt;Book, string&gt; s_author = new("author", 0, FieldTypes.String);
///     public StringField&lt;Book&gt; Author => new(s_author);
/// }
/// </code>
/// Of an object, generic over the model that holds it, once for an object that is there and once for one that may be null.
/// </summary>
internal sealed class FieldsEmitter(TypeModel model, SourceWriter writer, StorageEmitter storage)
{
    private readonly TypeName _name = model.Name;
    private readonly FieldExpressions _expressions = new(storage);

    /// <summary>Emits the struct of a collection.</summary>
    public void EmitCollection()
    {
        writer.Summary($"The stored fields of <see cref=\"{CSharpText.Xml(_name.FullName)}\"/>, for filters, orderings and projections.");
        Open($"readonly struct {_name.Simple}Fields");
        Names names = new();
        List<string> fields = [.. model.Fields.Select(f => names.Take($"s_{CSharpText.Parameter(f.Member).TrimStart('@')}"))];
        for (int i = 0; i < model.Fields.Count; i++) EmitDescriptor(model.Fields[i], i, fields[i]);
        for (int i = 0; i < model.Fields.Count; i++)
        {
            FieldModel field = model.Fields[i];
            string value = IsBool(field.Value) ? fields[i] : _expressions.New(field.Value, _name.FullName, fields[i], field.Member);
            EmitProperty(field, field.Value, _name.FullName, value);
        }

        writer.Close();
    }

    /// <summary>Emits the structs of an object.</summary>
    public void EmitObject()
    {
        writer.Summary($"The stored fields of a <see cref=\"{CSharpText.Xml(_name.FullName)}\"/> inside a model.");
        EmitObject($"{_name.Simple}Fields", isNullable: false);
        writer.Line();
        writer.Summary($"The stored fields of a <see cref=\"{CSharpText.Xml(_name.FullName)}\"/> that may be null. Those of a null are null.");
        EmitObject($"Nullable{_name.Simple}Fields", isNullable: true);
    }

    // A bool's field is a class, so the one instance is kept instead of its descriptor.
    private void EmitDescriptor(FieldModel field, int ordinal, string name)
    {
        string type = $"{Library.Runtime}.FieldInfo<{_name.FullName}, {field.Value.DeclaredType}>";
        string arguments = $"{CSharpText.Literal(field.StoredName)}, {CSharpText.Number(ordinal)}, {storage.FieldType(field.Value, field.Member)}";
        writer.Line(IsBool(field.Value)
            ? $"private static readonly {FieldExpressions.TypeOf(field.Value, _name.FullName)} {name} = new(new {type}({arguments}));"
            : $"private static readonly {type} {name} = new({arguments});");
    }

    private void EmitProperty(FieldModel field, ValueModel value, string modelType, string expression)
    {
        writer.Line();
        writer.Summary($"The field <c>{CSharpText.Xml(field.StoredName)}</c>.");
        writer.Line($"public {FieldExpressions.TypeOf(value, modelType)} {CSharpText.Identifier(field.Member)} => {expression};");
    }

    private void EmitObject(string structName, bool isNullable)
    {
        string type = isNullable ? $"{_name.FullName}?" : _name.FullName;
        string info = $"{Library.Runtime}.FieldInfo<TModel, {type}>";
        Open($"readonly struct {structName}<TModel> : {Library.Public}.IStoredField<TModel, {type}>", "<typeparam name=\"TModel\">The model.</typeparam>");
        writer.Line($"private readonly {info} _field;");
        writer.Line();
        writer.Summary("Made by generated code.");
        writer.Line(Library.Hidden);
        writer.Line($"public {structName}({info} field) => _field = field;");
        writer.Line();
        writer.Line($"{info} {Library.Public}.IField<TModel, {type}>.Field => _field;");
        for (int i = 0; i < model.Fields.Count; i++)
        {
            FieldModel field = model.Fields[i];
            ValueModel value = isNullable ? field.Value with { IsNullable = true } : field.Value;
            string member = $"_field.Member({CSharpText.Literal(field.StoredName)}, {CSharpText.Number(i)}, {storage.FieldType(value, field.Member)})";
            EmitProperty(field, value, "TModel", _expressions.New(value, "TModel", member, field.Member));
        }

        if (isNullable) EmitNullness(structName);
        writer.Close();
    }

    private void EmitNullness(string structName)
    {
        string field = _name.IsValueType ? "NullableOrderedField" : "NullableReferenceField";
        string filter = $"{Library.Public}.VaultFilter<TModel>";
        writer.Line();
        writer.Summary("Whether it is null; <c>== null</c> means the same.");
        writer.Line($"public {filter} IsNull => new {Library.Public}.{field}<TModel, {_name.FullName}>(_field).IsNull;");
        writer.Line();
        writer.Summary("Whether the object is null.");
        writer.Line($"public static {filter} operator ==({structName}<TModel> field, {Library.Public}.VaultNull? value) => field.IsNull;");
        writer.Line();
        writer.Summary("Whether the object is not null.");
        writer.Line($"public static {filter} operator !=({structName}<TModel> field, {Library.Public}.VaultNull? value) => !field.IsNull;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override bool Equals(object? obj) => false;");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public override int GetHashCode() => _field.GetHashCode();");
    }

    private void Open(string declaration, string? remark = null)
    {
        if (remark is not null) writer.Line($"/// {remark}");
        writer.Line(Library.GeneratedCode);
        writer.Line($"[{Library.Runtime}.VaultFields(typeof({_name.FullName}))]");
        writer.Open($"{_name.Accessibility} {declaration}");
    }

    private static bool IsBool(ValueModel value) => value is { Kind: ValueKind.Bool, IsNullable: false };
}
