using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Evaluation.Expressions;

/// <summary>Whether a regular expression is found in a value's text. One that takes too long is not.</summary>
internal sealed class PatternNode(Expression subject, Regex pattern) : Expression
{
    public override AttributeValue Evaluate(in EvaluationInput input, ref ExpressionRun run)
    {
        var value = subject.Evaluate(in input, ref run);
        try
        {
            return run.TryChargeText(value.AsString()?.Length ?? 0) && pattern.IsMatch(Coercion.ToText(in value));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
