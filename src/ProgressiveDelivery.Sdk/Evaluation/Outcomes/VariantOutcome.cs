namespace ProgressiveDelivery.Sdk.Evaluation.Outcomes;

/// <summary>Serves one variant.</summary>
internal sealed class VariantOutcome(short variant) : Outcome
{
    public short Variant => variant;

    public override Served Serve(in EvaluationInput input) => new(variant, EvaluationReason.RuleMatch);
}
