namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The difference of two proportions: treatment less control. Immutable.</summary>
/// <param name="Estimate">The difference.</param>
/// <param name="Statistic">The pooled z statistic; 0 if no unit or every unit has the event.</param>
/// <param name="PValue">The two-sided p-value of the statistic. Close to alpha it may disagree with the interval; the interval decides.</param>
/// <param name="Low">The lower end of the interval, -1 or more.</param>
/// <param name="High">The upper end of the interval, at most 1.</param>
public sealed record ProportionDifference(double Estimate, double Statistic, double PValue, double Low, double High);
