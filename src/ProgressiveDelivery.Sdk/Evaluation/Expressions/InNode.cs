namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that the first operand is an item of a list, or a part of a text.</summary>
internal sealed class InNode(Expression needle, Expression haystack) : Expression
{
    private const int ItemsPerStep = 4;

    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var wanted = needle.Evaluate(in input, ref run);
        var where = haystack.Evaluate(in input, ref run);
        if (where.AsString() is { } text)
            return Contains(text, Coercion.ToText(in wanted, ref run.Cost), ref run.Cost);
        if (where.Kind != AttributeKind.List || !run.Cost.TryCharge(where.Items.Length / ItemsPerStep))
            return false;
        foreach (ref readonly var item in where.Items)
        {
            if (Coercion.AreSame(in wanted, in item, ref run.Cost))
                return true;
        }

        return false;
    }

    private static bool Contains(string text, string part, ref FormulaCost cost) =>
        cost.TrySearch(text.Length, part.Length) && text.Contains(part, StringComparison.Ordinal);
}
