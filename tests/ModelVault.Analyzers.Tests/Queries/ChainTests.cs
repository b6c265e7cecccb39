using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>A chain is judged where it runs, with all that happened to it before.</summary>
public sealed class ChainTests
{
    [Theory]
    [InlineData("_ = {0}.ToList();")]
    [InlineData("_ = {0}.ToArray();")]
    [InlineData("_ = {0}.ToDictionary(b => b.Id);")]
    [InlineData("_ = {0}.Count();")]
    [InlineData("_ = {0}.LongCount();")]
    [InlineData("_ = {0}.Any();")]
    [InlineData("_ = {0}.First();")]
    [InlineData("_ = {0}.FirstOrDefault();")]
    [InlineData("_ = {0}.Single();")]
    [InlineData("_ = {0}.SingleOrDefault();")]
    [InlineData("_ = {0}.Min(b => b.Year);")]
    [InlineData("_ = {0}.Max(b => b.Year);")]
    [InlineData("_ = {0}.Sum(b => b.Copies);")]
    [InlineData("_ = {0}.Average(b => b.Copies);")]
    [InlineData("_ = await {0}.ToListAsync();")]
    [InlineData("_ = await {0}.CountAsync();")]
    [InlineData("_ = await {0}.AnyAsync();")]
    [InlineData("_ = await {0}.FirstOrDefaultAsync();")]
    [InlineData("_ = await {0}.MaxAsync(b => b.Year);")]
    [InlineData("_ = {0}.AsEnumerable().Take(3);")]
    [InlineData("_ = {0}.Select(b => b.Title).ToList();")]
    [InlineData("_ = {0}.Select(b => (b.Id, b.Title)).ToList();")]
    [InlineData("_ = await {0}.Select(b => b.Title).ToListAsync();")]
    [InlineData("_ = {0}.OrderBy(b => b.Price).ThenBy(b => b.Copies).Skip(1).Take(2).ToList();")]
    [InlineData("_ = {0}.OrderBy(b => b.Year).ToList();")]
    [InlineData("foreach (var book in {0}) {{ }}")]
    [InlineData("foreach (var title in {0}.Select(b => b.Title)) {{ }}")]
    [InlineData("await foreach (var book in {0}.AsAsyncEnumerable()) {{ }}")]
    [InlineData("List<Book> all = [.. {0}];")]
    public async Task Every_way_to_run_a_query_judges_it(string run)
    {
        await Shop.VerifyBodyAsync(string.Format(null, run, "db.Books.Where(b => {|MV0101:b.Price|} > 3)"));
        await Shop.VerifyBodyAsync(string.Format(null, run, "db.Books.Where(b => b.Year > 3)"));
        await Shop.VerifyBodyAsync(string.Format(null, run, "db.Books.All()"));
    }

    [Theory]
    [InlineData("db.Books.Any({0})")]
    [InlineData("db.Books.Count({0})")]
    [InlineData("db.Books.First({0})")]
    [InlineData("db.Books.FirstOrDefault({0})")]
    [InlineData("db.Books.Single({0})")]
    [InlineData("db.Books.SingleOrDefault({0})")]
    [InlineData("db.Books.All().Any({0})")]
    [InlineData("db.Books.OrderBy(b => b.Id).First({0})")]
    [InlineData("await db.Books.All().CountAsync({0})")]
    [InlineData("await db.Books.All().AnyAsync({0})")]
    [InlineData("await db.Books.All().FirstOrDefaultAsync({0})")]
    public async Task Terminals_that_take_a_predicate_filter_by_it(string query)
    {
        await Shop.VerifyBodyAsync($"_ = {string.Format(null, query, "b => {|MV0101:b.Price|} > 3")};");
        await Shop.VerifyBodyAsync($"_ = {string.Format(null, query, "b => b.Id == 3")};");
    }

