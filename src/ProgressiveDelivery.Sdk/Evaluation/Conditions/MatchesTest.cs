using ProgressiveDelivery.Sdk.Evaluation.Patterns;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>matches</c>: a search in a text.</summary>
internal sealed class MatchesTest(AttributeReference attribute, AttributeValue operand, Pattern pattern)
    : AttributeTest(attribute, "matches", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input) =>
        value.AsString() is { } subject ? input.Matches(pattern, subject) : Truth.Unknown;
}
