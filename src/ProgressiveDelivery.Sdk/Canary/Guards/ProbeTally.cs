using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// The tally of a probe: a proof that the variant is bad and one that it is good, side by side (statistics.md, section 16). Each probe may err to the good with half the chance of
/// the one before, so all of them together with at most 5 %. Few outcomes come while a small share tries a variant, so each takes the lock. Safe to use from any thread.
/// </summary>
/// <remarks>
/// There is no proof of good against another variant. Such a guard's probe has a fixed limit: the other variant's share as the guard tripped, or, where a restart has forgotten it,
/// that of its first outcomes during the probe. Until there are enough of them, the probed variant's count for nothing.
/// </remarks>
internal sealed class ProbeTally
{
    /// <summary>The promise of a probe, for people.</summary>
    public const string Promise = "a probe: at most 1 % false proofs of bad, and at most 5 % false proofs of good in all probes together";

    private const double AlphaOfBad = 0.01;
    private const double AlphaOfGood = 0.05;
    private const int MaxHalvings = 60;
    private const int MinOfOther = 100;

    // A limit at an end of the range could never be proven.
    private const double Smallest = 1e-9;

    private readonly object _gate = new();
    private readonly EvidenceCurve _curve = new();
    private readonly GuardDefinition _guard;
    private readonly ProbeDefinition _probe;
    private readonly int _number;
    private LifetimeLimit? _ofBad;
    private LifetimeLimit? _ofGood;
    private long _untested;
    private GuardCounts _counts;
    private ProbeVerdict _verdict;

    /// <param name="guard">The guard.</param>
    /// <param name="probe">Its way to probe.</param>
    /// <param name="number">The number of the probe since the trip, from 1.</param>
    /// <param name="limit">The limit; null if it is not known yet.</param>
    public ProbeTally(GuardDefinition guard, ProbeDefinition probe, int number, double? limit)
    {
        (_guard, _probe, _number) = (guard, probe, number);
        if (limit is { } known)
            Test(known);
    }

    public int Number => _number;

    /// <summary>The limit in force; null until it is known.</summary>
    public double? Limit { get; private set; }

    /// <summary>Returns the limit that the share of the other variant gives.</summary>
    public static double? LimitOf(GuardDefinition guard, in GuardCounts counts) =>
        guard.Limit is { } limit ? limit
        : counts.AgainstOutcomes < MinOfOther ? null
        : Math.Clamp((guard.Ratio * ((counts.AgainstBad + 0.5) / (counts.AgainstOutcomes + 1))) + guard.Margin, Smallest, 1 - Smallest);

    /// <summary>Counts an outcome; returns how the probe ends by it.</summary>
    public ProbeVerdict Count(bool isOfOther, bool isBad)
    {
        lock (_gate)
        {
            if (_verdict != ProbeVerdict.None)
                return ProbeVerdict.None;
            if (isOfOther)
                CountOther(isBad);
            else
                _verdict = CountProbed(isBad);
            return _verdict;
        }
    }

    public GuardReading Read()
    {
        lock (_gate)
        {
            var evidence = _ofBad?.LogEvidence ?? 0;
            return new(_counts, 0, evidence, _ofBad?.LogThreshold ?? -Math.Log(AlphaOfBad), _curve.Upto(_counts.Outcomes, evidence));
        }
    }

    private void CountOther(bool isBad)
    {
        _counts = _counts with { AgainstOutcomes = _counts.AgainstOutcomes + 1, AgainstBad = _counts.AgainstBad + (isBad ? 1 : 0) };
        if (_ofBad is null && LimitOf(_guard, in _counts) is { } limit)
            Test(limit);
    }

    private ProbeVerdict CountProbed(bool isBad)
    {
        if (_ofBad is null || _ofGood is null)
            return ++_untested >= _probe.MaxOutcomes ? ProbeVerdict.Inconclusive : ProbeVerdict.None;
        _counts = _counts with { Outcomes = _counts.Outcomes + 1, Bad = _counts.Bad + (isBad ? 1 : 0) };
        _ofBad.Add(isBad);
        _ofGood.Add(isBad);
        _curve.Add(_counts.Outcomes, _ofBad.LogEvidence);
        return isBad && _ofBad.IsProof ? ProbeVerdict.Bad
            : !isBad && _ofGood.IsProof ? ProbeVerdict.Good
            : _counts.Outcomes + _untested >= _probe.MaxOutcomes ? ProbeVerdict.Inconclusive
            : ProbeVerdict.None;
    }

    private void Test(double limit)
    {
        Limit = limit;
        _ofBad = new(limit, AlphaOfBad);
        _ofGood = new(limit, Math.ScaleB(AlphaOfGood, -Math.Min(_number, MaxHalvings)), LimitSide.Below);
    }
}
