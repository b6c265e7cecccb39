using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Decides how an instance is made from a record: which constructor, and how each field is set.</summary>
internal sealed class Constructors(ParseContext context, IReadOnlyList<ParsedField> fields)
{
    /// <summary>Whether a parameter stands for a property: the same name but for case, and the same type but for nullability.</summary>
    public static bool Matches(IParameterSymbol parameter, IPropertySymbol property) =>
        string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type);

    /// <summary>The property's setter, or that of the property it overrides; null if there is none.</summary>
    public static IMethodSymbol? SetterOf(IPropertySymbol property)
    {
        for (IPropertySymbol? p = property; p is not null; p = p.OverriddenProperty)
            if (p.SetMethod is { } setter) return setter;
        return null;
    }

    /// <summary>The constructor that instances are made with; null where there is none.</summary>
    public IMethodSymbol? Chosen { get; private set; }

    /// <summary>Parses the construction. Null if there is none; the context has the errors.</summary>
    public ConstructionModel? Parse()
    {
        List<IMethodSymbol> candidates = Candidates();
        if (candidates.Count == 0)
        {
            context.Report(Rules.NoConstructor, context.TypeLocation, context.Type.Name, "it needs one without parameters, or one whose every parameter matches a stored member by name and type");
            return null;
        }

        IMethodSymbol constructor = candidates.Find(c => fields.All(f => IsCovered(f, c) || BindingOf(f) is not null)) ?? candidates[0];
        foreach (ParsedField field in fields.Where(f => !IsCovered(f, constructor) && BindingOf(f) is null))
            context.Report(Rules.NotWritable, field.Member.Location, context.Type.Name, field.Member.Name, "it has no setter, and no constructor parameter matches it");
        foreach (IParameterSymbol parameter in constructor.Parameters.Where(p => OrdinalOf(p) < 0 && !IsLeftOut(p)))
            context.Report(Rules.ParameterNotCovered, parameter.SourceLocation(), parameter.Name, context.Type.Name);
        Chosen = constructor;
        return context.HasErrors ? null : Model(constructor);
    }

    // The order of preference: without parameters first; of a struct, whose parameterless constructor says nothing, last.
    private List<IMethodSymbol> Candidates()
    {
        List<IMethodSymbol> usable = [.. context.Type.InstanceConstructors.Where(IsUsable).OrderByDescending(static c => c.Parameters.Length)];
        List<IMethodSymbol> parameterless = usable.FindAll(static c => c.Parameters.Length == 0);
        usable.RemoveAll(static c => c.Parameters.Length == 0);
        usable.InsertRange(context.Type.IsValueType ? usable.Count : 0, parameterless);
        return usable;
    }

    private bool IsUsable(IMethodSymbol constructor) => !IsCopyConstructor(constructor)
        && constructor.Parameters.All(p => p.RefKind is RefKind.None or RefKind.In && (OrdinalOf(p) >= 0 || p.IsOptional));

    private bool IsCopyConstructor(IMethodSymbol constructor) => context.Type.IsRecord
        && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, context.Type);

    // Who leaves the member out means it.
    private bool IsLeftOut(IParameterSymbol parameter) => MemberCollector.IsLeftOut(parameter.GetAttributes())
        || context.Type.Lineage().SelectMany(static t => t.GetMembers()).OfType<IPropertySymbol>().Any(p => Matches(parameter, p) && MemberCollector.IsLeftOut(p.GetAttributes()));

    private int OrdinalOf(IParameterSymbol parameter)
    {
        for (int i = 0; i < fields.Count; i++)
            if (Matches(parameter, fields[i].Member.Property)) return i;
        return -1;
    }

    private static bool IsCovered(ParsedField field, IMethodSymbol constructor) => constructor.Parameters.Any(p => Matches(p, field.Member.Property));

    private ConstructionModel Model(IMethodSymbol constructor)
    {
        bool setsRequired = constructor.GetAttributes().Find("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute") is not null;
        IEnumerable<ParameterModel> parameters = constructor.Parameters.Where(p => OrdinalOf(p) >= 0)
            .Select(p => new ParameterModel(CSharpText.Identifier(p.Name), OrdinalOf(p), p.HasExplicitDefaultValue ? CSharpText.Constant(p.ExplicitDefaultValue, EnumOf(p.Type)) : null));
        IEnumerable<BindingModel> bindings = fields.Select(f => (IsCovered(f, constructor) ? new BindingModel(BindingKind.Parameter, false, null) : BindingOf(f)!)
            with { IsRequired = f.Member.Property.IsRequired && !setsRequired });
        return new ConstructionModel(parameters.ToEquatableArray(), (setsRequired ? [] : Placeholders()).ToEquatableArray(), bindings.ToEquatableArray())
        {
            Generated = Generated().ToEquatableArray(),
        };
    }

    private IEnumerable<GeneratedMemberModel> Generated() => fields
        .Select((f, i) => new GeneratedMemberModel(i, f.Model.Generated == GeneratedValue.None ? null : BindingOf(f)))
        .Where(m => fields[m.Ordinal].Model.Generated != GeneratedValue.None);

    private static string? EnumOf(ITypeSymbol type)
    {
        ITypeSymbol inner = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        return inner.TypeKind == TypeKind.Enum ? inner.ToDisplayString(CSharpText.TypeFormat) : null;
    }

    // Required members that are not stored: ignored properties, and fields.
    private IEnumerable<string> Placeholders() => context.Type.Lineage().SelectMany(static t => t.GetMembers())
        .Where(static m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
        .Where(m => !fields.Any(f => f.Member.Name == m.Name))
        .Select(static m => CSharpText.Identifier(m.Name)).Distinct();

    private BindingModel? BindingOf(ParsedField field)
    {
        if (SetterOf(field.Member.Property) is { } setter)
        {
            bool isAssignable = !setter.IsInitOnly && context.Compilation.IsSymbolAccessibleWithin(setter, context.Type);
            return isAssignable ? new BindingModel(BindingKind.Setter, false, null) : new BindingModel(BindingKind.Accessor, false, AccessorOf(setter.ContainingType, setter.OriginalDefinition.Parameters[0].Type, isField: false));
        }

        // Of another assembly's property a private setter can't be seen, but the getter says that there is a field.
        IPropertySymbol property = field.Member.Property;
        if (MemberCollector.IsFromMetadata(property) && MemberCollector.IsAutoProperty(property))
            return new BindingModel(BindingKind.Accessor, false, AccessorOf(property.ContainingType, property.OriginalDefinition.Type, isField: true));

        bool canFill = field.Model.Value is { List.CanAdd: true } or { Map.CanAdd: true };
        return canFill && MemberCollector.IsAutoProperty(property) ? new BindingModel(BindingKind.Fill, false, null) : null;
    }

    private static AccessorModel AccessorOf(INamedTypeSymbol declaring, ITypeSymbol valueType, bool isField)
    {
        INamedTypeSymbol definition = declaring.OriginalDefinition;
        List<ITypeParameterSymbol> parameters = [.. Chain(definition).SelectMany(static t => t.TypeParameters)];
        return new AccessorModel(
            isField, definition.ToDisplayString(CSharpText.TypeFormat), valueType.ToDisplayString(CSharpText.TypeFormat),
            List(parameters), List(Chain(declaring).SelectMany(static t => t.TypeArguments)), parameters.Select(ConstraintsOf).Where(static c => c.Length > 0).ToEquatableArray());
    }

    // A type nested in a generic one has that one's type parameters too.
    private static IEnumerable<INamedTypeSymbol> Chain(INamedTypeSymbol type) => type.ContainingType is { } outer ? Chain(outer).Append(type) : [type];

    private static string List(IEnumerable<ITypeSymbol> types)
    {
        string list = string.Join(", ", types.Select(static t => t.ToDisplayString(CSharpText.TypeFormat)));
        return list.Length == 0 ? "" : $"<{list}>";
    }

    private static string ConstraintsOf(ITypeParameterSymbol parameter)
    {
        List<string> constraints = [];
        if (parameter.HasUnmanagedTypeConstraint) constraints.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint) constraints.Add("struct");
        else if (parameter.HasReferenceTypeConstraint) constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint) constraints.Add("notnull");
        constraints.AddRange(parameter.ConstraintTypes.Select(static t => t.ToDisplayString(CSharpText.TypeFormat)));
        if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint) constraints.Add("new()");
        return constraints.Count == 0 ? "" : $"where {CSharpText.Identifier(parameter.Name)} : {string.Join(", ", constraints)}";
    }
}
