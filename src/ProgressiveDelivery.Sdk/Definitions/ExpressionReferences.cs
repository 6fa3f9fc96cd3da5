using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Collects the attributes that an expression names by constant paths. What it computes cannot be known, and values that it is given are none.</summary>
/// <param name="scope">The values that it sees besides attributes.</param>
/// <param name="references">Gets the references.</param>
internal sealed class ExpressionReferences(ExpressionScope scope, ISet<string> references)
{
    // As deep, and as many, as are compiled.
    private const int MaxNesting = 100;
    private const int MaxNodes = 20_000;

    // Paths are listed in one list; an operator has its list as its one operand.
    private const int MaxLists = 2;

    private int _nodes;

    public void Add(ExpressionDefinition expression) => Add(expression, 0);

    private void Add(ExpressionDefinition? expression, int depth)
    {
        if (depth > MaxNesting || ++_nodes > MaxNodes)
            return;
        switch (expression)
        {
            case ListExpression list:
                AddAll(list.Items, depth);
                break;
            case FractionalExpression fractional:
                if (fractional.By is null)
                    references.Add(EvaluationContext.TargetingKeyName);
                Add(fractional.By, depth + 1);
                AddAll(fractional.Shares, depth);
                break;
            case OperationExpression { Operator: ExpressionOperator.Variable } variable:
                AddPaths(variable.Operands.Take(1));
                AddAll(variable.Operands, depth);
                break;
            case OperationExpression { Operator: ExpressionOperator.Missing or ExpressionOperator.MissingSome } missing:
                AddPaths(missing.Operands);
                AddAll(missing.Operands, depth);
                break;
            case OperationExpression operation:
                AddAll(operation.Operands, depth);
                break;
        }
    }

    private void AddAll(IEnumerable<ExpressionDefinition> expressions, int depth)
    {
        foreach (var expression in expressions)
            Add(expression, depth + 1);
    }

    private void AddPaths(IEnumerable<ExpressionDefinition> operands)
    {
        foreach (var operand in operands)
        {
            if (operand is LiteralExpression literal)
                AddPath(literal.Value, 0);
            else if (operand is ListExpression list)
                AddPaths(list.Items.OfType<LiteralExpression>());
        }
    }

    private void AddPath(AttributeValue path, int depth)
    {
        if (depth > MaxLists || ++_nodes > MaxNodes)
            return;
        if (path.Kind == AttributeKind.List)
        {
            foreach (var item in path.Items)
                AddPath(item, depth + 1);
        }
        else if (path.AsString() is { Length: > 0 } text && text.Split('.') is var tokens && !IsGiven(tokens[0]))
        {
            references.Add(tokens.Length == 1 && !text.Contains('/', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal) ? text : string.Concat(tokens.Select(token => $"/{Escaped(token)}")));
        }
    }

    private bool IsGiven(string name) =>
        name == scope.Surroundings || (scope.Given.Kind == AttributeKind.Object && scope.Given.Members.ToArray().Any(member => member.Name == name));

    private static string Escaped(string token) => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
