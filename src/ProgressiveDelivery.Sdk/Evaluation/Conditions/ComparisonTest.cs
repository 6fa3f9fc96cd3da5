namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>lessThan</c>, <c>atMost</c>, <c>greaterThan</c> and <c>atLeast</c> on numbers.</summary>
internal sealed class ComparisonTest(AttributeReference attribute, string name, AttributeValue operand, Comparison comparison)
    : AttributeTest(attribute, name, operand)
{
    private readonly AttributeValue _bound = operand;

    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        if (value.Kind is not (AttributeKind.Integer or AttributeKind.Number))
            return Truth.Unknown;
        if (NumberOrder.Compare(value, _bound) is not { } order)
            return Truth.False;
        return comparison.Holds(order).ToTruth();
    }
}
