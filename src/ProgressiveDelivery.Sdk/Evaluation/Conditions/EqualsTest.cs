namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary><c>equals</c> and <c>in</c>: true or false if at least one operand has the attribute's kind.</summary>
internal sealed class EqualsTest(AttributeReference attribute, string @operator, AttributeValue operand, ValueSet values)
    : AttributeTest(attribute, @operator, operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input) => values.IsEmpty ? Truth.False : values.Find(in value);
}
