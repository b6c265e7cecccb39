namespace ModelVault.Storage.Tests.Schedules;

/// <summary>What a test needs that stops the engine between two of its steps.</summary>
internal static class DebugBuild
{
#if DEBUG
    public const string? WhyNot = null;
#else
    public const string? WhyNot = "Release builds do not have the places between steps where this test comes in: run it with -c Debug.";
#endif
}

/// <summary>A test that needs a debug build.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DebugFactAttribute : FactAttribute
{
    public DebugFactAttribute() => Skip = DebugBuild.WhyNot;
}

/// <summary>The same with arguments.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DebugTheoryAttribute : TheoryAttribute
{
    public DebugTheoryAttribute() => Skip = DebugBuild.WhyNot;
}
