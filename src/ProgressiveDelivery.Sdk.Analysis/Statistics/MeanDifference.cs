namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The difference of two means: treatment less control. Immutable.</summary>
/// <param name="Estimate">The difference.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="DegreesOfFreedom">The degrees of freedom of Student's distribution.</param>
/// <param name="Statistic">The difference in standard errors.</param>
/// <param name="PValue">The two-sided p-value of no difference.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
public sealed record MeanDifference(
    double Estimate, double StandardError, double DegreesOfFreedom, double Statistic, double PValue, double Low, double High);
