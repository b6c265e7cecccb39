using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Turns a member's type into a <see cref="ValueModel"/>, or says why it can't be stored.</summary>
internal sealed class ValueParser(ParseContext context, bool enumAsNumber, AttributeData? converter = null)
{
    private readonly HashSet<ITypeSymbol> _converting = new(SymbolEqualityComparer.Default);

    // The member's own converter is its type's, not that of the items in it.
    private AttributeData? _memberConverter = converter;

    /// <summary>Why the last type can't be stored; null where the type at fault says it itself.</summary>
    public string? Error { get; private set; }

    /// <summary>The converter at fault, where it is one.</summary>
    public string? FaultyConverter { get; private set; }

    /// <summary>Parses a type. Null if it can't be stored.</summary>
    public ValueModel? Parse(ITypeSymbol type) => ParseAnnotated(Annotated(type));

    // A reference type without annotations may be null: nobody promised that it is not.
    private ITypeSymbol Annotated(ITypeSymbol type)
    {
        NullableAnnotation annotation = type.IsReferenceType && type.NullableAnnotation == NullableAnnotation.None ? NullableAnnotation.Annotated : type.NullableAnnotation;
        ITypeSymbol inner = type switch
        {
            IArrayTypeSymbol array => context.Compilation.CreateArrayTypeSymbol(Annotated(array.ElementType), array.Rank, Annotated(array.ElementType).NullableAnnotation),
            INamedTypeSymbol { TypeArguments.Length: > 0, IsTupleType: false } named when named.TypeArguments.Any(a => !SymbolEqualityComparer.IncludeNullability.Equals(a, Annotated(a))) =>
                named.ConstructedFrom.Construct([.. named.TypeArguments.Select(Annotated)], [.. named.TypeArguments.Select(a => Annotated(a).NullableAnnotation)]),
            _ => type,
        };
        return inner.WithNullableAnnotation(annotation);
    }

    private ValueModel? ParseAnnotated(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return ParseNotNull(nullable.TypeArguments[0]) is { } inner ? inner with { IsNullable = true } : null;

        bool isNullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return ParseNotNull(type) is { } value ? value with { IsNullable = isNullable } : null;
    }

    private ValueModel? ParseNotNull(ITypeSymbol type)
    {
        if (_memberConverter is not { } attribute) return ParsePlain(type);
        _memberConverter = null;
        return ParseConverted(type, attribute);
    }

    private ValueModel? ParsePlain(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => ParseArray(array),
        { TypeKind: TypeKind.Error } => Fail($"the type '{type.Display()}' is not known here; types made by other source generators can't be stored"),
        { TypeKind: TypeKind.Enum } when type.VaultConverter() is { } attribute => ParseConverted(type, attribute),
        { TypeKind: TypeKind.Enum } => Value(ValueKind.Enum, type) with { Enum = EnumOf((INamedTypeSymbol)type) },
        INamedTypeSymbol named => ScalarKind(named) is { } kind ? new ValueModel(kind, ScalarName(kind), named.IsValueType, IsNullable: false) : ParseComposite(named),
        _ => Unsupported(type),
    };

    private static ValueKind? ScalarKind(INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => ValueKind.Bool,
        SpecialType.System_SByte => ValueKind.SByte,
        SpecialType.System_Byte => ValueKind.Byte,
        SpecialType.System_Int16 => ValueKind.Int16,
        SpecialType.System_UInt16 => ValueKind.UInt16,
        SpecialType.System_Int32 => ValueKind.Int32,
        SpecialType.System_UInt32 => ValueKind.UInt32,
        SpecialType.System_Int64 => ValueKind.Int64,
        SpecialType.System_UInt64 => ValueKind.UInt64,
        SpecialType.System_Single => ValueKind.Single,
        SpecialType.System_Double => ValueKind.Double,
        SpecialType.System_Decimal => ValueKind.Decimal,
        SpecialType.System_Char => ValueKind.Char,
        SpecialType.System_String => ValueKind.String,
        SpecialType.System_DateTime => ValueKind.DateTime,
        _ when type.Is("System", "Uri") => ValueKind.Uri,
        _ when type.Is("System", "Version") => ValueKind.Version,
        _ when !type.IsValueType => null,
        _ when type.Is("System", "Guid") => ValueKind.Guid,
        _ when type.Is("System", "DateTimeOffset") => ValueKind.DateTimeOffset,
        _ when type.Is("System", "DateOnly") => ValueKind.DateOnly,
        _ when type.Is("System", "TimeOnly") => ValueKind.TimeOnly,
        _ when type.Is("System", "TimeSpan") => ValueKind.TimeSpan,
        _ when type.Is("System", "Int128") => ValueKind.Int128,
        _ when type.Is("System", "UInt128") => ValueKind.UInt128,
        _ when type.Is("System", "Half") => ValueKind.Half,
        _ when type.Is("System", "ReadOnlyMemory") && type.TypeArguments[0].SpecialType == SpecialType.System_Byte => ValueKind.Memory,
        _ => null,
    };

