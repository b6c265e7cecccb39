using System.Globalization;
using Xunit.Abstractions;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>Random queries of the dynamic API over random schemas give what their conditions mean, in the same order, with and without random indexes.</summary>
public sealed class RecordDifferentialTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_schemas()
    {
        Coverage coverage = new();
        using VaultDatabase scratch = VaultDatabase.OpenInMemory();
        for (int seed = DifferentialScale.Seed; seed < DifferentialScale.Seed + DifferentialScale.Schemas; seed++)
            new DifferentialRun<VaultRecord>(new RecordCase(seed, scratch), coverage).Ask(DifferentialScale.QueriesOfSchema, seed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{coverage.Queries} queries over {DifferentialScale.Schemas} schemas\n{string.Join(", ", coverage.Questions)}\n{coverage.Plans} plans: {string.Join(", ", coverage.Kinds)}"));
        if (!DifferentialScale.IsCovering) return;
        foreach (PlanNodeKind kind in (PlanNodeKind[])[PlanNodeKind.KeyLookup, PlanNodeKind.KeyRange, PlanNodeKind.IndexLookup, PlanNodeKind.IndexRange, PlanNodeKind.IndexUnion, PlanNodeKind.IndexIntersection, PlanNodeKind.CollectionScan])
            Assert.True(coverage.Of(kind) >= DifferentialScale.LeastOfAPlan, $"hardly a {kind} among {coverage.Plans} plans: {string.Join(", ", coverage.Kinds)}");
    }
}
