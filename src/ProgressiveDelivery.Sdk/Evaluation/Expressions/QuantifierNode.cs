using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether the body counts as true for all items, for none or for some. Not all of nothing do.</summary>
internal sealed class QuantifierNode(Expression source, Expression body, ExpressionOperator quantifier, int cost) : LoopNode(source, cost)
{
    protected override AttributeValue Loop(ReadOnlySpan<AttributeValue> items, in EvaluationInput input, ref ExpressionRun run)
    {
        // What settles it at once is a false one for all, and a true one for the others.
        var settling = quantifier != ExpressionOperator.All;
        foreach (ref readonly var item in items)
        {
            if (!TryTurnTo(in item, ref run))
                return false;
            if (body.IsTrue(in input, ref run) == settling)
                return quantifier == ExpressionOperator.Some;
        }

        return quantifier == ExpressionOperator.None || (quantifier == ExpressionOperator.All && !items.IsEmpty);
    }
}
