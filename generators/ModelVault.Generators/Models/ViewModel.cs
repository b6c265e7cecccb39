namespace ModelVault.Generators.Models;

/// <summary>A view of a collection: all that its generated code is printed from.</summary>
/// <param name="Type">The view's own type, with a field for each member.</param>
/// <param name="Source">The collection's type.</param>
/// <param name="Fields">The dotted stored names of the fields that are read, for plans.</param>
/// <param name="Root">Where they stand in a record.</param>
internal sealed record ViewModel(TypeModel Type, string Source, string Fields, ViewLevelModel Root);

/// <summary>A record, or an object in it, of which some fields are read.</summary>
/// <param name="StoredNames">All its fields' stored names in schema order.</param>
/// <param name="Members">The fields that are read, in schema order.</param>
internal sealed record ViewLevelModel(EquatableArray<string> StoredNames, EquatableArray<ViewMemberModel> Members);

/// <summary>A field that a view reads, or an object that holds such fields.</summary>
/// <param name="Member">Its name in C#.</param>
/// <param name="Ordinal">Its place in schema order.</param>
/// <param name="Field">The view's field that gets the value; −1 for an object that is only passed through.</param>
/// <param name="Level">The object's fields; null for a field that is read.</param>
internal sealed record ViewMemberModel(string Member, int Ordinal, int Field, ViewLevelModel? Level);
