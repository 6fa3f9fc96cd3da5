using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that a value's text equals a given one, without building it.</summary>
internal sealed class TextIsNode(Expression operand, string text, bool negated) : Expression
{
    [SkipLocalsInit]
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = operand.Evaluate(in input, ref run);
        if (value.AsString() is { } given)
            return IsText(given, ref run.Cost) != negated;
        if (!run.Cost.TryWrite(value.Size))
            return default;
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        buffer.Append(in value);
        var isSame = buffer.Text.SequenceEqual(text);
        buffer.Return();
        return isSame != negated;
    }

    private bool IsText(string given, ref FormulaCost cost) =>
        given.Length == text.Length && cost.TryRead(given.Length) && string.Equals(given, text, StringComparison.Ordinal);
}
