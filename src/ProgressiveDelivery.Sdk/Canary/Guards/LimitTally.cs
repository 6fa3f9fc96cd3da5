using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// The tally of a guard with a limit. A good outcome, the common one, is a single interlocked addition. A bad one takes the lock and tests: first the good ones counted so far, as
/// one run, then itself.
/// </summary>
/// <remarks>
/// That order is one in which the outcomes happened. Good outcomes are alike, so only their number between two bad ones matters. Each outcome has its place where it is counted, or
/// where it takes the lock, which is within its own call; calls that overlap have no order of their own. A good outcome can only speak for the variant, so a test after each bad one
/// misses no trip.
/// </remarks>
internal sealed class LimitTally(GuardDefinition definition, LimitProcess process) : GuardTally
{
    private const int Good = 0;

    private readonly object _gate = new();
    private readonly StripedCounts _counts = new();
    private readonly EvidenceCurve _curve = new();
    private long _first;
    private long _tested;
    private long _bad;
    private bool _isProven;

    public override bool Count(bool isOfOther, bool isBad)
    {
        if (isBad)
            return CountBad();
        _counts.Increment(Good);
        return false;
    }

    public override GuardReading Read()
    {
        lock (_gate)
        {
            TestGood();
            return new(new(Outcomes, _bad), 0, EvidenceOf(process), process.LogThreshold, _curve.Upto(Outcomes, EvidenceOf(process)));
        }
    }

    public override void Begin()
    {
        lock (_gate)
        {
            _first = _tested = _counts.Total(Good);
            (_bad, _isProven) = (0, false);
            process.Reset();
            _curve.Clear();
        }
    }

    private long Outcomes => _tested - _first + _bad;

    private bool CountBad()
    {
        lock (_gate)
        {
            if (_isProven)
                return false;
            TestGood();
            _bad++;
            process.Add(isBad: true);
            _curve.Add(Outcomes, EvidenceOf(process));
            return _isProven = process.IsProof && _bad >= definition.MinimumBad && Outcomes >= definition.MinimumOutcomes;
        }
    }

    // What is proven stays as it was found.
    private void TestGood()
    {
        if (_isProven)
            return;
        var good = _counts.Total(Good);
        process.AddGood(good - _tested);
        _tested = good;
    }
}
