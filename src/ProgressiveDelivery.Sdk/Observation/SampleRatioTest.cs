namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// The test of sample ratio mismatch that holds however often it looks: the counts of variants against their weights, with a Dirichlet prior centered at the
/// weights (Lindon and Malek 2022, section 3). The chance that it ever reports a mismatch where there is none is at most alpha. Not safe to use from several threads.
/// </summary>
internal sealed class SampleRatioTest
{
    /// <summary>The concentration of the prior: a smaller one finds large faults first, a larger one small faults.</summary>
    public const double DefaultConcentration = 1_000;

    public const double DefaultAlpha = 0.001;

    private readonly double[] _weights;
    private readonly long[] _last;
    private readonly double _total;
    private readonly double _concentration;
    private readonly double _threshold;
    private double _max;

    private SampleRatioTest(double[] weights, double total, double concentration, double alpha)
    {
        (_weights, _total, _concentration, _threshold) = (weights, total, concentration, -Math.Log(alpha));
        _last = new long[weights.Length];
    }

    /// <summary>The logarithm of the evidence against the weights, at the last look.</summary>
    public double LogE { get; private set; }

    /// <summary>The smallest p-value of all looks; 1 at first.</summary>
    public double PValue => Math.Exp(-_max);

    /// <summary>Indicates whether any look found a mismatch.</summary>
    public bool IsMismatch => _max >= _threshold;

    /// <summary>Returns a test; null if fewer than two variants have a weight, or an argument is no finite number of its range.</summary>
    /// <param name="weights">The weights, in any unit.</param>
    /// <param name="concentration">The concentration, above 0.</param>
    /// <param name="alpha">The chance of a false alarm, above 0 and below 1.</param>
    public static SampleRatioTest? TryCreate(ReadOnlySpan<double> weights, double concentration = DefaultConcentration, double alpha = DefaultAlpha)
    {
        if (!(concentration > 0) || !double.IsFinite(concentration) || !(alpha is > 0 and < 1) || weights.Length < 2)
            return null;
        var total = 0.0;
        foreach (var weight in weights)
        {
            if (!(weight >= 0))
                return null;
            total += weight;
        }

        return total > 0 && double.IsFinite(total) ? new(weights.ToArray(), total, concentration, alpha) : null;
    }

    /// <summary>Looks at the counts so far.</summary>
    /// <param name="counts">The units of each variant since the test began.</param>
    /// <returns>False if the counts are not those of as many variants, or one has fallen; the test is then as before.</returns>
    public bool Look(ReadOnlySpan<long> counts)
    {
        if (counts.Length != _weights.Length)
            return false;
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] < _last[i])
                return false;
        }

        counts.CopyTo(_last);
        LogE = Evidence(counts);
        _max = Math.Max(_max, LogE);
        return true;
    }

    // The differences to the expected counts are formed before logarithms are taken: sums of large logarithms would leave no digit of the result.
    private double Evidence(ReadOnlySpan<long> counts)
    {
        var units = 0.0;
        foreach (var count in counts)
            units += count;
        var all = _concentration + units;
        var (sum, variants) = (0.0, 0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (_weights[i] == 0 && counts[i] > 0)
                return double.PositiveInfinity;
            if (_weights[i] == 0)
                continue;
            variants++;
            var prior = _concentration * (_weights[i] / _total);
            var posterior = prior + counts[i];
            var excess = Excess(counts[i], units, _weights[i]) / (_weights[i] * all);
            sum += ((posterior - 0.5) * GammaRemainder.LogOfOnePlus(excess)) + GammaRemainder.Of(posterior) - GammaRemainder.Of(prior);
        }

        return (-(variants - 1) / 2.0 * Math.Log(all / _concentration)) + GammaRemainder.Of(_concentration) - GammaRemainder.Of(all) + sum;
    }

    // count × total - units × weight, with the rounding of the second product put right.
    private double Excess(double count, double units, double weight)
    {
        var expected = units * weight;
        var rounding = Math.FusedMultiplyAdd(units, weight, -expected);
        return Math.FusedMultiplyAdd(count, _total, -expected) - rounding;
    }
}
