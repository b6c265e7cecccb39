using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests.Shapes;

/// <summary>One shape that a model can have: its sources, two records of it, and what is done with them.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Accessor">The accessor on a context.</param>
/// <param name="Key">The first record's key, as C#.</param>
/// <param name="First">The first record.</param>
/// <param name="Second">The second record, whose key is greater.</param>
/// <param name="Filter">A filter that the first record passes and the second does not.</param>
/// <param name="Change">Changes the first record: a call on <c>all</c>, the collection.</param>
/// <param name="Changed">The first record afterwards.</param>
/// <param name="Models">The sources, one per file.</param>
public sealed record Shape(string Name, string Accessor, string Key, string First, string Second, string Filter, string Change, string Changed, params string[] Models)
{
    /// <summary>Sources of another assembly that the models refer to; null where there is none.</summary>
    public string? Library { get; init; }

    /// <summary>Whether it is compiled in C# 14 too.</summary>
    public bool InCSharp14 { get; init; }

    /// <summary>Whether older versions of C# lack what it shows.</summary>
    public bool NeedsCSharp14 { get; init; }

    /// <summary>The program that writes, reads, queries and changes the records. It returns "ok", or what differed.</summary>
    public string Program(LanguageVersion version) => Template
        .Replace("$accessor", version == GeneratorHarness.CSharp13 ? $"{Accessor}()" : Accessor, StringComparison.Ordinal)
        .Replace("$key", Key, StringComparison.Ordinal)
        .Replace("$filter", Filter, StringComparison.Ordinal)
        .Replace("$changed", Changed, StringComparison.Ordinal)
        .Replace("$change", Change, StringComparison.Ordinal)
        .Replace("$first", First, StringComparison.Ordinal)
        .Replace("$second", Second, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private const string Template = """
        using Shop;
        using System.Collections;
        using System.Globalization;
        using System.Reflection;

        public static class Test
        {
            public static string Run()
            {
                using VaultDatabase db = VaultDatabase.OpenInMemory();
                var all = db.$accessor;
                var first = $first;
                var second = $second;
                all.Insert(first);
                all.InsertMany([second]);
                string differences = Compare("get", first, all.Get($key)!) + Compare("list", new[] { first, second }, all.ToList());
                differences += Compare("query", new[] { first }, all.Where($filter).AllowScan("a shape").ToList()) + Compare("count", 1, all.AllowScan("a shape").Count($filter));
                if (!$change) differences += "nothing was changed; ";
                differences += Compare("change", $changed, all.Get($key)!) + Compare("other", second, all.ToList()[1]);
                all.Upsert(first);
                differences += Compare("upsert", first, all.Get($key)!);
                using (VaultTransaction tx = db.BeginTransaction())
                {
                    if (!tx.$accessor.Delete($key)) differences += "nothing was deleted; ";
                    tx.Commit();
                }

                differences += Compare("delete", new[] { second }, all.ToList()) + Compare("registry", 1, VaultModels.All.Count(m => m.ModelType == first.GetType()));
                return differences.Length == 0 ? "ok" : differences;
            }

            private static string Compare(string what, object expected, object actual) =>
                Text(expected) == Text(actual) ? "" : $"{what}: expected {Text(expected)}, was {Text(actual)}; ";

            private static string Text(object? value) => value switch
            {
                null => "null",
                string s => $"\"{s}\"",
                DateTime d => $"{d.Ticks} {d.Kind}",
                DateTimeOffset d => $"{d.Ticks} {d.Offset}",
                IDictionary map => $"[{string.Join(",", map.Keys.Cast<object>().Select(k => $"{Text(k)}:{Text(map[k])}").Order(StringComparer.Ordinal))}]",
                IEnumerable items => $"[{string.Join(",", items.Cast<object?>().Select(Text))}]",
                IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
                bool or Uri => value.ToString()!,
                _ => $"{{{string.Join(",", Properties(value.GetType()).Select(p => $"{p.DeclaringType!.Name}.{p.Name}={Text(p.GetValue(value))}"))}}}",
            };

            private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties()
                .Where(p => p is { CanRead: true, GetMethod.IsPublic: true, GetMethod.IsStatic: false, PropertyType.IsByRef: false } && p.GetIndexParameters().Length == 0)
                .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.DeclaringType!.Name, StringComparer.Ordinal);
        }
        """;
}
