namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that two values have the same content.</summary>
internal sealed class IdentityNode(Expression left, Expression right) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var one = left.Evaluate(in input, ref run);
        var other = right.Evaluate(in input, ref run);
        return one.Kind == other.Kind && one.IsCompound
            ? run.Cost.TryList(Math.Min(one.Size, other.Size)) && one.Equals(other)
            : run.Cost.TryRead(Math.Min(one.Size, other.Size)) && one.Equals(other);
    }
}
