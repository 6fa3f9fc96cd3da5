namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>equals</c> and <c>in</c>: one operand of the attribute's kind suffices for a yes or a no.</summary>
internal sealed class EqualsTest(AttributeReference attribute, string @operator, AttributeValue operand, ValueSet values)
    : AttributeTest(attribute, @operator, operand)
{
    protected override Truth Judge(in AttributeValue value) => values.IsEmpty ? Truth.False : values.Find(in value);
}
