namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>
/// Units, sums, sums of squares and cross products of one value per unit, with those of its denominator and covariate. Units without outcomes have zeros.
/// Variances and covariances divide by <c>Units - 1</c>; 0 for fewer than two units. Immutable.
/// </summary>
public sealed record Moments
{
    /// <summary>The number of units.</summary>
    public required long Units { get; init; }

    /// <summary>The sum of the values.</summary>
    public required double Sum { get; init; }

    /// <summary>The sum of the squares of the values.</summary>
    public required double SumOfSquares { get; init; }

    /// <summary>The variance of the values.</summary>
    public required double Variance { get; init; }

    /// <summary>The units whose value differs from the one that is most common over all variants.</summary>
    public required long Minority { get; init; }

    /// <summary>The sum of the denominators; 0 unless the metric is a ratio.</summary>
    public double DenominatorSum { get; init; }

    /// <summary>The sum of the squares of the denominators.</summary>
    public double DenominatorSumOfSquares { get; init; }

    /// <summary>The variance of the denominators.</summary>
    public double DenominatorVariance { get; init; }

    /// <summary>The covariance of values and denominators.</summary>
    public double DenominatorCovariance { get; init; }

    /// <summary>The sum of the covariates; 0 unless the metric uses one.</summary>
    public double CovariateSum { get; init; }

    /// <summary>The sum of the squares of the covariates.</summary>
    public double CovariateSumOfSquares { get; init; }

    /// <summary>The variance of the covariates.</summary>
    public double CovariateVariance { get; init; }

    /// <summary>The covariance of values and covariates.</summary>
    public double CovariateCovariance { get; init; }

    /// <summary>The mean of the values; 0 without units.</summary>
    public double Mean => Units == 0 ? 0 : Sum / Units;

    /// <summary>The mean of the denominators; 0 without units.</summary>
    public double DenominatorMean => Units == 0 ? 0 : DenominatorSum / Units;

    /// <summary>The mean of the covariates; 0 without units.</summary>
    public double CovariateMean => Units == 0 ? 0 : CovariateSum / Units;
}
