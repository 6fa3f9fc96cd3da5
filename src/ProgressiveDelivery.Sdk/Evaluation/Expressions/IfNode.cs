namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Pairs of a condition and its result, then the result if no condition holds; otherwise null.</summary>
internal sealed class IfNode(Expression[] operands) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var i = 0;
        for (; i < operands.Length - 1; i += 2)
        {
            if (operands[i].IsTrue(in input, ref run))
                return operands[i + 1].Evaluate(in input, ref run);
        }

        return i < operands.Length ? operands[i].Evaluate(in input, ref run) : default;
    }
}
