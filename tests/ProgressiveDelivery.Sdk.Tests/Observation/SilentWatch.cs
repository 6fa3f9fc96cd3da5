using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Keeps nothing, for tests that count bytes.</summary>
internal sealed class SilentWatch(string? metric = null, bool needsUnit = false) : OutcomeWatch
{
    public override string? Metric => metric;

    public override bool NeedsUnit => needsUnit;

    public override void Observe(in ObservedOutcome outcome)
    {
    }
}
