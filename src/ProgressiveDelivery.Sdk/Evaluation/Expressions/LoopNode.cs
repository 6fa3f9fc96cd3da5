namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Evaluates an expression for each item of a list. The expression sees only that item.</summary>
/// <param name="source">The list; anything else has no items.</param>
/// <param name="cost">The cost of one iteration.</param>
internal abstract class LoopNode(Expression source, int cost) : Expression
{
    public sealed override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var list = source.Evaluate(in input, ref run);
        var start = Start(in input, ref run);
        var outer = (run.View, run.Item, run.Accumulator);
        run.View = View;
        run.Accumulator = start;
        var value = Loop(list.Items, in input, ref run);
        (run.View, run.Item, run.Accumulator) = outer;
        return value;
    }

    protected virtual ExpressionView View => ExpressionView.Item;

    /// <summary>Evaluates the initial value of the accumulator, outside of the loop.</summary>
    protected virtual AttributeValue Start(in EvaluationInput input, ref ExpressionRun run) => default;

    protected abstract AttributeValue Loop(ReadOnlySpan<AttributeValue> items, in EvaluationInput input, ref ExpressionRun run);

    /// <summary>Moves to an item; false if the evaluation has cost too much.</summary>
    protected bool TryTurnTo(in AttributeValue item, ref ExpressionRun run)
    {
        run.Item = item;
        return run.Cost.TryCharge(cost);
    }
}
