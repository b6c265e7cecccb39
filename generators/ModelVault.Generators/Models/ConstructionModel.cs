namespace ModelVault.Generators.Models;

/// <summary>How an instance is made from a record.</summary>
/// <param name="Parameters">The parameters of the constructor that are passed; empty where it has none.</param>
/// <param name="Placeholders">Required members that get a placeholder until their field is read, escaped.</param>
/// <param name="Bindings">How each field is set, in the order of the fields.</param>
internal sealed record ConstructionModel(
    EquatableArray<ParameterModel> Parameters, EquatableArray<string> Placeholders, EquatableArray<BindingModel> Bindings)
{
    /// <summary>The fields that the database sets, in schema order, and how they are set on an instance that is there.</summary>
    public EquatableArray<GeneratedMemberModel> Generated { get; init; }
}

/// <summary>A field that the database sets.</summary>
/// <param name="Ordinal">Its place in schema order.</param>
/// <param name="Setter">How an instance gets it; null where the member has no setter.</param>
internal sealed record GeneratedMemberModel(int Ordinal, BindingModel? Setter);

/// <summary>A constructor parameter that a field is passed to.</summary>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Ordinal">The field's place in schema order.</param>
/// <param name="Default">Its default as C#, or null where it has none.</param>
internal sealed record ParameterModel(string Name, int Ordinal, string? Default);

/// <summary>How a field is set.</summary>
internal enum BindingKind
{
    /// <summary>Passed to the constructor.</summary>
    Parameter,

    /// <summary>Assigned: the setter is accessible.</summary>
    Setter,

    /// <summary>Assigned through an <c>UnsafeAccessor</c>: the setter is <c>init</c>, or private to a base class.</summary>
    Accessor,

    /// <summary>Items are added to the collection that is there.</summary>
    Fill,
}

/// <summary>How a field is set.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="IsRequired">Whether the member is <c>required</c>, so that construction must set it.</param>
/// <param name="Accessor">The setter to reach, for <see cref="BindingKind.Accessor"/>.</param>
internal sealed record BindingModel(BindingKind Kind, bool IsRequired, AccessorModel? Accessor);

/// <summary>A setter that only an <c>UnsafeAccessor</c> can call, or the field behind a property whose setter is not visible here.</summary>
/// <param name="IsField">Whether the field is reached instead of the setter.</param>
/// <param name="DeclaringType">The type that declares it, as its definition: with type parameters where it is generic.</param>
/// <param name="ValueType">The property's type in that definition.</param>
/// <param name="TypeParameters">The type parameters, as a list in angle brackets, or empty.</param>
/// <param name="TypeArguments">The type arguments of the model's base, likewise.</param>
/// <param name="Constraints">The constraint clauses of the type parameters.</param>
internal sealed record AccessorModel(bool IsField, string DeclaringType, string ValueType, string TypeParameters, string TypeArguments, EquatableArray<string> Constraints);
