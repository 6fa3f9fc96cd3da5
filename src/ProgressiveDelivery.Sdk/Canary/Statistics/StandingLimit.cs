using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The test against a limit for what keeps running: a <see cref="Detector"/> whose steps are outcomes.</summary>
internal sealed class StandingLimit : LimitProcess
{
    private readonly Detector _detector;
    private readonly double[] _badFactors;
    private readonly double[] _goodFactors;
    private readonly double[] _goodLogs;
    private readonly double[] _goodLimits;

    /// <param name="limit">The limit, above 0 and below 1.</param>
    /// <param name="threshold">The evidence at which to trip, above 1: N / alpha for a chance of alpha within N outcomes.</param>
    public StandingLimit(double limit, double threshold)
        : this(limit, threshold, DetectorKind.ShiryaevRoberts, OddsRatios.Grid)
    {
    }

    public StandingLimit(double limit, double threshold, DetectorKind kind, ReadOnlySpan<double> odds)
    {
        GuardArguments.Share(limit, nameof(limit));
        var ratios = GuardArguments.Odds(odds);
        _detector = new(kind, threshold, ratios.Length);
        _badFactors = Array.ConvertAll(ratios, ratio => ratio / (1 + ((ratio - 1) * limit)));
        _goodFactors = Array.ConvertAll(ratios, ratio => 1 / (1 + ((ratio - 1) * limit)));
        _goodLogs = Array.ConvertAll(ratios, ratio => -GammaRemainder.LogOfOnePlus((ratio - 1) * limit));
        _goodLimits = Array.ConvertAll(ratios, ratio => 1 / ((ratio - 1) * limit));
    }

    public override double LogEvidence => _detector.LogEvidence;

    public override double LogThreshold => _detector.LogThreshold;

    public override bool IsProof => _detector.IsAlarm;

    public override void Add(bool isBad)
    {
        var factors = isBad ? _badFactors : _goodFactors;
        for (var k = 0; k < factors.Length; k++)
            _detector.Step(k, factors[k]);
    }

    public override void AddGood(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        for (var k = 0; count > 0 && k < _goodLogs.Length; k++)
            _detector.Repeat(k, _goodLogs[k], _goodLimits[k], count);
    }

    public override void Reset() => _detector.Reset();
}
