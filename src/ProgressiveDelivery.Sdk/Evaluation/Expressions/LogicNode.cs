namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>
/// The first operand that decides, or else the last: <c>and</c> ends with an operand that counts as false, <c>or</c> with one that counts as true.
/// </summary>
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
