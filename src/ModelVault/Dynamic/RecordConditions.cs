using System.Collections;
using System.Runtime.CompilerServices;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Makes filters of conditions that are written as text. They are the typed fields' own filters, over objects instead of
/// types, so planner and evaluation are the same.
/// </summary>
internal sealed class RecordConditions(CollectionSchema schema, RecordFields fields)
{
    /// <summary>A condition on the field at a path. On a path through lists it holds where it does for any item.</summary>
    public VaultFilter<VaultRecord> Make(RecordField field, string operation, object? value, StringComparison comparison)
    {
        if (RecordOperators.Quantifier(ref operation) is { } quantifier) return OverItems(field, quantifier, operation, value, comparison);
        return InLists(field, ListQuantifier.Any, OnField(field, RecordOperators.Parse(operation), value, comparison));
    }

    private VaultFilter<VaultRecord> OverItems(RecordField list, ListQuantifier quantifier, string operation, object? value, StringComparison comparison)
    {
        VaultFilter<VaultRecord> condition = OnField(ItemOf(list), RecordOperators.Parse(operation), value, comparison);
        return InLists(list, ListQuantifier.Any, new ListFilter<VaultRecord>(list.Info, quantifier, condition));
    }

    private static VaultFilter<VaultRecord> InLists(RecordField field, ListQuantifier quantifier, VaultFilter<VaultRecord> condition)
    {
        for (int i = field.Lists.Count - 1; i >= 0; i--) condition = new ListFilter<VaultRecord>(field.Lists[i], quantifier, condition);
        return condition;
    }

    private VaultFilter<VaultRecord> OnField(RecordField field, RecordOperator operation, object? value, StringComparison comparison)
    {
        if (comparison != StringComparison.Ordinal && (value is not string || !IsText(field)))
            throw Wrong(field, operation, "a comparison that ignores case needs a string field and a string");
        if (value is FieldPath other) return AgainstField(field, operation, fields[other]);
        return operation switch
        {
            RecordOperator.Equal => Equal(field, value, comparison),
            RecordOperator.NotEqual => !Equal(field, value, comparison),
            RecordOperator.Less => Ordered(field, operation, FilterOperator.Less, value),
            RecordOperator.LessOrEqual => Ordered(field, operation, FilterOperator.LessOrEqual, value),
            RecordOperator.Greater => Ordered(field, operation, FilterOperator.Greater, value),
            RecordOperator.GreaterOrEqual => Ordered(field, operation, FilterOperator.GreaterOrEqual, value),
            RecordOperator.In => In(field, operation, value),
            RecordOperator.NotIn => !In(field, operation, value),
            RecordOperator.Between => Between(field, operation, value),
            RecordOperator.StartsWith => Text(field, operation, FilterOperator.StartsWith, value, comparison),
            RecordOperator.EndsWith => Text(field, operation, FilterOperator.EndsWith, value, comparison),
            RecordOperator.Contains => Contains(field, operation, value, comparison),
            RecordOperator.ContainsKey => ContainsKey(field, operation, value),
            RecordOperator.Is => field.Type is UnionRecordType union && value is string name ? IsCase(field, union, name) : throw Wrong(field, operation, "it is for unions, with a case's name"),
            RecordOperator.IsNull => new NullFilter<VaultRecord>(field.Info),
            RecordOperator.IsNotNull => !new NullFilter<VaultRecord>(field.Info),
            _ => field.Type is IItemsRecordType ? new ListFilter<VaultRecord>(field.Info, ListQuantifier.Any, null) : throw Wrong(field, operation, "it is for lists"),
        };
    }

    private VaultFilter<VaultRecord> Equal(RecordField field, object? value, StringComparison comparison)
    {
        if (value is null) return new NullFilter<VaultRecord>(field.Info);
        object converted = Converted(field, value);
        return IsText(field)
            ? Compare.Text<VaultRecord>(field.Info, FilterOperator.Equal, (string)converted, comparison)
            : new CompareFilter<VaultRecord, object?>(field.Info, FilterOperator.Equal, converted);
    }

    private VaultFilter<VaultRecord> Ordered(RecordField field, RecordOperator operation, FilterOperator op, object? value)
    {
        if (field.Type is { Schema.Kind: FieldKind.Bytes }) throw Wrong(field, operation, "bytes have no order to ask for");
        if (value is null) return new NothingFilter<VaultRecord>(field.Info, op);
        object converted = Converted(field, value);
        return IsText(field)
            ? Compare.Text<VaultRecord>(field.Info, op, (string)converted, StringComparison.Ordinal)
            : new CompareFilter<VaultRecord, object?>(field.Info, op, converted);
    }

