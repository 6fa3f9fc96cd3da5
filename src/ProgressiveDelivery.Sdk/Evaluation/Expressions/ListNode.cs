namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>A list of what its items yield.</summary>
internal sealed class ListNode(Expression[] items) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var values = new AttributeValue[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(in input, ref run);
        return AttributeValue.Owning(values);
    }
}
