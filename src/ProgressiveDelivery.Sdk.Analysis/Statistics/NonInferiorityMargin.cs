namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The harm that is allowed. Exactly one of the two is set. 0 asks for plain superiority. Immutable.</summary>
public readonly record struct NonInferiorityMargin
{
    /// <summary>The margin in the unit of the metric, 0 or more.</summary>
    public double? Absolute { get; init; }

    /// <summary>The margin as a share of the control's mean, from 0 and below 1.</summary>
    public double? Relative { get; init; }
}
