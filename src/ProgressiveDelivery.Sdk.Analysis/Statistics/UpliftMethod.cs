namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Names the intervals of a relative uplift.</summary>
public enum UpliftMethod
{
    /// <summary>Fieller's interval. It leaves out 0 exactly when the p-value is below alpha, and is as skewed as the truth.</summary>
    Fieller,

    /// <summary>The interval of the delta method: symmetric, and it may contradict the p-value close to alpha.</summary>
    Delta,
}
