namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>One list of all operands, and of the items of those that are lists.</summary>
internal sealed class MergeNode(Expression[] operands) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var merged = new List<AttributeValue>();
        foreach (var operand in operands)
        {
            var value = operand.Evaluate(in input, ref run);
            if (value.Kind != AttributeKind.List)
                merged.Add(value);
            else if (run.TryCharge(value.Items.Length))
                merged.AddRange(value.Items);
        }

        return AttributeValue.Owning([.. merged]);
    }
}
