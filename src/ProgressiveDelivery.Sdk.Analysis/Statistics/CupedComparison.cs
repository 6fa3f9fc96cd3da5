namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Arms adjusted for a covariate, each compared with the first. Immutable.</summary>
/// <param name="Adjustment">The adjusted arms.</param>
/// <param name="Differences">The differences of the second arm, the third, and so on, each with its own status.</param>
/// <param name="Uplifts">The relative uplifts by Fieller's interval, each with its own status.</param>
public sealed record CupedComparison(
    CupedAdjustment Adjustment, IReadOnlyList<StatisticalResult<MeanDifference>> Differences, IReadOnlyList<StatisticalResult<MeanUplift>> Uplifts);