    [Theory]
    [InlineData("_ = db.Books.Where(b => {|MV0101:b.Price|} > 3).Where(b => b.Active).Where(b => !b.Active).ToList();")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3).Where(b => b.Year == 3).ToList();")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3).Any(b => b.Id == 1);")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3).Explain();")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3);")]
    [InlineData("_ = db.Books.FindByTitle(who).Where(b => b.Price > 3).ToList();")]
    [InlineData("_ = db.Books.ToList().Where(b => b.Price > 3);")]
    [InlineData("_ = db.Books.ToList(); _ = db.Books.Count(); foreach (var b in db.Books) { }")]
    [InlineData("_ = db.Books.Where(b => { var limit = year; return {|MV0101:b.Price|} > limit; }).ToList();")]
    [InlineData("_ = db.Books.Where(b => { if (flag) return b.Price > 1; return b.Year > 1; }).ToList();")]
    [InlineData("_ = db.Books.Where(b => { var y = b.Year; return y > 1; }).ToList();")]
    [InlineData("_ = db.Books.Where(static b => {|MV0101:b.Price|} > 3).ToList();")]
    [InlineData("Func<BookFields, VaultFilter<Book>> f = b => b.Price > 1; _ = db.Books.Where(f).ToList();")]
    [InlineData("_ = db.Books.Where(Cheap).ToList(); static VaultFilter<Book> Cheap(BookFields b) => b.Price < 1;")]
    [InlineData("_ = db?.Books.Where(b => {|MV0101:b.Price|} > 3).ToList();")]
    public Task The_whole_chain_counts(string body) => Shop.VerifyBodyAsync(body);

    [Theory]
    [InlineData("_ = db.Books.Where({|MV0101:Book.Fields.Price|} > 3).ToList();")]
    [InlineData("_ = db.Books.Where(Book.Fields.Price > 3 && Book.Fields.Year == 1).ToList();")]
    [InlineData("_ = db.Books.Where({|MV0101:Book.Fields.Price|}, 3).ToList();")]
    [InlineData("_ = db.Books.Where(Book.Fields.Title, who).ToList();")]
    [InlineData("_ = db.Books.Where(Book.Fields.Isbn, null).ToList();")]
    [InlineData("_ = db.Books.Where({|MV0101:Book.Fields.Active|}, true).ToList();")]
    [InlineData("_ = db.Books.Where({|MV0101:Book.Fields.Active|}).ToList();")]
    [InlineData("_ = db.Books.Where({|MV0101:Book.Fields.Active|} && Book.Fields.Copies > 1).ToList();")]
    [InlineData("var f = Book.Fields; _ = db.Books.Where({|MV0101:f.Price|} > 3).ToList(); _ = db.Books.Where(f.Year > 3).ToList();")]
    [InlineData("var filter = Book.Fields.Price > 3; _ = db.Books.Where(filter).ToList();")]
    [InlineData("VaultCollection<Book, long> books = db.Books; _ = books.Where({|MV0101:Book.Fields.Price|} > 3).ToList(); _ = books.Where(Book.Fields.Year > 3).ToList();")]
    [InlineData("_ = db.Collection<Book, long>().Where({|MV0101:Book.Fields.Price|} > 3).ToList();")]
    public Task Filters_made_of_values_count_as_lambdas_do(string body) => Shop.VerifyBodyAsync(body);

    [Theory]
    [InlineData("_ = (from b in db.Books where {|MV0101:b.Price|} > 3 select b).ToList();")]
    [InlineData("_ = (from b in db.Books where {|MV0101:b.Price|} > 3 orderby b.Year descending, b.Id select b.Title).ToList();")]
    [InlineData("_ = (from b in db.Books where b.Price > 3 where b.Year > 3 select b.Title).ToList();")]
    [InlineData("foreach (var t in from b in db.Books where {|MV0101:b.Active|} select b.Title) { }")]
    [InlineData("var q = from b in db.Books where {|MV0101:b.Price|} > 3 select b; _ = q.ToList();")]
    public Task Query_syntax_is_the_same_chain(string body) => Shop.VerifyBodyAsync(body);

    [Theory]
    [InlineData("_ = db.Books.AllowScan(\"report\").Where(b => b.Price > 3).ToList();")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3).AllowScan(\"report\").ToList();")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3).AllowScan(\"report\").OrderBy(b => b.Year).Select(b => b.Title).ToList();")]
    [InlineData("_ = db.Books.AllowScan(\"report\").Any(b => b.Price > 3);")]
    [InlineData("var q = db.Books.AllowScan(\"report\"); q = q.Where(b => b.Price > 3); _ = q.Count();")]
    [InlineData("foreach (var b in db.Books.Where(b => b.Price > 3).AllowScan(\"report\")) { }")]
    public Task AllowScan_anywhere_in_the_chain_silences(string body) => Shop.VerifyBodyAsync(body);
}
