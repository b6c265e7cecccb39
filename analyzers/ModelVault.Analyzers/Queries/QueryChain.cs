using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelVault.Analyzers.Queries;

/// <summary>A query from its collection to the call that runs it, with everything it may have been through on the way.</summary>
internal sealed class QueryChain
{
    private readonly QueryTypes _types;
    private readonly LocalValues _locals;
    private readonly int _position;
    private readonly HashSet<ILocalSymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly List<IInvocationOperation> _filters = [];

    private QueryChain(QueryTypes types, LocalValues locals, SyntaxNode end)
    {
        _types = types;
        _locals = locals;
        _position = end.Span.End;
        End = end;
    }

    /// <summary>The call that runs the query, or the query where it is enumerated.</summary>
    public SyntaxNode End { get; }

    /// <summary>The model that is queried; null where the chain's start is out of sight.</summary>
    public INamedTypeSymbol? Model { get; private set; }

    /// <summary>Whether the chain says that a scan is meant.</summary>
    public bool AllowsScan { get; private set; }

    /// <summary>Whether a part of the chain is out of sight, so that nothing can be said of it.</summary>
    public bool IsOpaque { get; private set; }

    /// <summary>The calls that filter, in the order of the source.</summary>
    public IEnumerable<IInvocationOperation> Filters => _filters.OrderBy(static f => f.Syntax.Span.End);

    /// <summary>Reads the chain that ends in an expression: the call of a terminal, or a query that is enumerated.</summary>
    public static QueryChain EndingIn(IOperation end, QueryTypes types, LocalValues locals)
    {
        QueryChain chain = new(types, locals, end.Syntax);
        chain.Read(end);
        return chain;
    }

    private void Read(IOperation source)
    {
        source = source.Unwrap();
        if (source is IInvocationOperation { Instance: { } receiver } call && _types.IsQueryMethod(call.TargetMethod)) ReadCall(call, receiver);
        else if (source is ILocalReferenceOperation local && _types.IsQuery(local.Type)) Follow(local.Local);
        else if (_types.IsCollection(source.Type)) StartAt(source.Type);
        else IsOpaque = true;
    }

    private void ReadCall(IInvocationOperation call, IOperation receiver)
    {
        if (call.TargetMethod.Name == "AllowScan") AllowsScan = true;
        if (IsFilter(call)) _filters.Add(call);
        Read(receiver);
    }

    private void Follow(ILocalSymbol local)
    {
        if (!_followed.Add(local)) return;
        if (_locals.At(local, _position) is not { } values) IsOpaque = true;
        else foreach (IOperation value in values) Read(value);
    }

    private void StartAt(ITypeSymbol? collection)
    {
        INamedTypeSymbol? model = _types.ModelOf(collection);
        if (model is null || (Model is not null && !SymbolEqualityComparer.Default.Equals(Model, model))) IsOpaque = true;
        Model = model;
    }

    // Where, and every terminal that takes a predicate.
    private bool IsFilter(IInvocationOperation call) => call.TargetMethod.Name == "Where" || call.TargetMethod.Parameters.Any(p => IsPredicate(p.Type));

    private bool IsPredicate(ITypeSymbol type) =>
        _types.IsFilter(type) || (type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { } result } && _types.IsFilter(result));
}
