using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses a <c>[VaultView]</c>: matches its members with the stored members of its source.</summary>
internal sealed class ViewParser
{
    private readonly ParseContext _context;
    private readonly IReadOnlyList<ParsedField> _source;
    private readonly List<ViewField> _fields = [];

    private ViewParser(ParseContext context, IReadOnlyList<ParsedField> source)
    {
        _context = context;
        _source = source;
    }

    /// <summary>Parses a view.</summary>
    public static ParseResult Parse(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        ParseContext context = new(type, compilation, null, cancellationToken);
        TypeShape.Check(context, isCollection: false);
        AttributeData attribute = type.GetAttributes().Find(SymbolExtensions.ModelVault, "VaultViewAttribute")!;
        INamedTypeSymbol? source = attribute.Argument(0)?.Value as INamedTypeSymbol;
        if (WhyNot(type, source) is { } why) context.Report(Rules.View, attribute.SourceLocation(cancellationToken), type.Name, why);
        if (context.HasErrors) return ParseResult.Failed(context.Diagnostics);

        // Whatever is wrong with the source is said there.
        ParseContext sourceContext = context.Nested(source!);
        IReadOnlyList<ParsedField> fields = FieldParser.Parse(sourceContext);
        ViewModel? view = sourceContext.HasErrors ? null : new ViewParser(context, fields).Parse(source!);
        return new ParseResult(null, context.Diagnostics.ToEquatableArray(), null) { View = context.HasErrors ? null : view };
    }

    private static string? WhyNot(INamedTypeSymbol type, INamedTypeSymbol? source)
    {
        if (type.IsVaultCollection() || type.IsVaultObject()) return "it is stored itself";
        return source is not null && source.IsVaultCollection() ? null : $"'{source?.Display() ?? "null"}' is no [VaultCollection]";
    }

    private ViewModel? Parse(INamedTypeSymbol source)
    {
        foreach (Member member in MemberCollector.Collect(_context)) Add(member);
        if (_fields.Count == 0 && !_context.HasErrors) Report(null, "it has no members to read");
        if (_context.HasErrors) return null;

        List<ParsedField> parsed = [.. _fields.Select(static f => f.Field)];
        if (new Constructors(_context, parsed).Parse() is not { } construction) return null;
        TypeModel type = new(TypeShape.NameOf(_context.Type), parsed.Select(static f => f.Model).ToEquatableArray(), construction, null) { Suppressed = RepeatedDiagnostics.Of(_context, parsed).ToEquatableArray() };
        ViewLevelModel root = Level(_source.Select(static f => f.Model), _fields, 0);
        return new ViewModel(type, source.ToDisplayString(Text.CSharpText.TypeFormat), string.Join(", ", _fields.Select(static f => f.StoredPath)), root);
    }

    private void Add(Member member)
    {
        string path = member.Attributes.Find(SymbolExtensions.ModelVault, "VaultFieldAttribute")?.Argument(0)?.Value as string ?? member.Name;
        if (Resolve(member, path) is not { } steps) return;
        FieldModel leaf = steps[steps.Count - 1];
        ValueParser types = new(_context, enumAsNumber: false);
        (string type, bool isNullable) = types.TypeOf(member.Property.Type);
        bool mayBeNull = steps.Any(static s => s.Value.IsNullable && !s.IsRequired);
        if (type != leaf.Value.Type) Report(member, $"'{member.Name}' is of type '{member.Property.Type.Display()}', the stored member '{path}' of another");
        else if (mayBeNull && !isNullable) Report(member, $"'{member.Name}' can't be null, '{path}' can");
        else Add(new ViewField(_fields.Count, new ParsedField(member, leaf with { Member = member.Name, Value = leaf.Value with { IsNullable = isNullable }, Generated = GeneratedValue.None }), [.. steps.Select(static s => s.StoredName)]));
    }

    private void Add(ViewField field)
    {
        if (_fields.Find(f => f.IsInside(field) || field.IsInside(f)) is { } other)
            Report(field.Field.Member, $"'{field.Field.Member.Name}' and '{other.Field.Member.Name}' read the same field");
        _fields.Add(field);
    }

    // The fields on the way, by stored name or by member.
    private List<FieldModel>? Resolve(Member member, string path)
    {
        List<FieldModel> steps = [];
        IReadOnlyList<FieldModel> level = [.. _source.Select(static f => f.Model)];
        foreach (string segment in path.Trim().Split('.'))
        {
            if ((level.FirstOrDefault(f => f.StoredName == segment) ?? level.FirstOrDefault(f => f.Member == segment)) is not { } field)
            {
                Report(member, $"there is no stored member '{path}' for '{member.Name}'");
                return null;
            }

            steps.Add(field);
            level = [.. field.Value.Object?.Fields ?? Enumerable.Empty<FieldModel>()];
        }

        return steps;
    }

    private static ViewLevelModel Level(IEnumerable<FieldModel> fields, IReadOnlyList<ViewField> views, int depth)
    {
        List<FieldModel> level = [.. fields];
        List<ViewMemberModel> members = [];
        for (int i = 0; i < level.Count; i++)
        {
            List<ViewField> here = [.. views.Where(v => v.Path[depth] == level[i].StoredName)];
            if (here.Count == 0) continue;
            bool isRead = here[0].Path.Length == depth + 1;
            members.Add(new ViewMemberModel(
                level[i].Member, i, isRead ? here[0].Ordinal : -1, isRead ? null : Level(level[i].Value.Object!.Fields, here, depth + 1)));
        }

        return new ViewLevelModel(level.Select(static f => f.StoredName).ToEquatableArray(), members.ToEquatableArray());
    }

    private void Report(Member? member, string why) => _context.Report(Rules.View, member?.Location, _context.Type.Name, why);

    /// <summary>A member of the view and the stored names on the way to its field.</summary>
    private sealed record ViewField(int Ordinal, ParsedField Field, string[] Path)
    {
        public string StoredPath => string.Join(".", Path);

        public bool IsInside(ViewField other) => Path.Length >= other.Path.Length && Path.Take(other.Path.Length).SequenceEqual(other.Path);
    }
}
