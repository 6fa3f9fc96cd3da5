using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>The concatenation of the operands' texts. A reader that only scans the text appends it to a buffer and does not build it.</summary>
internal sealed class ConcatenationNode(Expression[] operands) : Expression
{
    [SkipLocalsInit]
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        Append(in input, ref run, ref buffer);
        var text = run.Cost.TryAllocate(buffer.Text.Length * sizeof(char)) ? buffer.Text.ToString() : "";
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
            if (!run.Cost.TryWrite(value.Size))
                return;
            if (!value.IsNull)
                buffer.Append(in value);
        }
    }
}

/// <summary>A buffer for the text of most operands.</summary>
[InlineArray(256)]
internal struct TextRoom
{
    private char _first;
}
