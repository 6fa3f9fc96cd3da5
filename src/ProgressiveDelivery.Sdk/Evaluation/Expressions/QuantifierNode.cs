using ProgressiveDelivery.Sdk.Definitions.Translation;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that the body counts as true for all items, for none or for some. <c>all</c> is false for an empty list.</summary>
internal sealed class QuantifierNode(Expression source, Expression body, ExpressionOperator quantifier, int cost) : LoopNode(source, cost)
{
    protected override AttributeValue Loop(ReadOnlySpan<AttributeValue> items, in EvaluationInput input, ref ExpressionRun run)
    {
        // A false item decides <c>all</c> at once; a true item decides the others.
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
