namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that two operands are equal, with or without coercion.</summary>
internal sealed class EqualityNode(Expression left, Expression right, bool coerces, bool negated) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var one = left.Evaluate(in input, ref run);
        var other = right.Evaluate(in input, ref run);
        return (coerces ? Coercion.AreEqual(in one, in other, ref run.Cost) : Coercion.AreSame(in one, in other, ref run.Cost)) != negated;
    }
}
