using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>
/// Walks what the pipeline's steps hold. A symbol, a compilation or a syntax node among it would keep whole compilations
/// alive and would never be equal to the next one. Locations are allowed where diagnostics are made of them.
/// </summary>
internal static class RetainedObjects
{
    /// <summary>Fails if a step holds what it must not.</summary>
    public static void AssertNone(GeneratorRunResult result)
    {
        foreach (string name in Steps.Names.Where(result.TrackedSteps.ContainsKey))
        {
            HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
            foreach ((object value, IncrementalStepRunReason _) in result.TrackedSteps[name].SelectMany(static s => s.Outputs))
                Walk(value, name, TrackingNames.Located.Contains(name), seen);
        }
    }

    private static void Walk(object? value, string path, bool mayHaveLocations, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || (!value.GetType().IsValueType && !seen.Add(value))) return;
        Assert.False(value is ISymbol or Compilation or SemanticModel or SyntaxNode or AttributeData or IOperation, $"{path} holds a {value.GetType().Name}.");
        if (value is Diagnostic or Location)
        {
            Assert.True(mayHaveLocations, $"{path} holds a {value.GetType().Name}.");
            return;
        }

        Assert.False(value is SyntaxTree, $"{path} holds a syntax tree.");
        if (value is IEnumerable items)
        {
            foreach (object? item in items) Walk(item, $"{path}[]", mayHaveLocations, seen);
            return;
        }

        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.GetValue(value), $"{path}.{field.Name}", mayHaveLocations, seen);
    }
}
