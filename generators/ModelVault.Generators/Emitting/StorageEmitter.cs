using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Collects what a model's code shares (name tables, field types, list readers, patterns, setters) while the rest is emitted,
/// and emits it as one file-local class, so that none of it shows beside the user's types:
/// <code>
/// file static class BookStorage
/// {
///     internal static readonly FieldNames Names = new("author", "id", …);
///     internal static readonly FieldType&lt;double?&gt; RatingType = FieldTypes.Nullable(FieldTypes.Double);
///     internal static List&lt;string&gt; ReadTags&lt;TReader&gt;(ref TReader reader) where TReader : struct, IRecordReader, allows ref struct { … }
/// }
/// </code>
/// </summary>
internal sealed class StorageEmitter
{
    private readonly string _class;
    private readonly Names _names = new("Names");
    private readonly List<Action<SourceWriter>> _members = [];
    private readonly List<Action<SourceWriter>> _genericSetters = [];
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<ValueModel, string> _readers = [];
    private readonly Dictionary<string, string> _setters = new(StringComparer.Ordinal);

    /// <summary>Starts the class of a model.</summary>
    public StorageEmitter(TypeModel model)
    {
        _class = model.Name.StorageClass;
        string names = string.Join(", ", model.Fields.Select(static f => CSharpText.Literal(f.StoredName)));
        _members.Add(w => w.Line($"internal static readonly {Library.Runtime}.FieldNames Names = new({names});"));
    }

    /// <summary>The fields' stored names.</summary>
    public string FieldNames => $"{_class}.Names";

    /// <summary>The table of an enum's names.</summary>
    public string EnumNames(ValueModel value)
    {
        string members = string.Join(", ", value.Enum!.Members.Select(m => $"({CSharpText.Literal(m.Name)}, {value.Type}.{CSharpText.Identifier(m.Name)})"));
        return Field($"{Library.Runtime}.EnumNames<{value.Type}>", $"{SimpleName(value.Type)}Names", $"new({members})");
    }

    /// <summary>The field type of a value.</summary>
    public string FieldType(ValueModel value, string member)
    {
        string expression = FieldTypes.Of(value, this, member);
        return FieldTypes.IsShared(value) ? expression : Field($"{Library.Runtime}.FieldType<{value.DeclaredType}>", $"{member}Type", expression);
    }

    /// <summary>A compiled pattern.</summary>
    public string Pattern(string pattern, string member) =>
        Field("global::System.Text.RegularExpressions.Regex", $"{member}Pattern", $"{Library.Runtime}.VaultValidator.Pattern({pattern})");

    /// <summary>A message whose text is asked for when it is needed.</summary>
    public string Message(string code, string member) => Field($"{Library.Runtime}.VaultMessage", $"{member}Message", code);

    /// <summary>An instance of a validation attribute.</summary>
    public string Attribute(string code, string name) => Field("global::System.ComponentModel.DataAnnotations.ValidationAttribute", $"{name}Attribute", code);

    /// <summary>The method that finds a member by its name in C#: its stored name, and its value.</summary>
    public string MemberFinder(TypeModel model)
    {
        string name = _names.Take("FindMember");
        _members.Add(w =>
        {
            w.Line();
            w.Open($"internal static (string? Field, object? Value) {name}({model.Name.FullName} value, string member) => member switch");
            foreach (FieldModel field in model.Fields) w.Line($"{CSharpText.Literal(field.Member)} => ({CSharpText.Literal(field.StoredName)}, value.{CSharpText.Identifier(field.Member)}),");
            w.Line("_ => (member, null),");
            w.Close(";");
        });
        return $"{_class}.{name}";
    }

    /// <summary>The method that reads a list or map that is not null.</summary>
    public string Reader(ValueModel value, string member)
    {
        ValueModel present = value with { IsNullable = false };
        if (_readers.TryGetValue(present, out string? known)) return known;
        string name = _names.Take($"Read{member}");
        _readers[present] = $"{_class}.{name}";
        CollectionReaderEmitter reader = new(name, present, member, this);
        List<string> code = reader.Lines();
        _members.Add(w =>
        {
            w.Line();
            w.Lines(code);
        });
        return $"{_class}.{name}";
    }

