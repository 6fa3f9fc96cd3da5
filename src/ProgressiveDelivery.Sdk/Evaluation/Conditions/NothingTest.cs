namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>A test whose operand is none: it holds for nothing.</summary>
internal sealed class NothingTest(AttributeReference attribute, string name, AttributeValue operand) : AttributeTest(attribute, name, operand)
{
    protected override Truth Judge(in AttributeValue value) => Truth.False;
}
