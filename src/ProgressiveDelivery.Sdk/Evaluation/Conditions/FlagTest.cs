namespace ProgressiveDelivery.Sdk.Evaluation.Conditions;

/// <summary>
/// Tests that another flag yields one of some variants. A missing (null) or quarantined flag gives unknown, or ends this flag if the condition says
/// so.
/// </summary>
internal sealed class FlagTest(string key, CompiledFlag? flag, VariantSet variants, bool endsWithIt) : Condition
{
    public override string Describe() => $"flag {key} is {variants}";

    protected override Truth Decide(in EvaluationInput input)
    {
        if (flag is null || flag.IsQuarantined)
            return endsWithIt ? Truth.Error : Truth.Unknown;
        return flag.Yield(in input) switch
        {
            Decision.Cyclic => Truth.Cycle,
            Decision.Fault when endsWithIt => Truth.Error,
            var yielded => variants.Contains(yielded).ToTruth(),
        };
    }

    protected override string? Detail(in EvaluationInput input) =>
        flag is null ? "there is no such flag" : flag.IsQuarantined ? "that flag is quarantined" : null;
}
