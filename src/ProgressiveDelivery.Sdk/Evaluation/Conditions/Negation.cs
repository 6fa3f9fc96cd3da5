namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>True where its member is false; unknown stays unknown.</summary>
internal sealed class Negation(Condition member) : Condition
{
    public override string Describe() => "not";

    protected override Truth Decide(in EvaluationInput input) => member.Test(in input).Not();
}
