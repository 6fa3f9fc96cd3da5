namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The body's result for the last item. The body sees each item and its own result for the item before.</summary>
internal sealed class ReduceNode(Expression source, Expression body, Expression start, int cost) : LoopNode(source, cost)
{
    protected override ExpressionView View => ExpressionView.Reduction;

    protected override AttributeValue Start(in EvaluationInput input, ref ExpressionRun run) => start.Evaluate(in input, ref run);

    protected override AttributeValue Loop(ReadOnlySpan<AttributeValue> items, in EvaluationInput input, ref ExpressionRun run)
    {
        foreach (ref readonly var item in items)
        {
            if (!TryTurnTo(in item, ref run))
                break;
            run.Accumulator = body.Evaluate(in input, ref run);
        }

        return run.Accumulator;
    }
}
