using System.Text.RegularExpressions;

namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>matches</c>: a search with an expression that cannot backtrack, and so is linear in the text.</summary>
internal sealed class MatchesTest(AttributeReference attribute, AttributeValue operand, Regex expression)
    : AttributeTest(attribute, "matches", operand)
{
    protected override Truth Judge(in AttributeValue value) =>
        value.AsString() is { } subject ? expression.IsMatch(subject).ToTruth() : Truth.Unknown;
}
