namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The items for which the body counts as true.</summary>
internal sealed class FilterNode(Expression source, Expression body, int cost) : LoopNode(source, cost)
{
    // An item is copied as the list grows, and once into the result.
    private const int Copies = 3;

    protected override AttributeValue Loop(ReadOnlySpan<AttributeValue> items, in EvaluationInput input, ref ExpressionRun run)
    {
        var kept = new List<AttributeValue>();
        foreach (ref readonly var item in items)
        {
            if (!TryTurnTo(in item, ref run))
                break;
            if (body.IsTrue(in input, ref run) && run.Cost.TryList(Copies))
                kept.Add(item);
        }

        return AttributeValue.Owning([.. kept]);
    }
}
