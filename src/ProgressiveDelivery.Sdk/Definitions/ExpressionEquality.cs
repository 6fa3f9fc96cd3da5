namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>Whether two expressions say the same, by content.</summary>
internal static class ExpressionEquality
{
    public static bool AreSame(ExpressionDefinition? one, ExpressionDefinition? other) => AreSame(one, other, depth: 0);

    // What is nested more deeply than anything that is compiled counts as different: recursion ends.
    private static bool AreSame(ExpressionDefinition? one, ExpressionDefinition? other, int depth) => (one, other) switch
    {
        _ when ReferenceEquals(one, other) => true,
        _ when depth > SnapshotLimits.DeepestNesting => false,
        (ListExpression list, ListExpression another) => AreSame(list.Items, another.Items, depth),
        (OperationExpression operation, OperationExpression another) =>
            operation.Operator == another.Operator && AreSame(operation.Operands, another.Operands, depth),
        (FractionalExpression fractional, FractionalExpression another) =>
            fractional.Hash == another.Hash && AreSame(fractional.By, another.By, depth + 1) && AreSame(fractional.Shares, another.Shares, depth),
        (LiteralExpression literal, LiteralExpression another) => literal.Value.Kind == another.Value.Kind && literal == another,
        _ => one == other,
    };

    private static bool AreSame(IReadOnlyList<ExpressionDefinition> one, IReadOnlyList<ExpressionDefinition> other, int depth) =>
        DefinitionEquality.AreSame(one, other, (one, other) => AreSame(one, other, depth + 1));
}
