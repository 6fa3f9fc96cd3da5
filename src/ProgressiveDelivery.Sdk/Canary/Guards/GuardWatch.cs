using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>Gives a guard the outcomes of one variant.</summary>
/// <param name="guard">The guard.</param>
/// <param name="isOfOther">True for the variant that the guard's is compared with.</param>
internal sealed class GuardWatch(Guard guard, bool isOfOther) : OutcomeWatch
{
    public override string? Metric => guard.Definition.Kind == GuardKind.Metric ? guard.Definition.Metric : null;

    public override bool NeedsUnit => guard.Definition.OncePer is not null;

    public override void Observe(in ObservedOutcome outcome) => guard.Observe(in outcome, isOfOther);
}
