using ProgressiveDelivery.Sdk.Evaluation.Conditions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether each operand stands to the next as is wanted.</summary>
internal sealed class OrderNode(Expression[] operands, Comparison comparison) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var left = operands[0].Evaluate(in input, ref run);
        for (var i = 1; i < operands.Length; i++)
        {
            var right = operands[i].Evaluate(in input, ref run);
            run.TryChargeText(left.AsString()?.Length ?? 0);
            // What cannot be compared stands in no order.
            if (Coercion.Compare(in left, in right) is not { } order || !comparison.Holds(order))
                return false;
            left = right;
        }

        return true;
    }
}
