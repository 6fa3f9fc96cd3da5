namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>A look of the sequential test of sample ratio mismatch. Immutable.</summary>
/// <param name="LogE">The natural logarithm of the evidence against the weights at this look; infinite if a variant without weight has units.</param>
/// <param name="PValue">The smallest p-value of all looks so far, valid however often one looks.</param>
/// <param name="IsMismatch">True from the first look that found a mismatch.</param>
public sealed record SampleRatioEvidence(double LogE, double PValue, bool IsMismatch);
