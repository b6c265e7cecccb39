using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits a model's <c>Validate</c>: what can't be null is there, every constraint holds, nested objects are valid.
/// <code>
/// if (value.Title is not { } title)
/// {
///     validator.Missing("title");
/// }
/// else
/// {
///     validator.MaxLength("title", title.Length, 500, title);
/// }
/// </code>
/// </summary>
internal sealed class ValidateEmitter(TypeModel model, SourceWriter writer, StorageEmitter storage)
{
    private readonly Names _locals = new("value", "validator");

    /// <summary>Emits the method.</summary>
    public void Emit()
    {
        writer.Line(Library.GeneratedCode);
        writer.Open($"static void {Library.Runtime}.IVaultObject<{model.Name.FullName}>.Validate(in {model.Name.FullName} value, ref {Library.Runtime}.VaultValidator validator)");
        string broken = model.Checks is null ? "" : _locals.Take("broken");
        if (model.Checks is not null) writer.Line($"int {broken} = validator.Count;");
        foreach (FieldModel field in model.Fields) EmitField(field);
        if (model.Checks is { } checks) EmitObjectChecks(checks, broken);
        writer.Close();
    }

    // They are written for objects whose members are right, as the platform's own validator guarantees them.
    private void EmitObjectChecks(ObjectChecksModel checks, string broken)
    {
        string finder = storage.MemberFinder(model);
        if (checks.Attributes.Count > 0)
        {
            writer.Open($"if (validator.Count == {broken})");
            foreach (ObjectAttributeModel attribute in checks.Attributes)
                writer.Line($"validator.Custom<{model.Name.FullName}>(value, {storage.Attribute(attribute.Code, $"Object{attribute.Rule}")}, {CSharpText.Literal(attribute.Rule)}, {CSharpText.Literal(model.Name.Simple)}, {finder});");
            writer.Close();
        }

        if (checks.IsValidatable) writer.Line($"if (validator.Count == {broken}) validator.Validatable<{model.Name.FullName}>(value, {CSharpText.Literal(model.Name.Simple)}, {finder});");
    }

    // Of what the database sets, only what is given is checked: a default stands for what is still to come.
    private void EmitField(FieldModel field)
    {
        if (field.Generated is GeneratedValue.UpdatedAt or GeneratedValue.ConcurrencyToken) return;
        if (field.Generated == GeneratedValue.None || (field.Constraints.Count == 0 && !field.IsRequired))
        {
            EmitConstraints(field);
            return;
        }

        writer.Open($"if (value.{CSharpText.Identifier(field.Member)} != default({field.Value.DeclaredType}))");
        EmitConstraints(field);
        writer.Close();
    }

    private void EmitConstraints(FieldModel field)
    {
        string member = $"value.{CSharpText.Identifier(field.Member)}";
        ValuePath path = ValuePath.Of(field.StoredName);
        foreach (ConstraintModel constraint in field.Constraints.Where(c => ConstraintCall.TakesNull(c, field)))
            writer.Line(ConstraintCall.Of(constraint, field, member, path, storage));

        List<ConstraintModel> onValue = [.. field.Constraints.Where(c => c.Kind != ConstraintKind.Required && !ConstraintCall.TakesNull(c, field))];
        bool reportsNull = field.Constraints.Any(c => c.Kind == ConstraintKind.Required && ConstraintCall.TakesNull(c, field));
        bool needsValue = onValue.Count > 0 || NeedsChecks(field.Value);
        bool mayBeNull = field.Value.IsNullable || !field.Value.IsValueType;
        bool mustBeThere = !reportsNull && (field.Value.IsRequiredReference || (field.IsRequired && field.Value.IsNullable));
        if (!mayBeNull && !needsValue) return;

        string local = needsValue ? _locals.Take(CSharpText.Parameter(field.Member)) : "";
        if (mustBeThere) EmitNullCheck(field, member, path, local, needsValue);
        else if (!needsValue) return;
        else if (mayBeNull) writer.Open($"if ({member} is {{ }} {local})");
        else writer.Line($"{field.Value.Type} {local} = {member};");

        if (!needsValue) return;
        if (field.Value.IsImmutableArray) OpenUnlessDefault(local, path);
        foreach (ConstraintModel constraint in onValue) writer.Line(ConstraintCall.Of(constraint, field, local, path, storage));
        EmitContents(field.Value, local, path);
        if (field.Value.IsImmutableArray) writer.Close();
        if (mayBeNull) writer.Close();
    }

    private void EmitNullCheck(FieldModel field, string member, ValuePath path, string local, bool needsValue)
    {
        MessageModel? message = field.Constraints.FirstOrDefault(static c => c.Kind == ConstraintKind.Required)?.Message;
        string report = message is null ? $"validator.Missing({path.Expression});" : $"validator.Missing({path.Expression}, {ConstraintCall.Message(message, field, storage)});";
        if (!needsValue)
        {
            writer.Line($"if ({member} is null) {report}");
            return;
        }

        writer.Open($"if ({member} is not {{ }} {local})");
        writer.Line(report);
        writer.Close();
        writer.Open("else");
    }

