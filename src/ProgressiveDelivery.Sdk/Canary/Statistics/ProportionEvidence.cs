using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The evidence of counts against a proportion: the likelihood under a Beta(1/2, 1/2) mixture over that under the proportion. Immutable.</summary>
internal readonly struct ProportionEvidence
{
    private readonly double _events;
    private readonly double _others;
    private readonly double _mean;
    private readonly double _otherMean;
    private readonly double _constant;

    public ProportionEvidence(long units, long events)
    {
        (_events, _others) = (events, units - events);
        var all = units + 1.0;
        (_mean, _otherMean) = ((_events + 0.5) / all, (_others + 0.5) / all);

        // ln B(s + 1/2, f + 1/2) - ln B(1/2, 1/2) less s ln(mean) and f ln(1 - mean), by Stirling's formula: no large logarithms cancel.
        _constant = (0.5 * Math.Log(2 / Math.PI)) - (0.5 * Math.Log(all))
            + GammaRemainder.Of(_events + 0.5) + GammaRemainder.Of(_others + 0.5) - GammaRemainder.Of(all);
    }

    /// <summary>Returns the natural logarithm of the evidence against a proportion above 0 and below 1.</summary>
    public double LogAgainst(double proportion)
    {
        // One distance serves both terms, so that its rounding cancels with them.
        var other = 1 - proportion;
        var distance = proportion <= 0.5 ? _mean - proportion : other - _otherMean;
        return _constant + Term(_events, distance, proportion, _mean) + Term(_others, -distance, other, _otherMean);
    }

    // count × ln(mean / proportion)
    private static double Term(double count, double distance, double proportion, double mean) =>
        count == 0 ? 0
        : Math.Abs(distance) < proportion / 2 ? count * GammaRemainder.LogOfOnePlus(distance / proportion)
        : count * (Math.Log(mean) - Math.Log(proportion));
}
