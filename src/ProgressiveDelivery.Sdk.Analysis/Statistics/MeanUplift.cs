namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The relative uplift of a mean: treatment less control, as a share of control. Immutable.</summary>
/// <param name="Uplift">The uplift; 0.05 is +5 %.</param>
/// <param name="StandardError">Its standard error, by the delta method.</param>
/// <param name="G">The squared half-width of the control's interval as a share of its mean; at 1 the baseline may be 0.</param>
/// <param name="DegreesOfFreedom">The degrees of freedom of Student's distribution.</param>
/// <param name="PValue">The two-sided p-value of no difference of the means.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
public sealed record MeanUplift(
    double Uplift, double StandardError, double G, double DegreesOfFreedom, double PValue, double Low, double High);
