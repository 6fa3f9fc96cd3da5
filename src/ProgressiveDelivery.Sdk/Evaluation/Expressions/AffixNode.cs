namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that a text starts or ends with another; null if either is not a text.</summary>
internal sealed class AffixNode(Expression source, Expression affix, bool atEnd) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = source.Evaluate(in input, ref run);
        var wanted = affix.Evaluate(in input, ref run);
        if (value.AsString() is not { } text || wanted.AsString() is not { } part || !run.Cost.TryRead(part.Length))
            return default;
        return atEnd ? text.EndsWith(part, StringComparison.Ordinal) : text.StartsWith(part, StringComparison.Ordinal);
    }
}
