namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether two values have the same content.</summary>
internal sealed class IdentityNode(Expression left, Expression right) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var one = left.Evaluate(in input, ref run);
        var other = right.Evaluate(in input, ref run);
        return one.Equals(other);
    }
}
