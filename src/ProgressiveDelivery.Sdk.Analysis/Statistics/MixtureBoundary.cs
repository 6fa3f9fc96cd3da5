using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The boundary of the normal mixture at a number of units (Robbins 1970; Waudby-Smith and others 2024, theorem 2.2), tuned to be narrowest at the intended number
/// (Howard and others 2021, section 3.5). Immutable.
/// </summary>
internal readonly struct MixtureBoundary
{
    private readonly SequenceSettings _settings;
    private readonly double _rhoSquared;

    // The units times rho².
    private readonly double _mixed;

    private MixtureBoundary(SequenceSettings settings, double rhoSquared, double mixed) => (_settings, _rhoSquared, _mixed) = (settings, rhoSquared, mixed);

    /// <summary>The half-width of the interval in standard errors.</summary>
    public double Multiplier =>
        _settings.Side == SequenceSide.TwoSided
            ? Math.Sqrt((_mixed + 1) / _mixed * (GammaRemainder.LogOfOnePlus(_mixed) - (2 * Math.Log(_settings.Alpha))))
            : Math.Sqrt(2 * ((_mixed + 1) / _mixed) * (Math.Log(Math.Sqrt(_mixed + 1) + (2 * _settings.Alpha)) - Math.Log(2 * _settings.Alpha)));

    /// <summary>Returns the boundary.</summary>
    /// <param name="settings">The settings, checked.</param>
    /// <param name="units">The units of all arms.</param>
    public static MixtureBoundary Of(SequenceSettings settings, double units)
    {
        var logAlpha = Math.Log(settings.Alpha) + (settings.Side == SequenceSide.TwoSided ? 0 : Math.Log(2));
        var rhoSquared = Tuning(logAlpha) / settings.Intended;
        return new(settings, rhoSquared, units * rhoSquared);
    }

    /// <summary>Returns the root m of m = ln((1 + m)/alpha²). The multiplier at the intended number of units is the square root of 1 + m.</summary>
    /// <param name="logAlpha">The natural logarithm of alpha, below 0.</param>
    public static double Tuning(double logAlpha)
    {
        // m - ln(1 + m) is convex and rises, and the start lies right of the root: Newton's steps fall to it.
        var target = -2 * logAlpha;
        var root = target + (2 * Math.Sqrt(target));
        for (var i = 0; i < 60; i++)
        {
            var step = (root - GammaRemainder.LogOfOnePlus(root) - target) * (1 + root) / root;
            root -= step;
            if (!(Math.Abs(step) > 1e-16 * root))
                break;
        }

        return root;
    }

    /// <summary>Returns the interval around an estimate.</summary>
    public StatisticalResult<SequenceInterval> Around(double estimate, double standardError)
    {
        if (standardError == 0)
            return Fault.ZeroVariance.As<SequenceInterval>();
        var (halfWidth, score) = (Multiplier * standardError, (estimate - _settings.Null) / standardError);
        var exponent = _mixed / (_mixed + 1) * score * score / 2;
        if (!InputChecks.AreFinite([estimate, standardError, estimate - halfWidth, estimate + halfWidth, exponent]))
            return Fault.NotFinite.As<SequenceInterval>();

        var logE = exponent - (GammaRemainder.LogOfOnePlus(_mixed) / 2);
        return StatisticalResult<SequenceInterval>.Ok(_settings.Side switch
        {
            SequenceSide.Lower => new(
                estimate, standardError, _rhoSquared, estimate - halfWidth, double.PositiveInfinity, OneSidedPValue(score, exponent), null),
            SequenceSide.Upper => new(
                estimate, standardError, _rhoSquared, double.NegativeInfinity, estimate + halfWidth, OneSidedPValue(-score, exponent), null),
            _ => new(estimate, standardError, _rhoSquared, estimate - halfWidth, estimate + halfWidth, Math.Min(1, Math.Exp(-logE)), logE),
        });
    }

    // Inverts the closed form of the one-sided boundary. Where 1 - exp(-exponent) has lost its digits, the p-value is 1.
    private double OneSidedPValue(double score, double exponent) =>
        score > 0 ? Math.Min(1, Math.Sqrt(_mixed + 1) / 2 * Math.Exp(-exponent) / (1 - Math.Exp(-exponent))) : 1;
}
