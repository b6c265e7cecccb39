using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits the typed collection: its description, a finder per index, and for composite keys the forms that take the parts.
/// <code>
/// public sealed partial class BookCollection : VaultCollection&lt;Book, long, BookFields&gt;
/// {
///     public Book? FindByIsbn(string isbn) => Where(Book.Fields.Isbn == isbn).SingleOrDefault();
///     public VaultQuery&lt;Book, BookFields&gt; FindByAuthor(string author) => Where(Book.Fields.Author == author);
/// }
/// </code>
/// </summary>
internal sealed class CollectionEmitter(TypeModel model, SourceWriter writer, StorageEmitter storage)
{
    private const string Cancellation = "global::System.Threading.CancellationToken ct = default";

    private readonly TypeName _name = model.Name;
    private readonly CollectionModel _collection = model.Collection!;

    private string KeyType => _collection.Key.Count == 1
        ? _collection.Key[0].Value.Type
        : $"({string.Join(", ", _collection.Key.Select(static k => $"{k.Value.Type} {CSharpText.Identifier(k.Member)}"))})";

    /// <summary>Emits the class.</summary>
    public void Emit()
    {
        string name = $"{_name.Simple}Collection";
        writer.Summary($"The collection <c>{CSharpText.Xml(_collection.StoredName)}</c> of <see cref=\"{CSharpText.Xml(_name.FullName)}\"/>.");
        writer.Line(Library.GeneratedCode);
        writer.Open($"{_name.Accessibility} sealed partial class {name} : {Library.Public}.VaultCollection<{_name.FullName}, {KeyType}, {_name.Simple}Fields>");
        writer.Summary("Made by the accessor, once per context.");
        writer.Line($"internal {name}({Library.Public}.VaultContext context)");
        writer.Indented(": base(context, ModelDescription)");
        writer.Line("{");
        writer.Line("}");
        writer.Line();
        string receive = ReceiveEmitter.IsNeeded(model) ? $", {Library.Objects}.Receiver<{_name.FullName}>()" : "";
        writer.Summary("The model's run-time description.");
        writer.Line($"internal static {Library.Runtime}.VaultModel<{_name.FullName}, {KeyType}> ModelDescription {{ get; }} =");
        writer.Indented($"{Library.Runtime}.VaultModel.Create<{_name.FullName}, {KeyType}>({KeyFieldType()}, static m => {KeyOf("m")}, static c => new {name}(c){receive});");
        if (_collection.Key.Count > 1) EmitKeyForms();
        EmitFinders();
        writer.Close();
    }

    private string KeyFieldType()
    {
        if (_collection.Key.Count == 1) return storage.FieldType(_collection.Key[0].Value, _collection.Key[0].Member);
        IEnumerable<string> parts = _collection.Key.Select(k => $"{storage.FieldType(k.Value, k.Member)}.WriteKey(ref key, value.{CSharpText.Identifier(k.Member)});");
        return $"{Library.FieldTypes}.Composite<{KeyType}>(static (ref {Library.Runtime}.KeyWriter key, {KeyType} value) => {{ {string.Join(" ", parts)} }})";
    }

    private string KeyOf(string model)
    {
        string parts = string.Join(", ", _collection.Key.Select(k => $"{model}.{CSharpText.Identifier(k.Member)}"));
        return _collection.Key.Count == 1 ? parts : $"({parts})";
    }

    private void EmitKeyForms()
    {
        (string parameters, string arguments) = Parameters(_collection.Key.Select(static k => (k.Value.Type, k.Member)));
        EmitMethod("The record with this key, or null.", $"{_name.FullName}? Get({parameters}) => Get(({arguments}))");
        EmitMethod("The record with this key, or null.", $"global::System.Threading.Tasks.ValueTask<{_name.FullName}?> GetAsync({parameters}, {Cancellation}) => GetAsync(({arguments}), ct)");
        EmitMethod("Whether there is a record with this key.", $"bool Contains({parameters}) => Contains(({arguments}))");
        EmitMethod("Whether there is a record with this key.", $"global::System.Threading.Tasks.ValueTask<bool> ContainsAsync({parameters}, {Cancellation}) => ContainsAsync(({arguments}), ct)");
        EmitMethod("Deletes the record with this key. False if there is none.", $"bool Delete({parameters}) => Delete(({arguments}))");
        EmitMethod("Deletes the record with this key. False if there is none.", $"global::System.Threading.Tasks.Task<bool> DeleteAsync({parameters}, {Cancellation}) => DeleteAsync(({arguments}), ct)");
    }

    // Of several indexes over the same members one finder is enough; the unique one's says more. An index that has not one entry of
    // each record, or does not tell values apart as == does, has none: its finder would be another query than its name says.
    private void EmitFinders()
    {
        IEnumerable<IGrouping<string, IndexModel>> finders = _collection.Indexes.Where(static i => i.FindsEquals).OrderByDescending(static i => i.IsUnique).GroupBy(FinderName);
        foreach (IGrouping<string, IndexModel> group in finders.OrderBy(static g => g.Key, StringComparer.Ordinal)) EmitFinder(group.Key, group.First());
    }

    private static string FinderName(IndexModel index) => $"FindBy{string.Join("And", index.Members.Select(static m => string.Concat(m.Members)))}";

    private void EmitFinder(string name, IndexModel index)
    {
        (string parameters, string _) = Parameters(index.Members.Select(static m => (m.Value.Type, string.Concat(m.Members))));
        string[] names = [.. ParameterNames(index.Members.Select(static m => string.Concat(m.Members)))];
        IEnumerable<string> conditions = index.Members.Select((m, i) => $"{_name.FullName}.Fields.{string.Join(".", m.Members.Select(CSharpText.Identifier))} == {names[i]}");
        string query = $"Where({string.Join(" & ", conditions)})";
        string by = CSharpText.Xml(index.StoredName);
        if (!index.IsUnique)
        {
            EmitMethod($"The records with these values, by the index <c>{by}</c>.", $"{Library.Public}.VaultQuery<{_name.FullName}, {_name.Simple}Fields> {name}({parameters}) => {query}");
            return;
        }

        EmitMethod($"The record with these values, by the unique index <c>{by}</c>; null if there is none.", $"{_name.FullName}? {name}({parameters}) => {query}.SingleOrDefault()");
        EmitMethod(
            $"The record with these values, by the unique index <c>{by}</c>; null if there is none.",
            $"global::System.Threading.Tasks.Task<{_name.FullName}?> {name}Async({parameters}, {Cancellation}) => {query}.SingleOrDefaultAsync(ct)");
    }

    private void EmitMethod(string summary, string method)
    {
        writer.Line();
        writer.Summary(summary);
        writer.Line($"public {method};");
    }

    private static (string Parameters, string Arguments) Parameters(IEnumerable<(string Type, string Member)> members)
    {
        List<(string Type, string Member)> list = [.. members];
        List<string> names = [.. ParameterNames(list.Select(static m => m.Member))];
        return (string.Join(", ", list.Select((m, i) => $"{m.Type} {names[i]}")), string.Join(", ", names));
    }

    private static IEnumerable<string> ParameterNames(IEnumerable<string> members)
    {
        Names names = new("ct");
        return members.Select(m => names.Take(CSharpText.Parameter(m)));
    }
}