    /// <summary>The table of a union's cases.</summary>
    public string UnionCases(ValueModel value)
    {
        string cases = string.Join(", ", value.Union!.Cases.Select(static c => $"({CSharpText.Literal(c.Name)}, typeof({c.Type}))"));
        return Field($"{Library.Runtime}.UnionCases", $"{SimpleName(value.Type)}Cases", $"new({cases})");
    }

    /// <summary>The method that writes a union.</summary>
    public string UnionWriter(ValueModel value) => Method("Write", value, UnionEmitter.EmitWrite);

    /// <summary>The method that reads a union.</summary>
    public string UnionReader(ValueModel value) => Method("Read", value, UnionEmitter.EmitRead);

    /// <summary>The method that validates a union.</summary>
    public string UnionValidator(ValueModel value) => Method("Validate", value, UnionEmitter.EmitValidate);

    private string Method(string verb, ValueModel value, Action<SourceWriter, string, ValueModel, string> emit)
    {
        string key = $"{verb} {value.Type}";
        if (_fields.TryGetValue(key, out string? known)) return known;
        string name = _names.Take($"{verb}{SimpleName(value.Type)}"), cases = UnionCases(value);
        _members.Add(w =>
        {
            w.Line();
            emit(w, name, value, cases);
        });
        return _fields[key] = $"{_class}.{name}";
    }

    /// <summary>The call that sets a member through its inaccessible setter.</summary>
    public string SetterCall(FieldModel field, AccessorModel accessor, bool isValueType, string target, string value)
    {
        if (!_setters.TryGetValue(field.Member, out string? setter)) _setters[field.Member] = setter = AddSetter(field, accessor, isValueType);
        return Call(setter, accessor, isValueType ? $"ref {target}" : target, value);
    }

    private string AddSetter(FieldModel field, AccessorModel accessor, bool isValueType)
    {
        if (accessor.TypeParameters.Length == 0)
        {
            string name = _names.Take($"Set{field.Member}");
            _members.Add(w =>
            {
                w.Line();
                EmitSetter(w, name, field, accessor, isValueType);
            });
            return $"{_class}.{name}";
        }

        // The accessor of a generic type's member is declared in a type with the same type parameters.
        string holder = $"{_class}Set{field.Member}";
        _genericSetters.Add(w =>
        {
            w.Line();
            w.Open(string.Join(" ", [$"file static class {holder}{accessor.TypeParameters}", .. accessor.Constraints]));
            EmitSetter(w, "Set", field, accessor, isValueType);
            w.Close();
        });
        return $"{holder}{accessor.TypeArguments}.Set";
    }

    private static string Call(string method, AccessorModel accessor, string receiver, string value) =>
        accessor.IsField ? $"{method}({receiver}) = {value}" : $"{method}({receiver}, {value})";

    /// <summary>Emits the class. Called last, when everything has been asked for.</summary>
    public void Emit(SourceWriter writer)
    {
        writer.Line();
        writer.Line(Library.GeneratedCode);
        writer.Open($"file static class {_class}");
        foreach (Action<SourceWriter> member in _members) member(writer);
        writer.Close();
        foreach (Action<SourceWriter> setter in _genericSetters) setter(writer);
    }

    // One field per expression: a type that several members share is made once.
    private string Field(string type, string name, string expression)
    {
        string key = $"{type} {expression}";
        if (_fields.TryGetValue(key, out string? known)) return known;
        string unique = _names.Take(name);
        _members.Add(w => w.Line($"internal static readonly {type} {unique} = {expression};"));
        return _fields[key] = $"{_class}.{unique}";
    }

    private static void EmitSetter(SourceWriter writer, string name, FieldModel field, AccessorModel accessor, bool isValueType)
    {
        const string Kind = "global::System.Runtime.CompilerServices.UnsafeAccessorKind";
        string target = $"{(isValueType ? "ref " : "")}{accessor.DeclaringType} target";
        string member = CSharpText.Literal(accessor.IsField ? $"<{field.Member}>k__BackingField" : $"set_{field.Member}");
        writer.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor({Kind}.{(accessor.IsField ? "Field" : "Method")}, Name = {member})]");
        writer.Line(accessor.IsField
            ? $"internal static extern ref {accessor.ValueType} {name}({target});"
            : $"internal static extern void {name}({target}, {accessor.ValueType} value);");
    }

    private static string SimpleName(string type) => type.Substring(type.LastIndexOf('.') + 1).Replace("global::", "").TrimStart('@');
}
