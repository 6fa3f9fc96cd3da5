namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>before</c> and <c>after</c>, on an instant or a string that is one.</summary>
internal sealed class InstantTest(AttributeReference attribute, AttributeValue operand, long boundTicks, bool before)
    : AttributeTest(attribute, before ? "before" : "after", operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input)
    {
        var ticks = value.InstantTicks;
        if (value.Kind != AttributeKind.Instant && !Rfc3339.TryParse(value.AsString(), out ticks))
            return Truth.Unknown;
        return (before ? ticks < boundTicks : ticks > boundTicks).ToTruth();
    }
}
