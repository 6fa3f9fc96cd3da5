namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>Names what a metric makes of the outcomes of a unit.</summary>
public enum MetricKind
{
    /// <summary>1 if the unit has an outcome, else 0: the share of units.</summary>
    Conversion,

    /// <summary>The sum of the values: the mean per unit.</summary>
    Mean,

    /// <summary>The number of outcomes: the mean per unit.</summary>
    Count,

    /// <summary>The sum of one selection over the sum of another, over all units.</summary>
    Ratio,

    /// <summary>A quantile of the outcomes themselves, clustered by unit.</summary>
    Quantile,

    /// <summary>1 if the unit has an outcome between <see cref="Metric.WindowStart"/> and <see cref="Metric.WindowEnd"/>, else 0.</summary>
    Retention,
}
