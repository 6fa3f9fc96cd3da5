namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>Whether another flag yields one of some variants; unknown when it is missing (null) or quarantined.</summary>
internal sealed class FlagTest(string key, CompiledFlag? flag, VariantSet variants) : Condition
{
    public override string Describe() => $"flag {key} is {variants}";

    protected override Truth Decide(in EvaluationInput input) =>
        flag is null || flag.IsQuarantined ? Truth.Unknown : variants.Contains(flag.Yield(in input)).ToTruth();

    protected override string? Detail(in EvaluationInput input) =>
        flag is null ? "there is no such flag" : flag.IsQuarantined ? "that flag is quarantined" : null;
}
