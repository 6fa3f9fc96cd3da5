using System.Numerics;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Queries.Running;

/// <summary>
/// The sums over the units of a variant of m outcomes and b outcomes at most the quantile. Units without outcomes add nothing. The sums are whole numbers, so that variances lose no digits.
/// </summary>
internal readonly record struct ClusterSums(long Units, double M, double MM, double B, double BB, double MB)
{
    public double MeanCount => Units == 0 ? 0 : M / Units;

    public double VarianceCount => Cross(MM, M, M);

    public double VarianceBelow => Cross(BB, B, B);

    public double Covariance => Cross(MB, M, B);

    /// <summary>Returns the two levels whose quantiles bound that of the given level; null if the outcomes are too few or all in step.</summary>
    public QuantileLevels? Levels(double level) =>
        QuantileTest.Levels(level, new OutcomeClusters(Units, MeanCount, VarianceCount, VarianceBelow, Covariance)).Value;

    private double Cross(double products, double left, double right)
    {
        if (Units < 2)
            return 0;
        var difference = (new BigInteger(Units) * new BigInteger(products)) - (new BigInteger(left) * new BigInteger(right));
        return (double)difference / ((double)Units * (Units - 1));
    }
}
