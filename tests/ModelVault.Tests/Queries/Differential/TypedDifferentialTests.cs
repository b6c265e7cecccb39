using System.Globalization;
using ModelVault.Tests.Queries.Differential.Models;
using Xunit.Abstractions;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>Random queries over models give what LINQ gives on the same records, in the same order, with and without indexes.</summary>
public abstract class TypedDifferentialTests(ITestOutputHelper output)
{
    // With so many there are queries for which two are better than one.
    private const int ManyIndexes = 9;

    // With so many that hold further fields there are queries for which the records are not needed.
    private const int ManyCovering = 3;

    private protected void Ask<TModel>(ModelCase<TModel> model)
        where TModel : notnull
    {
        Coverage coverage = new();
        new DifferentialRun<TModel>(model, coverage).Ask(DifferentialScale.QueriesOfModel, DifferentialScale.Seed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {coverage.Queries} queries\n{string.Join(", ", coverage.Questions)}\n{coverage.Plans} plans: {string.Join(", ", coverage.Kinds)}\n{string.Join(", ", coverage.Indexes)}"));
        AssertCovered(model, coverage);
    }

    // So that the test cannot quietly come to read whole collections only.
    private static void AssertCovered<TModel>(ModelCase<TModel> model, Coverage coverage)
        where TModel : notnull
    {
        if (!DifferentialScale.IsCovering) return;
        if (model.Indexes.Length >= ManyIndexes) AssertUsed(PlanNodeKind.IndexIntersection);
        if (model.HasKeyOrder) AssertUsed(PlanNodeKind.KeyRange);
        foreach (PlanNodeKind kind in (PlanNodeKind[])[PlanNodeKind.KeyLookup, PlanNodeKind.IndexLookup, PlanNodeKind.IndexRange, PlanNodeKind.IndexUnion, PlanNodeKind.CollectionScan])
            AssertUsed(kind);
        if (model.Indexes.Count(static i => !i.Included.IsEmpty) >= ManyCovering) Assert.True(coverage.OfCovered >= DifferentialScale.LeastOfAPlan, $"{model.Name}: hardly a covering index among {coverage.Plans} plans");
        foreach (IndexSchema index in model.Indexes)
            Assert.True(coverage.OfIndex(index.Name) >= DifferentialScale.LeastOfAPlan, $"{model.Name}: {index.Name} is hardly used in {coverage.Plans} plans: {string.Join(", ", coverage.Indexes)}");

        void AssertUsed(PlanNodeKind kind) =>
            Assert.True(coverage.Of(kind) >= DifferentialScale.LeastOfAPlan, $"{model.Name}: hardly a {kind} among {coverage.Plans} plans: {string.Join(", ", coverage.Kinds)}");
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

public sealed class ValueDifferentialTests(ITestOutputHelper output) : TypedDifferentialTests(output)
{
    [Fact]
    public void Words() => Ask(new WordCase());

    [Fact]
    public void Moments() => Ask(new MomentCase());

    [Fact]
    public void Tokens() => Ask(new TokenCase());

    [Fact]
    public void Blobs() => Ask(new BlobCase());

    [Fact]
    public void Choices() => Ask(new ChoiceCase());
}

public sealed class PartDifferentialTests(ITestOutputHelper output) : TypedDifferentialTests(output)
{
    [Fact]
    public void Persons() => Ask(new PersonCase());

    [Fact]
    public void Offers() => Ask(new OfferCase());

    [Fact]
    public void Tagged() => Ask(new TaggedCase());

    [Fact]
    public void Films() => Ask(new FilmCase());

    [Fact]
    public void Sensors() => Ask(new SensorCase());
}

public sealed class PlanDifferentialTests(ITestOutputHelper output) : TypedDifferentialTests(output)
{
    [Fact]
    public void Parts() => Ask(new PartCase());

    [Fact]
    public void Covers() => Ask(new CoverCase());

    [Fact]
    public void Overlaps() => Ask(new OverlapCase());

    [Fact]
    public void Issues() => Ask(new IssueCase());

    [Fact]
    public void Copies() => Ask(new CopyCase());
}