    // Whether there is something to check inside the value: an object, or items that must not be null.
    private static bool NeedsChecks(ValueModel value) => value.Kind switch
    {
        ValueKind.Object or ValueKind.Union => true,
        ValueKind.Converted => NeedsChecks(value.Converter!.Stored),
        ValueKind.Wrapper => value.Wrapper!.Inner.IsRequiredReference,
        ValueKind.List => value.IsImmutableArray || ItemsNeedChecks(value),
        ValueKind.Map => ItemsNeedChecks(value),
        _ => false,
    };

    private static bool ItemsNeedChecks(ValueModel value) => value.Kind switch
    {
        ValueKind.List => value.List!.Element.IsRequiredReference || NeedsChecks(value.List.Element),
        ValueKind.Map => value.Map!.Value.IsRequiredReference || NeedsChecks(value.Map.Value) || KeysNeedChecks(value.Map),
        _ => true,
    };

    private static bool KeysNeedChecks(MapModel map) => map.Key.Wrapper is { Inner.IsRequiredReference: true };

    private void EmitChecks(ValueModel value, string local, ValuePath path)
    {
        if (!NeedsChecks(value)) return;
        if (value.IsImmutableArray) OpenUnlessDefault(local, path);
        EmitContents(value, local, path);
        if (value.IsImmutableArray) writer.Close();
    }

    private void OpenUnlessDefault(string local, ValuePath path)
    {
        writer.Open($"if ({local}.IsDefault)");
        writer.Line($"validator.Missing({path.Expression});");
        writer.Close();
        writer.Open("else");
    }

    private void EmitContents(ValueModel value, string local, ValuePath path)
    {
        if (!NeedsChecks(value) || !ItemsNeedChecks(value)) return;
        switch (value.Kind)
        {
            case ValueKind.Object:
                writer.Line(path.EnterCall);
                writer.Line($"{Library.Objects}.Validate<{value.Type}>({local}, ref validator);");
                writer.Line("validator.Leave();");
                break;
            case ValueKind.Union:
                EmitUnion(value, local, path);
                break;
            case ValueKind.Converted:
                string stored = _locals.Take($"{local.TrimStart('@').Split('.')[0]}Stored");
                writer.Line($"{value.Converter!.Stored.Type} {stored} = {FieldTypes.ToStored(value, local)};");
                EmitChecks(value.Converter.Stored, stored, path);
                break;
            case ValueKind.Wrapper:
                writer.Line($"if ({local}.{value.Wrapper!.Member} is null) validator.Missing({path.Expression});");
                break;
            case ValueKind.List:
                EmitItems(value.List!, local, path);
                break;
            default:
                EmitEntries(value.Map!, local, path);
                break;
        }
    }

    private void EmitUnion(ValueModel value, string local, ValuePath path)
    {
        string cases = storage.UnionCases(value);
        writer.Open($"if (!{cases}.Contains({local}))");
        writer.Line($"validator.Fail({path.Expression}, \"Union\", {local}, {cases}.Unknown({local}));");
        writer.Close();
        writer.Open("else");
        writer.Line(path.EnterCall);
        writer.Line($"{storage.UnionValidator(value)}({local}, ref validator);");
        writer.Line("validator.Leave();");
        writer.Close();
    }

    private void EmitItems(ListModel list, string local, ValuePath path)
    {
        string name = local.TrimStart('@');
        string item = _locals.Take($"{name}Item"), index = _locals.Take($"{name}Index");
        writer.Line($"int {index} = 0;");
        writer.Open($"foreach ({list.Element.DeclaredType} {item} in {local})");
        EmitPart(list.Element, item, path.Item(index));
        writer.Line($"{index}++;");
        writer.Close();
    }

    private void EmitEntries(MapModel map, string local, ValuePath path)
    {
        string entry = _locals.Take($"{local.TrimStart('@')}Entry");
        writer.Open($"foreach (global::System.Collections.Generic.KeyValuePair<{map.Key.Type}, {map.Value.DeclaredType}> {entry} in {local})");
        if (KeysNeedChecks(map)) writer.Line($"if ({map.StoredKeyOf($"{entry}.Key")} is null) validator.Missing({path.Entry("\"\"").Expression});");
        if (map.Value.IsRequiredReference || NeedsChecks(map.Value)) EmitPart(map.Value, $"{entry}.Value", path.Entry(map.StoredKeyOf($"{entry}.Key")));
        writer.Close();
    }

    // An item of a list, or the value of an entry.
    private void EmitPart(ValueModel value, string expression, ValuePath path)
    {
        if (!NeedsChecks(value))
        {
            writer.Line($"if ({expression} is null) validator.Missing({path.Expression});");
            return;
        }

        if (value.IsValueType && !value.IsNullable)
        {
            EmitChecks(value, expression, path);
            return;
        }

        string present = _locals.Take("present");
        if (value.IsNullable)
        {
            writer.Open($"if ({expression} is {{ }} {present})");
        }
        else
        {
            writer.Open($"if ({expression} is not {{ }} {present})");
            writer.Line($"validator.Missing({path.Expression});");
            writer.Close();
            writer.Open("else");
        }

        EmitChecks(value, present, path);
        writer.Close();
    }
}