    // The commonest types by far: their names need not be asked of the symbol.
    private static string ScalarName(ValueKind kind) => kind switch
    {
        ValueKind.Bool => "bool",
        ValueKind.SByte => "sbyte",
        ValueKind.Byte => "byte",
        ValueKind.Int16 => "short",
        ValueKind.UInt16 => "ushort",
        ValueKind.Int32 => "int",
        ValueKind.UInt32 => "uint",
        ValueKind.Int64 => "long",
        ValueKind.UInt64 => "ulong",
        ValueKind.Single => "float",
        ValueKind.Double => "double",
        ValueKind.Decimal => "decimal",
        ValueKind.Char => "char",
        ValueKind.String => "string",
        ValueKind.Memory => "global::System.ReadOnlyMemory<byte>",
        _ => $"global::System.{kind}",
    };

    private ValueModel? ParseArray(IArrayTypeSymbol array)
    {
        if (array.ElementType.SpecialType == SpecialType.System_Byte && array.Rank == 1) return Value(ValueKind.Bytes, array);
        if (array.Rank > 1) return Fail($"'{array.Display()}' has several dimensions; use an array of arrays");
        return ParseList(array, array.ElementType, ListShape.Array, canAdd: false);
    }

    private ValueModel? ParseComposite(INamedTypeSymbol type)
    {
        if (type.VaultConverter() is { } attribute) return ParseConverted(type, attribute);
        if (type.IsVaultObject()) return ParseObject(type);
        if (type.IsVaultUnion()) return ParseUnion(type);
        if (type.IsVaultCollection()) return Fail($"'{type.Display()}' is a collection of its own; store its key, or hold a [VaultObject]");
        if (Collections.ListOf(type) is { } list) return ParseList(type, list.Element, list.Shape, list.CanAdd);
        if (Collections.MapOf(type) is { } map) return ParseMap(type, map);
        if (IsReadOnlyRecordStruct(type)) return ParseWrapper(type);
        return Unsupported(type);
    }

    private ValueModel? ParseList(ITypeSymbol type, ITypeSymbol element, ListShape shape, bool canAdd)
    {
        if (Parse(element) is not { } item) return null;
        ListModel list = new(item, shape, canAdd);
        if (list.IsSet && WhyNotInSet(item) is { } why) return Fail($"'{type.Display()}' is a set of {why}");
        if (shape is ListShape.SortedSet or ListShape.ImmutableSortedSet && !Collections.IsComparable(element)) return FailWithoutOrder(type, element);
        return Value(ValueKind.List, type) with { List = list };
    }

    // Sets are stored in the order of their items' keys or bytes, so that equal sets are equal bytes.
    private static string? WhyNotInSet(ValueModel item) => item switch
    {
        { IsScalar: true } => null,
        { Kind: not (ValueKind.Object or ValueKind.Union) } => "collections, which are never equal; use a list",
        { IsNullable: true } => "objects that may be null; use a list",
        _ => null,
    };

    private ValueModel? FailWithoutOrder(ITypeSymbol type, ITypeSymbol part) => Fail($"'{type.Display()}' is sorted, but '{part.Display()}' has no order of its own");

    private ValueModel? ParseMap(INamedTypeSymbol type, (ITypeSymbol Key, ITypeSymbol Value, MapShape Shape, bool CanAdd) map)
    {
        if (Parse(map.Key) is not { } key) return null;
        ValueModel stored = key.Wrapper?.Inner ?? key;
        if (key.IsNullable || !(stored.Kind is ValueKind.String or ValueKind.Guid || stored.IsSigned || stored.IsUnsigned))
            return Fail($"the keys of '{type.Display()}' are neither strings, integers nor Guids");
        if (map.Shape is MapShape.SortedDictionary or MapShape.ImmutableSortedDictionary && !Collections.IsComparable(map.Key)) return FailWithoutOrder(type, map.Key);
        return Parse(map.Value) is { } value ? Value(ValueKind.Map, type) with { Map = new MapModel(key, value, map.Shape, map.CanAdd) } : null;
    }

    private ValueModel? ParseObject(INamedTypeSymbol type)
    {
        if (type.IsGenericType) return Fail($"'{type.Display()}' is generic; a [VaultObject] is not");
        if (context.IsInProgress(type)) return FailCycle(type);
        ParseContext nested = context.Nested(type);
        if (ModelParser.ParseObject(nested) is not { } model) return FailNested(nested.Cycle, type);
        string prefix = Qualified(type).Substring(0, Qualified(type).Length - CSharpText.Identifier(type.Name).Length);
        return Value(ValueKind.Object, type) with { Object = new ObjectModel($"{prefix}{type.Name}Fields", $"{prefix}Nullable{type.Name}Fields", model.Fields) };
    }

