namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Tests that an attribute is present and not null. The only test that is never unknown.</summary>
internal sealed class ExistsTest(AttributeReference attribute, bool wanted) : Condition
{
    public override string Describe() => $"{attribute.Text} exists {(wanted ? "true" : "false")}";

    protected override Truth Decide(in EvaluationInput input) => (attribute.Read(in input).IsNull != wanted).ToTruth();
}
