using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// The tally of a guard that compares two variants. An outcome takes a place in the open block by one compare-and-swap, or is surplus; the one that takes the last place closes the
/// block under the lock, which alone tests and opens the next.
/// </summary>
/// <remarks>
/// An outcome is counted after it has its place. So no outcome is in the estimate that its own block is tested by, and the factors of a block are fixed before its outcomes come,
/// which the promise rests on. Outcomes that come while a block is being closed are surplus, good or bad.
/// </remarks>
internal sealed class PairTally : GuardTally
{
    private const int Good = 0;
    private const int Bad = 1;
    private const int GoodOfOther = 2;
    private const int BadOfOther = 3;
    private const int Surplus = 4;

    private readonly object _gate = new();
    private readonly StripedCounts _counts = new();
    private readonly EvidenceCurve _curve = new();
    private readonly BlockPlan _plan = new();
    private readonly GuardDefinition _definition;
    private readonly BlockProcess _process;
    private GuardCounts _first;
    private long _firstSurplus;
    private GuardCounts _opening;
    private long _block;
    private GuardReading? _proof;

    public PairTally(GuardDefinition definition, BlockProcess process)
    {
        (_definition, _process) = (definition, process);
        Open();
    }

    public override bool Count(bool isOfOther, bool isBad)
    {
        var fills = TryPlace(isOfOther, isBad, out var block);
        _counts.Increment((isOfOther ? GoodOfOther : Good) + (isBad ? 1 : 0));
        return fills && Close(block);
    }

    public override GuardReading Read()
    {
        lock (_gate)
            return _proof ?? Describe();
    }

    public override void Begin()
    {
        lock (_gate)
        {
            (_first, _firstSurplus, _proof) = (Total, _counts.Total(Surplus), null);
            _process.Reset();
            _curve.Clear();
            Open();
        }
    }

    // True if the outcome took the last place.
    private bool TryPlace(bool isOfOther, bool isBad, out BlockWord block)
    {
        while (true)
        {
            var seen = new BlockWord(Volatile.Read(ref _block));
            block = seen;
            if (!seen.HasRoom(isTreatment: !isOfOther))
            {
                _counts.Increment(Surplus);
                return false;
            }

            block = seen.With(isTreatment: !isOfOther, isBad);
            if (Interlocked.CompareExchange(ref _block, block.Bits, seen.Bits) == seen.Bits)
                return block.IsFull;
        }
    }

    private bool Close(BlockWord full)
    {
        lock (_gate)
        {
            // The tally may have begun anew since.
            if (_proof is not null || Volatile.Read(ref _block) != full.Bits)
                return false;
            var filled = full.Counts;
            _process.Close(new(full.Sizes, filled.ControlBad, filled.TreatmentBad, _opening.AgainstOutcomes, _opening.AgainstBad));
            var counts = Total.Since(in _first);
            _curve.Add(counts.Outcomes, EvidenceOf(_process));
            if (_process.IsProof && counts.Bad >= _definition.MinimumBad && counts.Outcomes >= _definition.MinimumOutcomes)
                _proof = Describe();
            Open();
            return _proof is not null;
        }
    }

    // The estimate uses all outcomes of the control, also those from before the tally began anew.
    private void Open()
    {
        _opening = Total;
        Volatile.Write(ref _block, BlockWord.Empty(_plan.Next(in _opening)).Bits);
    }

    private GuardCounts Total
    {
        get
        {
            var (bad, badOfOther) = (_counts.Total(Bad), _counts.Total(BadOfOther));
            return new(_counts.Total(Good) + bad, bad, _counts.Total(GoodOfOther) + badOfOther, badOfOther);
        }
    }

    private GuardReading Describe()
    {
        var counts = Total.Since(in _first);
        var surplus = _counts.Total(Surplus) - _firstSurplus;
        return new(counts, surplus, EvidenceOf(_process), _process.LogThreshold, _curve.Upto(counts.Outcomes, EvidenceOf(_process)));
    }
}
