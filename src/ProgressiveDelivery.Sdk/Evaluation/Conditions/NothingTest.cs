namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test without operands: it never holds.</summary>
internal sealed class NothingTest(AttributeReference attribute, string name, AttributeValue operand) : AttributeTest(attribute, name, operand)
{
    protected override Truth Judge(in AttributeValue value, in EvaluationInput input) => Truth.False;
}
