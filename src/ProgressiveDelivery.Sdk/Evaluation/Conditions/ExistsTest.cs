namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Whether an attribute is present and not null: the one test that is never unknown.</summary>
internal sealed class ExistsTest(AttributeReference attribute, bool wanted) : Condition
{
    public override string Describe() => $"{attribute.Text} exists {(wanted ? "true" : "false")}";

    protected override Truth Decide(in EvaluationInput input) => (attribute.Read(in input).IsNull != wanted).ToTruth();
}
