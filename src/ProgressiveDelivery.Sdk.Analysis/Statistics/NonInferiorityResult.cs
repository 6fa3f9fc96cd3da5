namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>A one-sided test of non-inferiority. Immutable.</summary>
/// <param name="Slack">The distance to the margin; positive is good.</param>
/// <param name="StandardError">The standard error of the slack.</param>
/// <param name="DegreesOfFreedom">The degrees of freedom of Student's distribution.</param>
/// <param name="Statistic">The slack in standard errors.</param>
/// <param name="PValue">The one-sided p-value of harm at the margin.</param>
/// <param name="Bound">The lower bound of the slack.</param>
/// <param name="Verdict">The verdict.</param>
public sealed record NonInferiorityResult(
    double Slack, double StandardError, double DegreesOfFreedom, double Statistic, double PValue, double Bound, NonInferiorityVerdict Verdict);
