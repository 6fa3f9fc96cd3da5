namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>A constant value.</summary>
internal sealed class LiteralNode(AttributeValue value) : Expression
{
    public static LiteralNode Null { get; } = new(default);

    public AttributeValue Value => value;

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run) => value;
}
