using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>Which operators a key serves: for each class a field with an index and one without.</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData("b.Year == 2000")]
    [InlineData("2000 == b.Year")]
    [InlineData("b.Year.Equals(year)")]
    [InlineData("b.Title == who")]
    [InlineData("b.Title.Equals(who)")]
    [InlineData("b.Title.Equals(who, StringComparison.Ordinal)")]
    [InlineData("b.Isbn == null")]
    [InlineData("null == b.Isbn")]
    [InlineData("b.Isbn.IsNull")]
    [InlineData("b.Isbn != null")]
    [InlineData("b.Isbn.HasValue")]
    [InlineData("!b.Isbn.IsNull")]
    [InlineData("!b.Isbn.HasValue")]
    [InlineData("!(b.Isbn == null)")]
    [InlineData("b.Year == 1 || b.Id == 2")]
    [InlineData("b.Year == 1 | b.Lent")]
    [InlineData("(b.Year == 1).BitwiseOr(b.Lent)")]
    [InlineData("(b.Year == 1 || b.Title == who || b.Isbn == null) && b.Active")]
    [InlineData("b.Price > 1 && (b.Year == 1 && b.Active || b.Lent)")]
    [InlineData("b.Shelf == 1 && (b.Copies == 1 || b.Active)")]
    [InlineData("b.Discount == null")]
    [InlineData("b.Discount.IsNull")]
    [InlineData("b.Discount.Value > 1")]
    [InlineData("b.Lent")]
    [InlineData("b.Lent == true")]
    [InlineData("b.Lent == false")]
    [InlineData("b.Lent != true")]
    [InlineData("!b.Lent")]
    [InlineData("!!(b.Year == 1)")]
    [InlineData("b.Lent.LogicalNot()")]
    [InlineData("b.Year > 1 && b.Price > 1")]
    [InlineData("b.Price > 1 && b.Lent")]
    [InlineData("b.Price > 1 & b.Lent")]
    [InlineData("b.Lent.BitwiseAnd(b.Price > 1)")]
    [InlineData("(b.Price > 1).BitwiseAnd(b.Lent)")]
    [InlineData("!b.Active && b.Year < 2000")]
    [InlineData("b.Year < 2000")]
    [InlineData("b.Year <= 2000")]
    [InlineData("2000 >= b.Year")]
    [InlineData("b.Year >= year + 1")]
    [InlineData("b.Year.Between(1990, 2000)")]
    [InlineData("b.Year.In(1990, 2000)")]
    [InlineData("b.Year.In(new List<int> { 1 })")]
    [InlineData("new[] { 1, 2 }.Contains(b.Year)")]
    [InlineData("new HashSet<string> { who }.Contains(b.Title)")]
    [InlineData("b.Title.StartsWith(\"A\")")]
    [InlineData("b.Title.StartsWith(\"A\", StringComparison.Ordinal)")]
    [InlineData("b.Title > \"M\"")]
    [InlineData("b.Id == 1")]
    [InlineData("b.Id > 1")]
    [InlineData("b.Id.In(1, 2)")]
    public Task A_condition_that_an_index_serves_is_silent(string filter) =>
        Shop.VerifyBodyAsync($"_ = db.Books.Where(b => {filter}).ToList();");

    [Theory]
    [InlineData("{|MV0101:b.Price|} == 1")]
    [InlineData("{|MV0101:b.Price|} > 1")]
    [InlineData("1 < {|MV0101:b.Price|}")]
    [InlineData("{|MV0101:b.Price|}.Between(1, 2)")]
    [InlineData("{|MV0101:b.Price|}.In(1, 2)")]
    [InlineData("new[] { 1m }.Contains({|MV0101:b.Price|})")]
    [InlineData("{|MV0101:b.Rating|} == null")]
    [InlineData("{|MV0101:b.Rating|}.IsNull")]
    [InlineData("{|MV0101:b.Rating|} >= 4")]
    [InlineData("{|MV0101:b.Active|}")]
    [InlineData("{|MV0101:b.Active|} == false")]
    [InlineData("{|MV0101:b.Subtitle|}.StartsWith(\"A\")")]
    [InlineData("{|MV0101:b.Subtitle|}.Equals(who)")]
    public Task A_condition_on_a_field_without_index_warns(string filter) =>
        Shop.VerifyBodyAsync($"_ = db.Books.Where(b => {filter}).ToList();");

    [Theory]
    [InlineData("{|MV0101:b.Year|} != 2000")]
    [InlineData("!({|MV0101:b.Year|} == 2000)")]
    [InlineData("({|MV0101:b.Year|} == 2000).LogicalNot()")]
    [InlineData("{|MV0101:b.Lent|}.BitwiseOr(b.Active)")]
    [InlineData("{|MV0101:b.Lent|} | b.Active")]
    [InlineData("{|MV0101:b.Year|} == 1 || b.Id == 2 || b.Price > 1")]
    [InlineData("{|MV0101:b.Price|} > 1 && (b.Lent || b.Active)")]
    [InlineData("!({|MV0101:b.Year|} == 1 || b.Id == 2)")]
    [InlineData("{|MV0101:b.Title|}.EndsWith(\"x\")")]
    [InlineData("{|MV0101:b.Title|}.Contains(\"x\")")]
    [InlineData("{|MV0101:b.Title|}.StartsWith(\"x\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("{|MV0101:b.Title|}.Equals(\"x\", StringComparison.OrdinalIgnoreCase)")]
    [InlineData("{|MV0101:b.Title|}.Length > 3")]
    [InlineData("{|MV0101:b.Tags|}.Contains(\"x\")")]
    [InlineData("{|MV0101:b.Tags|}.Any()")]
    [InlineData("{|MV0101:b.Tags|}.Any(t => t == \"x\" || t.EndsWith(\"z\"))")]
    [InlineData("{|MV0101:b.Tags|}.All(t => t.StartsWith(\"x\"))")]
    [InlineData("{|MV0101:b.Tags|}.Count > 2")]
    [InlineData("{|MV0101:b.Tags|} == null")]
    [InlineData("{|MV0101:b.Scores|}[\"a\"] > 1")]
    [InlineData("{|MV0101:b.Scores|}.ContainsKey(\"a\")")]
    [InlineData("{|MV0101:b.Title|} == b.Subtitle")]
    [InlineData("{|MV0101:b.Year|} > b.Copies")]
    public Task A_form_that_no_index_serves_warns_even_on_an_indexed_field(string filter) =>
        Shop.VerifyBodyAsync($"_ = db.Books.Where(b => {filter}).ToList();");

    [Fact]
    public Task A_range_to_NaN_is_served_by_nothing() =>
        Analysis.VerifyAsync(
            Shop.Body("_ = db.Scales.Where(s => {|MV0101:s.Weight|} > double.NaN).ToList(); _ = db.Scales.Where(s => s.Weight > 1.5).ToList();"),
            "namespace Shop; [ModelVault.VaultCollection] public partial class Scale { public long Id { get; set; } [ModelVault.Index] public double Weight { get; set; } }");

    [Theory]
    [InlineData("b.Title.StartsWith(\"x\", comparison)")]
    [InlineData("Recent(b) && b.Active")]
    [InlineData("flag ? b.Year == 1 : b.Price == 1")]
    public Task A_condition_out_of_sight_is_silent(string filter) =>
        Shop.VerifyBodyAsync($"_ = db.Books.Where(b => {filter}).ToList(); static VaultFilter<Book> Recent(BookFields b) => b.Year > 2000;");
}
