namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>Names the direction of a metric that is good.</summary>
public enum MetricDirection
{
    /// <summary>Higher is better.</summary>
    IncreaseIsGood,

    /// <summary>Lower is better.</summary>
    DecreaseIsGood,
}
