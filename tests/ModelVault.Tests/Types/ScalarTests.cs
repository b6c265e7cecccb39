namespace ModelVault.Tests.Types;

/// <summary>What holds of every scalar type alike: in a field, in an index, as a key, null and in lists.</summary>
public sealed class ScalarTests
{
    public static TheoryData<string> Types => [.. TypeCases.All.Keys];

    public static TheoryData<string, string> TypesUnderCultures
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string type in TypeCases.All.Keys)
                foreach (string culture in (string[])["", "tr-TR", "de-DE", "ar-SA", "fa-IR"]) data.Add(type, culture);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(TypesUnderCultures))]
    public void Every_value_comes_back_with_everything_about_it_under_every_culture(string type, string culture) => Under(culture, TypeCases.All[type].AssertEveryValueComesBack);

    [Theory]
    [MemberData(nameof(Types))]
    public void Values_come_back_from_a_file_that_is_opened_again(string type) => TypeCases.All[type].AssertComesBackFromTheFile();

    [Theory]
    [MemberData(nameof(TypesUnderCultures))]
    public void Values_come_back_through_a_record_and_its_JSON_under_every_culture(string type, string culture) => Under(culture, TypeCases.All[type].AssertComesBackThroughJson);

    [Theory]
    [MemberData(nameof(TypesUnderCultures))]
    public void Operators_say_what_LINQ_to_Objects_says_under_every_culture(string type, string culture) => Under(culture, TypeCases.All[type].AssertOperators);

    [Theory]
    [MemberData(nameof(TypesUnderCultures))]
    public void Results_are_ordered_as_the_contract_says_under_every_culture(string type, string culture) => Under(culture, TypeCases.All[type].AssertOrders);

    [Theory]
    [MemberData(nameof(TypesUnderCultures))]
    public void Every_scalar_is_a_primary_key_under_every_culture(string type, string culture) => Under(culture, TypeCases.All[type].AssertKeys);

    private static void Under(string culture, Action assert)
    {
        using CultureScope scope = new(culture);
        assert();
    }
}
