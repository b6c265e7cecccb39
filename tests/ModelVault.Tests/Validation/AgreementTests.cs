using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Validation;

/// <summary>The generated checks say what the attributes say, and the checks by schema say what the generated ones say. FsCheck prints the seed of what fails.</summary>
public class AgreementTests
{
    private static readonly RecordValidator BySchema = new(Account.Schema);

    [Fact]
    public void Generated_checks_find_what_the_attributes_find() => ForAllAccounts(static account =>
        Assert.Equal(ByAttributes(account), ByModel(account).Where(static v => !v.Path.Contains('.')).Select(static v => $"{v.Path} {v.Rule}").Order()));

    [Fact]
    public void Checks_by_schema_find_what_the_generated_ones_find() => ForAllAccounts(static account =>
        Assert.Equal(ByModel(account).Select(static v => Text(v)).Order(), BySchemaOf(account).Select(static v => Text(v)).Order()));

    [Fact]
    public void Random_accounts_break_every_rule_and_keep_it()
    {
        List<IReadOnlyList<VaultViolation>> found = [.. Enumerable.Range(0, 500).Select(static seed => ByModel(RandomAccounts.Of(seed)))];
        (string Path, string Rule)[] rules = [.. typeof(Account).GetProperties().SelectMany(static p => RulesOf(p).Select(r => (PathOf(p), r.Rule)))];
        Assert.All(rules, rule => Assert.Contains(found, v => v.Any(x => (x.Path, x.Rule) == rule)));
        Assert.All(rules, rule => Assert.Contains(found, v => v.All(x => (x.Path, x.Rule) != rule)));
        Assert.Contains(found, static v => v.Any(static x => x.Path == "contacts[2].name"));
        Assert.Contains(found, static v => v.Any(static x => x.Path == "by_number[-5].place.x"));
        Assert.Contains(found, static v => v.Any(static x => x.Path == "shapes[1][0].x"));
        Assert.Contains(found, static v => v.Any(static x => x.Path == "main.rank"));
    }

    private static void ForAllAccounts(Action<Account> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(RandomAccounts.Of(seed))));

    private static IReadOnlyList<VaultViolation> ByModel(Account account)
    {
        VaultValidator validator = default;
        VaultObjects.Validate(in account, ref validator);
        return validator.Violations ?? [];
    }

    private static IReadOnlyList<VaultViolation> BySchemaOf(Account account)
    {
        MessagePackWriter writer = new(new byte[64]);
        VaultObjects.Write(in account, ref writer);
        VaultValidator validator = default;
        BySchema.Validate(writer.Written, 0, ref validator);
        return validator.Violations ?? [];
    }

    // Each attribute by itself: the platform's validator stops at [Required].
    private static IEnumerable<string> ByAttributes(Account account) =>
        from property in typeof(Account).GetProperties()
        from rule in RulesOf(property)
        let value = property.GetValue(account)
        where rule.Attribute.GetValidationResult(value, new ValidationContext(account) { MemberName = property.Name }) is not null
        orderby $"{PathOf(property)} {rule.Rule}"
        select $"{PathOf(property)} {rule.Rule}";

    private static string PathOf(PropertyInfo property) =>
        Account.Schema.Fields.First(f => f.Name.Replace("_", "", StringComparison.Ordinal).Equals(property.Name, StringComparison.OrdinalIgnoreCase)).Name;

    private static IEnumerable<(ValidationAttribute Attribute, string Rule)> RulesOf(PropertyInfo property) =>
        property.GetCustomAttributes<ValidationAttribute>().Select(static a => (a, a.GetType().Name.Replace("Attribute", "", StringComparison.Ordinal)));

    // Of the rules about lengths the schema knows only the limits.
    private static string Text(VaultViolation violation)
    {
        string rule = violation.Rule is "StringLength" or "Length" ? violation.Message.Contains("at most", StringComparison.Ordinal) ? "MaxLength" : "MinLength" : violation.Rule;
        string value = violation.Value switch
        {
            null => "null",
            byte[] bytes => Convert.ToHexString(bytes),
            string text => text,
            IEnumerable items => string.Join(",", items.Cast<object?>()),
            var other => string.Create(CultureInfo.InvariantCulture, $"{other}"),
        };
        return $"{violation.Path} {rule} {value}: {violation.Message}";
    }
}
