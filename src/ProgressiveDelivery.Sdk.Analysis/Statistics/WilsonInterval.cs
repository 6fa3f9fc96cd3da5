namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The score interval of a proportion (Wilson 1927), as the distances of its ends from the proportion: these keep their digits at large counts. Immutable.</summary>
/// <param name="Below">The proportion less the lower end.</param>
/// <param name="Above">The upper end less the proportion.</param>
internal readonly record struct WilsonInterval(double Below, double Above)
{
    public static WilsonInterval Of(Proportion sample, double quantile)
    {
        var (square, share, others) = (quantile * quantile, sample.Share, sample.OtherShare);
        var all = sample.Units + square;
        var shift = square * 0.5 * (others - share) / all;
        var halfWidth = quantile / all * Math.Sqrt((sample.Units * share * others) + (square / 4));
        return new(sample.Events == 0 ? 0 : halfWidth - shift, sample.Events == sample.Units ? 0 : halfWidth + shift);
    }
}
