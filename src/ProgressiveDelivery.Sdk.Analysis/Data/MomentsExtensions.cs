namespace ProgressiveDelivery.Sdk.Analysis.Data;

/// <summary>Merges moments of separate units (Chan, Golub and LeVeque 1979), without the cancellation that sums of squares bring.</summary>
internal static class MomentsExtensions
{
    public static Moments Plus(this Moments one, Moments other)
    {
        if (one.Units == 0)
            return other;
        if (other.Units == 0)
            return one;
        var units = one.Units + other.Units;
        var weight = (double)one.Units * other.Units / units;
        var value = other.Mean - one.Mean;
        var denominator = other.DenominatorMean - one.DenominatorMean;
        var covariate = other.CovariateMean - one.CovariateMean;

        double Merge(double first, double second, double product) =>
            ((first * (one.Units - 1)) + (second * (other.Units - 1)) + (weight * product)) / (units - 1);

        return new()
        {
            Units = units,
            Sum = one.Sum + other.Sum,
            SumOfSquares = one.SumOfSquares + other.SumOfSquares,
            Variance = Merge(one.Variance, other.Variance, value * value),
            Minority = one.Minority + other.Minority,
            DenominatorSum = one.DenominatorSum + other.DenominatorSum,
            DenominatorSumOfSquares = one.DenominatorSumOfSquares + other.DenominatorSumOfSquares,
            DenominatorVariance = Merge(one.DenominatorVariance, other.DenominatorVariance, denominator * denominator),
            DenominatorCovariance = Merge(one.DenominatorCovariance, other.DenominatorCovariance, value * denominator),
            CovariateSum = one.CovariateSum + other.CovariateSum,
            CovariateSumOfSquares = one.CovariateSumOfSquares + other.CovariateSumOfSquares,
            CovariateVariance = Merge(one.CovariateVariance, other.CovariateVariance, covariate * covariate),
            CovariateCovariance = Merge(one.CovariateCovariance, other.CovariateCovariance, value * covariate),
        };
    }
}
