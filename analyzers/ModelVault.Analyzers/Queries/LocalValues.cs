using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelVault.Analyzers.Queries;

/// <summary>What the local variables of one method body are set to. Collected when first asked.</summary>
internal sealed class LocalValues(ImmutableArray<IOperation> blocks)
{
    private readonly Dictionary<ILocalSymbol, List<IOperation>> _values = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ILocalSymbol> _unknown = new(SymbolEqualityComparer.Default);
    private bool _isCollected;

    /// <summary>
    /// Everything the local may hold at a position. Null where that can't be told: it is set by reference, by deconstruction
    /// or nowhere, or it is set again further down, from where a loop or a lambda may come back.
    /// </summary>
    public IReadOnlyList<IOperation>? At(ILocalSymbol local, int position)
    {
        if (!_isCollected) Collect();
        if (_unknown.Contains(local) || !_values.TryGetValue(local, out List<IOperation>? values)) return null;
        return values.TrueForAll(v => v.Syntax.SpanStart <= position) ? values : null;
    }

    private void Collect()
    {
        _isCollected = true;
        foreach (IOperation operation in blocks.SelectMany(static b => b.DescendantsAndSelf())) Visit(operation);
    }

    private void Visit(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer() is { } initializer:
                Add(declarator.Symbol, initializer.Value);
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                Add(target.Local, assignment.Value);
                break;
            case IArgumentOperation { Value: ILocalReferenceOperation passed, Parameter.RefKind: not RefKind.None }:
                _unknown.Add(passed.Local);
                break;
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (ILocalReferenceOperation target in deconstruction.Target.DescendantsAndSelf().OfType<ILocalReferenceOperation>()) _unknown.Add(target.Local);
                break;
        }
    }

    private void Add(ILocalSymbol local, IOperation value)
    {
        if (local.IsRef) _unknown.Add(local);
        if (!_values.TryGetValue(local, out List<IOperation>? values)) _values.Add(local, values = []);
        values.Add(value);
    }
}
