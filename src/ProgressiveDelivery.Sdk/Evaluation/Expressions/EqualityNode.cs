namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether two operands are equal, with coercion or without.</summary>
internal sealed class EqualityNode(Expression left, Expression right, bool coerces, bool negated) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var one = left.Evaluate(in input, ref run);
        var other = right.Evaluate(in input, ref run);
        run.TryChargeText(one.AsString()?.Length ?? 0);
        return (coerces ? Coercion.AreEqual(in one, in other) : Coercion.AreSame(in one, in other)) != negated;
    }
}