    private ValueModel? ParseUnion(INamedTypeSymbol type)
    {
        if (!type.IsAbstract) return Fail($"the union '{type.Display()}' is not abstract, so a value of it would be of no case");
        if (type.IsGenericType) return Fail($"'{type.Display()}' is generic; a [VaultUnion] is not");
        if (Unions.CasesOf(type) is not { Count: > 0 } symbols) return Fail($"the union '{type.Display()}' has no cases; its cases are the [VaultObject] types that derive from it in its own project");
        if (context.IsInProgress(type)) return FailCycle(type);

        ParseContext union = context.Nested(type);
        List<UnionCaseModel> cases = [];
        foreach (INamedTypeSymbol symbol in symbols)
        {
            if (union.IsInProgress(symbol)) return FailNested(symbol, type);
            ParseContext nested = union.Nested(symbol);
            if (ModelParser.ParseObject(nested) is not { } model) return FailNested(nested.Cycle, type);
            cases.Add(new UnionCaseModel(Unions.NameOf(symbol), Qualified(symbol), model.Fields));
        }

        return Value(ValueKind.Union, type) with { Union = new UnionModel(cases.ToEquatableArray()) };
    }

    private ValueModel? FailCycle(INamedTypeSymbol type)
    {
        context.Cycle = type;
        return Fail($"'{type.Display()}' contains itself, so its schema would have no end");
    }

    // A cycle is reported by every type on it, at the member that leads into it. Any other error is the nested type's.
    private ValueModel? FailNested(ITypeSymbol? cycle, INamedTypeSymbol type)
    {
        if (cycle is not null && SymbolEqualityComparer.Default.Equals(cycle, context.Type))
            return Fail($"'{type.Display()}' leads back to '{cycle.Display()}', so its schema would have no end");
        context.Cycle = cycle;
        context.DependsOnBrokenType();
        return null;
    }

    private ValueModel? ParseConverted(ITypeSymbol type, AttributeData attribute)
    {
        (INamedTypeSymbol? converter, ITypeSymbol? stored, string? error) = Converters.Of(attribute, type);
        if (error is null && !_converting.Add(type)) error = "what it stores leads back to what it converts";
        if (error is not null)
        {
            FaultyConverter ??= converter?.Display() ?? "null";
            return Fail(error);
        }

        if (Parse(stored!) is not { } value) return null;
        _converting.Remove(type);
        return Value(ValueKind.Converted, type) with { Converter = new ConverterModel(value with { IsNullable = false }, Qualified(converter!)) };
    }

    private ValueModel? ParseWrapper(INamedTypeSymbol type)
    {
        List<IPropertySymbol> stored = [.. type.GetMembers().OfType<IPropertySymbol>().Where(static p => !p.IsStatic && !p.IsIndexer && p.DeclaredAccessibility == Accessibility.Public && p.SetMethod is not null)];
        if (stored.Count != 1) return Unsupported(type);
        if (Parse(stored[0].Type) is not { } inner) return null;
        if (!inner.IsScalar || inner.IsNullable || inner.Kind is ValueKind.Wrapper or ValueKind.Bytes or ValueKind.Memory)
            return Fail($"'{type.Display()}' holds '{stored[0].Type.Display()}'; a struct stored as its value holds one scalar that is never null");
        bool isPositional = type.InstanceConstructors.Any(c => c.Parameters.Length == 1 && c.DeclaredAccessibility == Accessibility.Public && Constructors.Matches(c.Parameters[0], stored[0]));
        return Value(ValueKind.Wrapper, type) with { Wrapper = new WrapperModel(inner, CSharpText.Identifier(stored[0].Name), isPositional) };
    }

    // Metadata does not say of a struct that it is a record; a positional one has Deconstruct and compares itself.
    private static bool IsReadOnlyRecordStruct(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Struct, IsReadOnly: true }
        && (type.IsRecord || (type.SourceLocation() is null && type.GetMembers("Deconstruct").Length > 0
            && type.AllInterfaces.Any(i => i.Is("System", "IEquatable") && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], type))));

    private EnumModel EnumOf(INamedTypeSymbol type)
    {
        bool isUnsigned = type.EnumUnderlyingType!.SpecialType is SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_UInt32 or SpecialType.System_UInt64;
        IEnumerable<EnumMemberModel> members = type.GetMembers().OfType<IFieldSymbol>().Where(static f => f.HasConstantValue)
            .OrderBy(static f => Convert.ToDecimal(f.ConstantValue, System.Globalization.CultureInfo.InvariantCulture))
            .Select(static f => new EnumMemberModel(f.Name, CSharpText.Number((IFormattable)f.ConstantValue!)));
        return new EnumModel(members.ToEquatableArray(), isUnsigned, enumAsNumber);
    }

    private static ValueModel Value(ValueKind kind, ITypeSymbol type) => new(kind, Qualified(type), type.IsValueType, IsNullable: false);

    private static string Qualified(ITypeSymbol type) =>
        type.WithNullableAnnotation(type.IsReferenceType ? NullableAnnotation.NotAnnotated : NullableAnnotation.None).ToDisplayString(CSharpText.TypeFormat);

    private ValueModel? Unsupported(ITypeSymbol type) => Fail(type switch
    {
        { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false } when type.SourceLocation() is not null => $"the type '{type.Display()}' is not supported; if it is a value that the model holds, make it a [VaultObject]{(type.IsAbstract ? " or a [VaultUnion]" : "")}",
        _ => $"the type '{type.Display()}' is not supported",
    });

    private ValueModel? Fail(string error)
    {
        Error ??= error;
        return null;
    }
}
