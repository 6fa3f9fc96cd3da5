namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A flag that must yield one of some variants; null where the snapshot has no such flag.</summary>
internal sealed class CompiledPrerequisite(string key, CompiledFlag? flag, VariantSet variants)
{
    public bool Holds(in EvaluationInput input)
    {
        input.Trace?.Begin(ExplanationKind.Prerequisite, $"{key} is {variants}");
        var holds = flag is not null && variants.Contains(flag.Yield(in input));
        input.Trace?.End(holds, flag is null ? "there is no such flag" : null);
        return holds;
    }
}
