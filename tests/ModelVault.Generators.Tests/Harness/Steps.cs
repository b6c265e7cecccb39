using System.Reflection;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>The pipeline's steps.</summary>
internal static class Steps
{
    /// <summary>All names of <see cref="TrackingNames"/>.</summary>
    public static IReadOnlySet<string> Names { get; } = typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(static f => f.IsLiteral).Select(static f => (string)f.GetRawConstantValue()!).ToHashSet(StringComparer.Ordinal);
}
