namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether the first operand is an item of a list, or a part of a text.</summary>
internal sealed class InNode(Expression needle, Expression haystack) : Expression
{
    private const int ItemsPerStep = 4;

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var wanted = needle.Evaluate(in input, ref run);
        var where = haystack.Evaluate(in input, ref run);
        if (where.AsString() is { } text)
            return run.TryChargeText(text.Length) && text.Contains(Coercion.ToText(in wanted), StringComparison.Ordinal);
        if (where.Kind != AttributeKind.List || !run.TryCharge(where.Items.Length / ItemsPerStep))
            return false;
        foreach (ref readonly var item in where.Items)
        {
            if (Coercion.AreSame(in wanted, in item))
                return true;
        }

        return false;
    }
}
