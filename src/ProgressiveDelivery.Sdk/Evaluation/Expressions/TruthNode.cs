namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that the operand counts as true, or as false.</summary>
internal sealed class TruthNode(Expression operand, bool wanted) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run) => operand.IsTrue(in input, ref run) == wanted;
}
