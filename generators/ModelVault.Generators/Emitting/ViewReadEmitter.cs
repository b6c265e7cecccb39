using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits a view's <c>Read</c>, which goes no further than the last of its fields:
/// <code>
/// for (int i = 0, left = 2; left > 0 &amp;&amp; reader.NextField(BookTitleStorage.Names, i, count, out int ordinal); i++)
/// {
///     switch (ordinal)
///     {
///         case 3:
///             idValue = reader.ReadInt64();
///             left--;
///             break;
///         …
/// </code>
/// </summary>
internal sealed class ViewReadEmitter(ViewModel view, SourceWriter writer, StorageEmitter storage) : ReadEmitter(view.Type, writer, storage)
{
    private readonly SourceWriter _writer = writer;
    private readonly StorageEmitter _storage = storage;

    /// <inheritdoc/>
    protected override string Interface => $"{Library.Public}.IVaultView<{view.Source}, {view.Type.Name.FullName}>";

    /// <inheritdoc/>
    protected override void ReadFields()
    {
        _writer.Line("int count = reader.BeginObject();");
        _writer.Open($"for (int i = 0, left = {CSharpText.Number(view.Root.Members.Count)}; left > 0 && reader.NextField({_storage.FieldNames}, i, count, out int ordinal); i++)");
        ReadMembers(view.Root, "ordinal", "left--;");
        _writer.Close();
        _writer.Line();
    }

    private void ReadMembers(ViewLevelModel level, string ordinal, string? afterwards)
    {
        _writer.Open($"switch ({ordinal})");
        foreach (ViewMemberModel member in level.Members)
        {
            _writer.Line($"case {CSharpText.Number(member.Ordinal)}:");
            if (member.Level is { } nested) _writer.Block(() => ReadNested(nested, member.Member));
            else ReadField(member.Field);
            if (afterwards is not null) _writer.Indented(afterwards);
            _writer.Indented("break;");
        }

        _writer.Line("default:");
        _writer.Indented("reader.Skip();");
        _writer.Indented("break;");
        _writer.Close();
    }

    // What the view has of a null object keeps its default.
    private void ReadNested(ViewLevelModel level, string member)
    {
        string name = CSharpText.Parameter(member).TrimStart('@');
        string count = Names.Take($"{name}Count"), index = Names.Take($"{name}Index"), ordinal = Names.Take($"{name}Ordinal");
        _writer.Open("if (!reader.TryReadNull())");
        _writer.Line($"int {count} = reader.BeginObject();");
        _writer.Open($"for (int {index} = 0; reader.NextField({_storage.FieldNamesOf(level.StoredNames, member)}, {index}, {count}, out int {ordinal}); {index}++)");
        ReadMembers(level, ordinal, null);
        _writer.Close();
        _writer.Line();
        _writer.Line("reader.EndObject();");
        _writer.Close();
    }
}
