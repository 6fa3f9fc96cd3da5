namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>
/// Part of a text: from a position, of a length. A negative position counts from the end; a negative length stops that far before the end.
/// </summary>
internal sealed class SubstringNode(Expression source, Expression from, Expression? length) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = source.Evaluate(in input, ref run);
        var text = Coercion.ToText(in value, ref run.Cost);
        var start = Whole(from, in input, ref run);
        start = start < 0 ? Math.Max(0, text.Length + start) : Math.Min(start, text.Length);
        var rest = text.Length - start;
        if (length is not null)
        {
            var wanted = Whole(length, in input, ref run);
            rest = wanted < 0 ? Math.Max(0, rest + wanted) : Math.Min(wanted, rest);
        }

        return run.Cost.TryWrite(rest) ? text.Substring(start, rest) : "";
    }

    private static int Whole(Expression operand, in EvaluationInput input, ref ExpressionRun run)
    {
        var value = operand.Evaluate(in input, ref run);
        var number = Coercion.ToNumber(in value, ref run.Cost);
        return double.IsNaN(number) ? 0 : (int)Math.Clamp(number, -int.MaxValue, int.MaxValue);
    }
}
