namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>The sufficient statistics of a quantile of outcomes that are clustered by unit (statistics.md, section 4). Immutable.</summary>
public sealed record QuantileData
{
    /// <summary>The number of outcomes.</summary>
    public required long Outcomes { get; init; }

    /// <summary>The number of units, those without outcomes included.</summary>
    public required long Units { get; init; }

    /// <summary>The mean number of outcomes per unit.</summary>
    public required double MeanCount { get; init; }

    /// <summary>The variance of the number of outcomes per unit.</summary>
    public required double VarianceCount { get; init; }

    /// <summary>The variance of the number of outcomes per unit that are at most the quantile.</summary>
    public required double VarianceBelow { get; init; }

    /// <summary>The covariance of the two numbers.</summary>
    public required double Covariance { get; init; }

    /// <summary>The quantile; null without outcomes.</summary>
    public required double? Value { get; init; }

    /// <summary>The quantile at the lower level of its interval; null if there is none.</summary>
    public required double? Lower { get; init; }

    /// <summary>The quantile at the upper level of its interval; null if there is none.</summary>
    public required double? Upper { get; init; }
}
