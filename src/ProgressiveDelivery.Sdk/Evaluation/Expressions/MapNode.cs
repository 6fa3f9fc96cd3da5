namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The list of the body's results for each item.</summary>
internal sealed class MapNode(Expression source, Expression body, int cost) : LoopNode(source, cost)
{
    protected override AttributeValue Loop(ReadOnlySpan<AttributeValue> items, in EvaluationInput input, ref ExpressionRun run)
    {
        if (!run.Cost.TryList(items.Length))
            return default;
        var values = new AttributeValue[items.Length];
        for (var i = 0; i < values.Length && TryTurnTo(in items[i], ref run); i++)
            values[i] = body.Evaluate(in input, ref run);
        return AttributeValue.Owning(values);
    }
}
