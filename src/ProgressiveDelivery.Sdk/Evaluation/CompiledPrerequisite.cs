namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A flag that must yield one of some variants; null if the snapshot has no such flag.</summary>
internal sealed class CompiledPrerequisite(string key, CompiledFlag? flag, VariantSet variants)
{
    public string Key => key;

    public CompiledFlag? Flag => flag;

    public Truth Holds(in EvaluationInput input)
    {
        input.Trace?.Begin(ExplanationKind.Prerequisite, $"{key} is {variants}");
        var yielded = flag?.Yield(in input) ?? Decision.None;
        var holds = yielded == Decision.Cyclic ? Truth.Cycle : variants.Contains(yielded).ToTruth();
        input.Trace?.End(holds.IsAbort() ? null : holds == Truth.True, flag is null ? "there is no such flag" : null);
        return holds;
    }
}
