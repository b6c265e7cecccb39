using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using ModelVault.Analyzers.Filters;
using ModelVault.Analyzers.Models;
using ModelVault.Analyzers.Queries;
using ModelVault.Planning;

namespace ModelVault.Analyzers;

/// <summary>
/// MV0101: a filtered query of which no condition is served by the primary key or an index. It judges a whole chain where it
/// runs, never a part of one, and is silent wherever a part of the chain is out of sight.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnservedQueryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [QueryRules.Unserved];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (QueryTypes.Find(start.Compilation) is not { } types) return;
            QueryJudge judge = new(types, start.Compilation);
            start.RegisterOperationBlockStartAction(block => JudgeBlock(block, types, judge));
        });
    }

    // Two terminals on one local would say the same twice, so the queries of a method body are reported together.
    private static void JudgeBlock(OperationBlockStartAnalysisContext block, QueryTypes types, QueryJudge judge)
    {
        ConcurrentBag<IOperation> ends = [];
        block.RegisterOperationAction(call => AddTerminal((IInvocationOperation)call.Operation, types, ends), OperationKind.Invocation);
        block.RegisterOperationAction(loop => AddEnumerated((loop.Operation as IForEachLoopOperation)?.Collection, types, ends), OperationKind.Loop);
        block.RegisterOperationAction(spread => AddEnumerated(((ISpreadOperation)spread.Operation).Operand, types, ends), OperationKind.Spread);
        block.RegisterOperationBlockEndAction(end =>
        {
            if (ends.IsEmpty) return;
            LocalValues locals = new(end.OperationBlocks);
            HashSet<Location> reported = [];
            foreach (IOperation query in ends.OrderBy(static e => e.Syntax.Span.End))
            {
                end.CancellationToken.ThrowIfCancellationRequested();
                if (judge.Judge(QueryChain.EndingIn(query, types, locals)) is { } diagnostic && reported.Add(diagnostic.Location)) end.ReportDiagnostic(diagnostic);
            }
        });
    }

    // Whatever a query or collection returns that is not a query has run it; Explain only looks at it.
    private static void AddTerminal(IInvocationOperation call, QueryTypes types, ConcurrentBag<IOperation> ends)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name == "Explain" || !types.IsQueryMethod(method) || types.IsQuery(method.ReturnType)) return;
        ends.Add(call);
    }

    private static void AddEnumerated(IOperation? collection, QueryTypes types, ConcurrentBag<IOperation> ends)
    {
        if (collection?.Unwrap() is { } query && types.IsQuery(query.Type)) ends.Add(query);
    }
}
