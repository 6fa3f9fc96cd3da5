namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Arms adjusted for a covariate. Immutable.</summary>
/// <param name="IsAdjusted">False if the covariate is constant, so that the arms are as they were.</param>
/// <param name="Theta">The pooled slope of the metric on the covariate; 0 if the covariate is constant.</param>
/// <param name="CovariateMean">The mean of the covariate over all units.</param>
/// <param name="Arms">The adjusted samples, in the order of the arms.</param>
public sealed record CupedAdjustment(bool IsAdjusted, double Theta, double CovariateMean, IReadOnlyList<Sample> Arms);
