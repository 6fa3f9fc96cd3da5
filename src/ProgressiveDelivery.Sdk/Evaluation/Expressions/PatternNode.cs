using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Tests that a value's text matches a regular expression. The formula ends if the expressions of the evaluation cost too much.</summary>
internal sealed class PatternNode(Expression subject, Pattern pattern) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = subject.Evaluate(in input, ref run);
        var text = Coercion.ToText(in value, ref run.Cost);
        if (!run.Cost.TryRead(text.Length))
            return false;
        var truth = input.Matches(pattern, text);
        return !truth.IsAbort() ? truth == Truth.True : run.Cost.TryCharge(int.MaxValue);
    }
}
