namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The first operand that counts as what ends it, or else the last: <c>and</c> ends with false, <c>or</c> with true.</summary>
internal sealed class LogicNode(Expression[] operands, bool endsWith) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        AttributeValue value = default;
        foreach (var operand in operands)
        {
            value = operand.Evaluate(in input, ref run);
            if (Coercion.IsTrue(in value) == endsWith)
                break;
        }

        return value;
    }
}
