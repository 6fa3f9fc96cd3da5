using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>
/// The test against a limit whose chance of a false trip ever is at most alpha: a mixture of likelihood ratios, for which two counts are enough (Wald 1945; Robbins 1970;
/// Ramdas, Grünwald, Vovk and Shafer 2023). After much good it grows deaf: <see cref="StandingLimit"/> does not.
/// </summary>
internal sealed class LifetimeLimit : LimitProcess
{
    private readonly double[] _logOdds;
    private readonly double[] _logScales;
    private readonly double[] _logs;
    private long _outcomes;
    private long _bad;

    /// <param name="limit">The limit, above 0 and below 1.</param>
    /// <param name="alpha">The chance of a false trip, above 0 and below 1.</param>
    /// <param name="side">The side to prove.</param>
    public LifetimeLimit(double limit, double alpha, LimitSide side = LimitSide.Above)
        : this(limit, alpha, side, OddsRatios.Grid)
    {
    }

    public LifetimeLimit(double limit, double alpha, LimitSide side, ReadOnlySpan<double> odds)
    {
        GuardArguments.Share(limit, nameof(limit));
        LogThreshold = -Math.Log(GuardArguments.Share(alpha, nameof(alpha)));
        var ratios = GuardArguments.Odds(odds);
        if (side == LimitSide.Below)
            ratios = Array.ConvertAll(ratios, static ratio => 1 / ratio);
        _logs = new double[ratios.Length];
        _logOdds = Array.ConvertAll(ratios, Math.Log);
        _logScales = Array.ConvertAll(ratios, ratio => GammaRemainder.LogOfOnePlus((ratio - 1) * limit));
    }

    public override double LogThreshold { get; }

    public override bool IsProof => LogEvidence >= LogThreshold;

    public override double LogEvidence
    {
        get
        {
            for (var k = 0; k < _logs.Length; k++)
                _logs[k] = (_bad * _logOdds[k]) - (_outcomes * _logScales[k]);
            return Mixture.LogMean(_logs);
        }
    }

    public override void Add(bool isBad)
    {
        _outcomes++;
        _bad += isBad ? 1 : 0;
    }

    public override void AddGood(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _outcomes += count;
    }

    public override void Reset() => (_outcomes, _bad) = (0, 0);
}
