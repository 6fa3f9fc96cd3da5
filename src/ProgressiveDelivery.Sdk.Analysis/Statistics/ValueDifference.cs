namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The difference of two quantiles or ratios, treatment less control, by the normal distribution. Immutable.</summary>
/// <param name="Control">The value of the control.</param>
/// <param name="Treatment">The value of the treatment.</param>
/// <param name="Estimate">The difference.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Statistic">The difference in standard errors.</param>
/// <param name="PValue">The two-sided p-value of no difference.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Relative">The relative uplift. It has its own status: the difference stands where there is no uplift.</param>
public sealed record ValueDifference(
    double Control,
    double Treatment,
    double Estimate,
    double StandardError,
    double Statistic,
    double PValue,
    double Low,
    double High,
    StatisticalResult<Uplift> Relative);
