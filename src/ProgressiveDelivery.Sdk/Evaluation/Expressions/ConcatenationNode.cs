using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The operands' texts in a row. Whoever only looks through the text has it appended to a buffer instead of built.</summary>
internal sealed class ConcatenationNode(Expression[] operands) : Expression
{
    [SkipLocalsInit]
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        Append(in input, ref run, ref buffer);
        var text = run.IsExhausted ? "" : buffer.Text.ToString();
        buffer.Return();
        return text;
    }

    public void Append(in EvaluationInput input, ref ExpressionRun run, ref TextBuffer buffer)
    {
        foreach (var operand in operands)
        {
            if (operand is ConcatenationNode nested)
            {
                nested.Append(in input, ref run, ref buffer);
                continue;
            }

            var value = operand.Evaluate(in input, ref run);
            var before = buffer.Text.Length;
            if (!run.TryChargeText(value.AsString()?.Length ?? 0))
                return;
            if (!value.IsNull)
                buffer.Append(in value);
            if (value.Kind == AttributeKind.List && !run.TryChargeText(buffer.Text.Length - before))
                return;
        }
    }
}

/// <summary>Room for the text of most operands.</summary>
[InlineArray(256)]
internal struct TextRoom
{
    private char _first;
}
