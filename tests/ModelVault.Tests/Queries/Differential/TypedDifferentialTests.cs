using System.Globalization;
using ModelVault.Tests.Queries.Differential.Models;
using Xunit.Abstractions;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>Random queries over models give what LINQ gives on the same records, in the same order, with and without indexes.</summary>
public abstract class TypedDifferentialTests(ITestOutputHelper output)
{
    private protected void Ask<TModel>(ModelCase<TModel> model)
        where TModel : notnull
    {
        Coverage coverage = new();
        new DifferentialRun<TModel>(model, coverage).Ask(DifferentialScale.QueriesOfModel, DifferentialScale.Seed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {coverage.Queries} queries\n{string.Join(", ", coverage.Questions)}\n{coverage.Plans} plans: {string.Join(", ", coverage.Kinds)}\n{string.Join(", ", coverage.Indexes)}"));
    }
}

public sealed class NumberDifferentialTests(ITestOutputHelper output) : TypedDifferentialTests(output)
{
    [Fact]
    public void Ledgers() => Ask(new LedgerCase());

    [Fact]
    public void Widths() => Ask(new WidthCase());

    [Fact]
    public void Widths_that_may_be_null() => Ask(new MaybeWidthCase());

    [Fact]
    public void Reals() => Ask(new RealCase());

    [Fact]
    public void Directions() => Ask(new DirectionCase());
}

public sealed class TextDifferentialTests(ITestOutputHelper output) : TypedDifferentialTests(output)
{
    [Fact]
    public void Words() => Ask(new WordCase());

    [Fact]
    public void Moments() => Ask(new MomentCase());

    [Fact]
    public void Tokens() => Ask(new TokenCase());
}
