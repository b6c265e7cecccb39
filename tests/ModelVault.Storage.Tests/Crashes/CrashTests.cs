namespace ModelVault.Storage.Tests.Crashes;

/// <summary>Power failures while every commit waits for the disk.</summary>
public class CrashTests
{
    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void A_power_failure_at_any_call_loses_nothing_acknowledged_and_leaves_a_commit_that_was_made(string name) =>
        new CrashRun(Workloads.Named(name), DurabilityPlan.Full).Run();
}

/// <summary>Power failures while commits do not all wait for the disk.</summary>
public class LooseCrashTests
{
    [Theory]
    [MemberData(nameof(Workloads.NamesAndLoosePlans), MemberType = typeof(Workloads))]
    public void A_power_failure_at_any_call_loses_nothing_durable_and_leaves_a_commit_that_was_made(string name, string planName) =>
        new CrashRun(Workloads.Named(name), DurabilityPlan.Named(planName)).Run();
}
