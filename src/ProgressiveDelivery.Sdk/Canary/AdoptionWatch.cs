using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary;

/// <summary>Gives the guard over the whole process the calls that run through any flag.</summary>
internal sealed class AdoptionWatch(AdoptionGuard guard) : OutcomeWatch
{
    public override void Observe(in ObservedOutcome outcome) => guard.Called(outcome.Result);
}
