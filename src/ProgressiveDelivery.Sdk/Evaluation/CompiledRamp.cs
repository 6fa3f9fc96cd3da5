using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Evaluation;

/// <summary>A rollout of a flag, as its supervision sees it: the share now, and the steps to come.</summary>
/// <param name="Rule">The name of its rule; null for the flag's default.</param>
/// <param name="Definition">Its definition.</param>
/// <param name="Share">Its share, under the position that it was compiled with.</param>
internal sealed record CompiledRamp(string? Rule, RolloutOutcome Definition, RolloutShare Share)
{
    /// <summary>Returns whether units that it admits may get a variant.</summary>
    public bool LeadsTo(string variant) => Definition.To switch
    {
        VariantOutcome to => to.Variant == variant,
        SplitOutcome to => to.Weights.Any(share => share.Variant == variant && share.Weight > 0),
        _ => false,
    };
}
