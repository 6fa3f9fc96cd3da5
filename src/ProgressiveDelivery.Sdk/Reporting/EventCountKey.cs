using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The events that are counted together.</summary>
/// <param name="Flag">The flag of exposures; null for outcomes.</param>
/// <param name="Experiment">The experiment of exposures, if they have one.</param>
/// <param name="Variant">The variant of exposures.</param>
/// <param name="Metric">The metric of outcomes; null for exposures.</param>
internal readonly record struct EventCountKey(string? Flag, string? Experiment, string? Variant, string? Metric)
{
    /// <summary>Returns the key of an event.</summary>
    public static EventCountKey Of(FeatureEvent occurred) => occurred switch
    {
        ExposureEvent exposure => new(exposure.Flag, exposure.Experiment, exposure.Variant, null),
        OutcomeEvent outcome => new(null, null, null, outcome.Metric),
        _ => default,
    };

    /// <summary>The number of characters, which memory is bounded by.</summary>
    public int Length => (Flag?.Length ?? 0) + (Experiment?.Length ?? 0) + (Variant?.Length ?? 0) + (Metric?.Length ?? 0);
}
