namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>A list of the results of its items.</summary>
internal sealed class ListNode(Expression[] items) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        if (!run.Cost.TryList(items.Length))
            return default;
        var values = new AttributeValue[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(in input, ref run);
        return AttributeValue.Owning(values);
    }
}
