namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether the operand counts as what is wanted.</summary>
internal sealed class TruthNode(Expression operand, bool wanted) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run) => operand.IsTrue(in input, ref run) == wanted;
}
