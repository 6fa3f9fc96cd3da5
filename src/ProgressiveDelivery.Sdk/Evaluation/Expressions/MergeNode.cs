namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>One list of all operands; a list among them contributes its items.</summary>
internal sealed class MergeNode(Expression[] operands) : Expression
{
    // An item is copied as the list grows, and once into the result.
    private const int Copies = 3;

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var merged = new List<AttributeValue>();
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(in input, ref run);
            var isList = value.Kind == AttributeKind.List;
            long count = isList ? value.Items.Length : 1;
            if (!run.Cost.TryCharge(count) || !run.Cost.TryList(count * Copies))
                break;
            if (isList)
                merged.AddRange(value.Items);
            else
                merged.Add(value);
        }

        return AttributeValue.Owning([.. merged]);
    }
}
