using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>Chains that are built in steps: followed as far as they are in sight, silent from there on.</summary>
public sealed class LocalTests
{
    [Theory]
    [InlineData("var q = db.Books.Where(b => {|MV0101:b.Price|} > 3); _ = q.ToList();")]
    [InlineData("var q = db.Books.Where(b => {|MV0101:b.Price|} > 3); var r = q.OrderBy(b => b.Id); _ = r.ToList();")]
    [InlineData("var q = db.Books.All(); _ = q.Where(b => {|MV0101:b.Price|} > 3).ToList();")]
    [InlineData("var books = db.Books; _ = books.Where(b => {|MV0101:b.Price|} > 3).ToList();")]
    [InlineData("var p = db.Books.Where(b => {|MV0101:b.Price|} > 3).Select(b => b.Title); foreach (var t in p) { }")]
    [InlineData("VaultQuery<Book, BookFields> q; q = db.Books.Where(b => {|MV0101:b.Price|} > 3); _ = q.ToList();")]
    [InlineData("var q = db.Books.Where(b => {|MV0101:b.Price|} > 3); Action a = () => q.ToList(); a();")]
    public Task A_local_is_followed(string body) => Shop.VerifyBodyAsync(body);

    [Theory]
    [InlineData("var q = db.Books.All(); q = q.Where(b => {|MV0101:b.Price|} > 3); _ = q.ToList();")]
    [InlineData("var q = db.Books.All(); if (flag) q = q.Where(b => {|MV0101:b.Price|} > 3); q = q.OrderBy(b => b.Year); _ = q.Take(5).ToList();")]
    [InlineData("var q = db.Books.All(); if (flag) q = q.Where(b => {|MV0101:b.Price|} > 3); else q = q.Where(b => b.Active); foreach (var b in q) { }")]
    [InlineData("var q = db.Books.All(); foreach (var tag in new[] { who }) q = q.Where(b => {|MV0101:b.Tags|}.Contains(tag)); _ = q.ToList();")]
    public Task A_reassigned_local_is_followed(string body) => Shop.VerifyBodyAsync(body);

    [Theory]
    [InlineData("var q = db.Books.Where(b => b.Price > 3); if (flag) q = q.Where(b => b.Title == who); _ = q.ToList();")]
    [InlineData("var q = db.Books.Where(b => b.Price > 3); q = q.Where(b => b.Id > 3); _ = q.ToList();")]
    [InlineData("var q = flag ? db.Books.Where(b => b.Price > 3) : db.Books.Where(b => b.Active); _ = q.ToList();")]
    [InlineData("var q = db.Books.Where(b => b.Price > 3); Narrow(ref q); _ = q.ToList(); static void Narrow(ref VaultQuery<Book, BookFields> q) => q = q.Where(b => b.Year == 1);")]
    [InlineData("var q = db.Books.All(); _ = q.Count(); q = q.Where(b => b.Price > 3);")]
    [InlineData("var (q, n) = (db.Books.Where(b => b.Price > 3), 1); _ = q.ToList();")]
    [InlineData("while (flag) { var q = db.Books.All(); _ = q.Count(); q = q.Where(b => b.Price > 3); }")]
    public Task Any_served_path_or_doubt_is_silence(string body) => Shop.VerifyBodyAsync(body);

    [Theory]
    [InlineData("Run(db.Books.Where(b => b.Price > 3)); static void Run(VaultQuery<Book, BookFields> q) => q.ToList();")]
    [InlineData("Run(db.Books.All()); static int Run(VaultQuery<Book, BookFields> q) => q.Where(b => b.Price > 3).Count();")]
    [InlineData("_ = Cheap().ToList(); VaultQuery<Book, BookFields> Cheap() => db.Books.Where(b => b.Price > 3);")]
    [InlineData("var holder = (Query: db.Books.Where(b => b.Price > 3), 1); _ = holder.Query.ToList();")]
    public Task A_query_that_escapes_is_silent(string body) => Shop.VerifyBodyAsync(body);

    [Fact]
    public Task Two_terminals_on_one_local_say_it_once() =>
        Shop.VerifyBodyAsync("var q = db.Books.Where(b => {|MV0101:b.Price|} > 3); _ = q.Count(); _ = q.Skip(10).ToList();");

    [Fact]
    public Task A_field_or_a_property_that_holds_a_query_is_silent() => Analysis.VerifyAsync(
        """
        using ModelVault; using Shop; using System.Linq;
        class Reports(VaultDatabase db)
        {
            private VaultQuery<Book, BookFields> _cheap = db.Books.Where(b => b.Price < 3);
            private VaultQuery<Book, BookFields> Lent => db.Books.Where(b => !b.Lent);
            private int _count = db.Books.Count(b => {|MV0101:b.Price|} < 3);
            public int Both() => _cheap.Count() + Lent.Count() + db.Books.Count(b => !{|MV0101:b.Active|});
        }
        """,
        Shop.Models);
}
