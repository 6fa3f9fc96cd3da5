using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that each operand compares to the next one as required.</summary>
internal sealed class OrderNode(Expression[] operands, Comparison comparison) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var left = operands[0].Evaluate(in input, ref run);
        for (var i = 1; i < operands.Length; i++)
        {
            var right = operands[i].Evaluate(in input, ref run);
            // Values that cannot be compared have no order.
            if (Coercion.Compare(in left, in right, ref run.Cost) is not { } order || !comparison.Holds(order))
                return false;
            left = right;
        }

        return true;
    }
}
