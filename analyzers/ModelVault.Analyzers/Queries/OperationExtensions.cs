using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ModelVault.Analyzers.Queries;

/// <summary>Steps through what the compiler puts around an expression.</summary>
internal static class OperationExtensions
{
    /// <summary>The expression inside conversions, delegate creations and query syntax.</summary>
    public static IOperation Unwrap(this IOperation operation)
    {
        while (true)
        {
            IOperation? inner = operation switch
            {
                IConversionOperation conversion => conversion.Operand,
                IDelegateCreationOperation creation => creation.Target,
                ITranslatedQueryOperation query => query.Operation,
                _ => null,
            };
            if (inner is null) return operation;
            operation = inner;
        }
    }

    /// <summary>What a lambda returns, where it has a single return; null otherwise.</summary>
    public static IOperation? SingleResult(this IAnonymousFunctionOperation lambda)
    {
        IReturnOperation? result = null;
        foreach (IReturnOperation candidate in lambda.Body.Operations.OfType<IReturnOperation>())
        {
            if (result is not null) return null;
            result = candidate;
        }

        bool onlyDeclares = lambda.Body.Operations.All(o => o == result || o is IVariableDeclarationGroupOperation);
        return onlyDeclares ? result?.ReturnedValue : null;
    }
}
