using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses the <c>Where</c> of an index, which is C# over the model's members, into the conditions of the schema JSON.</summary>
internal sealed class IndexConditionParser(IndexMemberParser members)
{
    private const string Forms = "a condition compares a member with a literal, null or an enum's member, or names a bool (\"!Lent && Year >= 2000\"); && joins several";

    private readonly List<string> _conditions = [];

    /// <summary>What is not possible, and why.</summary>
    public (string What, string Why) Refused { get; private set; }

    /// <summary>The conditions as JSON, each once, in ordinal order. Null, and <see cref="Refused"/> says why, where one is not possible.</summary>
    public EquatableArray<string>? Parse(string text)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(text);
        if (expression.ContainsDiagnostics)
        {
            Refused = (text, $"it is not an expression of C#; {Forms}");
            return null;
        }

        return Add(expression) ? _conditions.Distinct().OrderBy(static c => c, StringComparer.Ordinal).ToEquatableArray() : null;
    }

    private bool Add(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Add(parenthesized.Expression),
        BinaryExpressionSyntax both when both.IsKind(SyntaxKind.LogicalAndExpression) => Add(both.Left) && Add(both.Right),
        BinaryExpressionSyntax binary => AddComparison(binary),
        IsPatternExpressionSyntax pattern => AddPattern(pattern),
        PrefixUnaryExpressionSyntax negation when negation.IsKind(SyntaxKind.LogicalNotExpression) => AddFlag(Inside(negation.Operand), expression, value: false),
        _ => AddFlag(expression, expression, value: true),
    };

    private bool AddFlag(ExpressionSyntax flag, ExpressionSyntax whole, bool value)
    {
        if (NamesIn(flag) is not { } names) return Refuse(whole, Forms);
        if (Member(flag, names) is not { } member) return false;
        return member.IsBool
            ? Add("equal", member, value ? "true" : "false")
            : Refuse(whole, $"'{flag}' is no bool that is always there; {Forms}");
    }

    private bool AddPattern(IsPatternExpressionSyntax expression)
    {
        bool isNegated = expression.Pattern is UnaryPatternSyntax;
        PatternSyntax pattern = expression.Pattern is UnaryPatternSyntax negation ? negation.Pattern : expression.Pattern;
        if (pattern is not ConstantPatternSyntax constant || !constant.Expression.IsKind(SyntaxKind.NullLiteralExpression)) return Refuse(expression, Forms);
        if (NamesIn(Inside(expression.Expression)) is not { } names) return Refuse(expression, Forms);
        return Member(expression.Expression, names) is { } member && AddNull(member, expression, isNegated);
    }

    private bool AddComparison(BinaryExpressionSyntax expression)
    {
        if (OperatorOf(expression.Kind()) is not { } op) return Refuse(expression, Forms);
        ExpressionSyntax left = Inside(expression.Left), right = Inside(expression.Right);

        // "Status == Status.Open": what names a member is one, whatever else it may name.
        bool isLeft = NamesIn(left) is { } leftNames && members.Find(leftNames) is not null;
        bool isRight = NamesIn(right) is { } rightNames && members.Find(rightNames) is not null;
        if (isLeft && isRight) return Refuse(expression, $"it compares two members; {Forms}");
        (ExpressionSyntax subject, ExpressionSyntax constant) = isRight ? (right, left) : (left, right);
        if (!isLeft && !isRight && NamesIn(subject) is null) (subject, constant) = (constant, subject);
        if (NamesIn(subject) is not { } names) return Refuse(expression, Forms);
        if (Member(subject, names) is not { } member) return false;
        if (constant.IsKind(SyntaxKind.NullLiteralExpression)) return op is "equal" or "not_equal" ? AddNull(member, expression, op == "not_equal") : Refuse(expression, "nothing is less or greater than null");
        return IndexConstant.Json(constant, member.Value, out string why) is { } json ? Add(isRight ? Mirrored(op) : op, member, json) : Refuse(expression, why);
    }

    private bool AddNull(ConditionMember member, ExpressionSyntax expression, bool isNegated) => member.IsNullable
        ? Add(isNegated ? "is_not_null" : "is_null", member, null)
        : Refuse(expression, "the member is never null");

    private bool Add(string op, ConditionMember member, string? json)
    {
        string path = CanonicalJson.Strings(member.StoredPath);
        _conditions.Add($"{{\"op\":\"{op}\",\"path\":{path}{(json is null ? "" : $",\"value\":{json}")}}}");
        return true;
    }

    private ConditionMember? Member(ExpressionSyntax expression, IReadOnlyList<string> names)
    {
        if (members.Find(names) is not { } path)
        {
            Refuse(expression, $"there is no stored member of this name; {Forms}");
            return null;
        }

        ValueModel value = path[path.Count - 1].Value;
        if (value.IsScalar) return new ConditionMember([.. path.Select(static f => f.StoredName)], value, path.Any(static f => f.Value.IsNullable));
        Refuse(expression, "only single values such as numbers, strings and dates can be compared");
        return null;
    }

    // "Publisher.City" and "this.Year"; null for what is no chain of names.
    private static List<string>? NamesIn(ExpressionSyntax expression)
    {
        if (expression is IdentifierNameSyntax name) return [name.Identifier.ValueText];
        if (expression is not MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Name: IdentifierNameSyntax member } access) return null;
        if (access.Expression is ThisExpressionSyntax) return [member.Identifier.ValueText];
        List<string>? names = NamesIn(access.Expression);
        names?.Add(member.Identifier.ValueText);
        return names;
    }

    private static ExpressionSyntax Inside(ExpressionSyntax expression) => expression is ParenthesizedExpressionSyntax inside ? Inside(inside.Expression) : expression;

    private static string? OperatorOf(SyntaxKind kind) => kind switch
    {
        SyntaxKind.EqualsExpression => "equal",
        SyntaxKind.NotEqualsExpression => "not_equal",
        SyntaxKind.LessThanExpression => "less",
        SyntaxKind.LessThanOrEqualExpression => "less_or_equal",
        SyntaxKind.GreaterThanExpression => "greater",
        SyntaxKind.GreaterThanOrEqualExpression => "greater_or_equal",
        _ => null,
    };

    private static string Mirrored(string op) => op switch
    {
        "less" => "greater",
        "less_or_equal" => "greater_or_equal",
        "greater" => "less",
        "greater_or_equal" => "less_or_equal",
        _ => op,
    };

    private bool Refuse(ExpressionSyntax what, string why)
    {
        Refused = (what.ToString(), why);
        return false;
    }

    private sealed record ConditionMember(IReadOnlyList<string> StoredPath, ValueModel Value, bool IsNullable)
    {
        public bool IsBool => Value.Kind == ValueKind.Bool && !IsNullable;
    }
}
