using System.Runtime.CompilerServices;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether a value's text is a given one; builds none.</summary>
internal sealed class TextIsNode(Expression operand, string text, bool negated) : Expression
{
    [SkipLocalsInit]
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = operand.Evaluate(in input, ref run);
        if (value.AsString() is { } given)
            return string.Equals(given, text, StringComparison.Ordinal) != negated;
        Unsafe.SkipInit(out TextRoom room);
        var buffer = new TextBuffer(room);
        buffer.Append(in value);
        var isSame = buffer.Text.SequenceEqual(text);
        buffer.Return();
        return isSame != negated;
    }
}
