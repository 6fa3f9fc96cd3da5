namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The length of an experiment. Immutable.</summary>
/// <param name="Days">The days, rounded up.</param>
public sealed record ExperimentDuration(long Days);