    private VaultFilter<VaultRecord> In(RecordField field, RecordOperator operation, object? value)
    {
        if (value is string or byte[] or null || value is not IEnumerable values) throw Wrong(field, operation, "it takes a list of values");
        return Compare.In(field.Info, values.Cast<object?>().Select(v => v is null ? null : Converted(field, v)));
    }

    private VaultFilter<VaultRecord> Between(RecordField field, RecordOperator operation, object? value)
    {
        object?[]? limits = value switch
        {
            ITuple { Length: 2 } tuple => [tuple[0], tuple[1]],
            IList { Count: 2 } list and not byte[] => [list[0], list[1]],
            _ => null,
        };
        if (limits is null) throw Wrong(field, operation, "it takes two values, as a tuple or an array");
        return Ordered(field, operation, FilterOperator.GreaterOrEqual, limits[0]) & Ordered(field, operation, FilterOperator.LessOrEqual, limits[1]);
    }

    private VaultFilter<VaultRecord> Text(RecordField field, RecordOperator operation, FilterOperator op, object? value, StringComparison comparison) =>
        IsText(field) && value is string text ? Compare.Text<VaultRecord>(field.Info, op, text, comparison) : throw Wrong(field, operation, "it needs a string field and a string");

    private VaultFilter<VaultRecord> Contains(RecordField field, RecordOperator operation, object? value, StringComparison comparison)
    {
        if (field.Type is not IItemsRecordType) return Text(field, operation, FilterOperator.Contains, value, comparison);
        return new ListFilter<VaultRecord>(field.Info, ListQuantifier.Any, Equal(ItemOf(field), value, comparison));
    }

    private VaultFilter<VaultRecord> ContainsKey(RecordField field, RecordOperator operation, object? value)
    {
        if (field.Type is not MapRecordType map) throw Wrong(field, operation, "it is for maps");
        return value is not null && map.TryConvertKey(value, out object? key)
            ? new EntryFilter<VaultRecord>(field.Info.Entry(key!, FieldTypes.Presence))
            : throw Wrong(field, operation, $"the map's keys are of type {map.Key.Name}");
    }

    private VaultFilter<VaultRecord> IsCase(RecordField field, UnionRecordType union, string name)
    {
        int wanted = union.Cases.OrdinalOf(System.Text.Encoding.UTF8.GetBytes(name));
        if (wanted < 0) throw WrongValue(field, union.Name, name);
        bool[] accepted = new bool[union.Schema.UnionCases.Length];
        accepted[wanted] = true;
        return new UnionFilter<VaultRecord>(field.Info, union.Cases, accepted, name);
    }

    private VaultFilter<VaultRecord> AgainstField(RecordField left, RecordOperator operation, RecordField right)
    {
        if (left.Type?.Schema.Kind != right.Type?.Schema.Kind) throw Wrong(left, operation, $"'{right.Info.Path}' is of another type");
        if (left.Type is { Schema.IsScalar: false } || right.Lists.Count > left.Lists.Count) throw Wrong(left, operation, "only single values can be compared with each other");
        FilterOperator op = operation switch
        {
            RecordOperator.Equal => FilterOperator.Equal,
            RecordOperator.NotEqual => FilterOperator.NotEqual,
            RecordOperator.Less => FilterOperator.Less,
            RecordOperator.LessOrEqual => FilterOperator.LessOrEqual,
            RecordOperator.Greater => FilterOperator.Greater,
            RecordOperator.GreaterOrEqual => FilterOperator.GreaterOrEqual,
            _ => throw Wrong(left, operation, "fields are compared with == != < <= > >="),
        };
        return new FieldsFilter<VaultRecord, object?>(left.Info, op, right.Info);
    }

    private object Converted(RecordField field, object value)
    {
        if (field.Type is null) return NumberConversion.TryInteger(value, typeof(int), out object? number) ? number! : throw WrongValue(field, "a whole number", value);
        return field.Type.TryConvert(value, out object? converted) ? converted! : throw WrongValue(field, field.Type.Name, value);
    }

    private static bool IsText(RecordField field) => field.Type is { Schema.Kind: FieldKind.String };

    private RecordField ItemOf(RecordField list) => list.Type is IItemsRecordType type
        ? new RecordField(list.Info.Element(type.Element), type.Element, [.. list.Lists, list.Info])
        : throw new VaultQueryException($"'{list.Info.Path}' of '{schema.Name}' is no list.");

    private VaultQueryException Wrong(RecordField field, RecordOperator operation, string why) =>
        new($"The operator {operation} does not apply to '{field.Info.Path}' of '{schema.Name}' like this: {why}.");

    private VaultQueryException WrongValue(RecordField field, string expected, object value) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'{field.Info.Path}' of '{schema.Name}' is compared with {FilterText.Of(value)} ({value.GetType().Name}), expected {expected}."));
}
