using ProgressiveDelivery.Sdk.Evaluation.Outcomes;

namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Watches one experiment of one flag: counts its units by variant, and tests them against the weights in force. Other weights begin the test anew. Safe to use
/// from any thread: a call holds the lock for a few steps.
/// </summary>
internal sealed class ExperimentWatch
{
    private const int MinStep = 32;
    private const int StepsOfDoubling = 64;

    private readonly object _gate = new();
    private readonly string _flag;
    private readonly string _experiment;
    private readonly IExperimentAlarm _alarm;
    private readonly TimeProvider _clock;
    private ExperimentDesign _design;
    private SampleRatioTest? _test;
    private UnitSample _sample = new();
    private long[] _counts;
    private long _units;
    private long _nextLook;
    private long _crossovers;
    private long _crossoversBefore;
    private long _unassigned;
    private DateTimeOffset _since;
    private ExperimentFaults _known;
    private bool _isTestable;
    private bool _isMixed;

    /// <summary>Creates a watch.</summary>
    /// <param name="flag">The flag's key.</param>
    /// <param name="experiment">The experiment's key.</param>
    /// <param name="design">The design in force.</param>
    /// <param name="isTestable">False if the flag divides the experiment in several ways.</param>
    /// <param name="alarm">Reports faults.</param>
    /// <param name="clock">Dates the begin.</param>
    public ExperimentWatch(string flag, string experiment, ExperimentDesign design, bool isTestable, IExperimentAlarm alarm, TimeProvider clock)
    {
        (_flag, _experiment, _design, _alarm, _clock) = (flag, experiment, design, alarm, clock);
        (_counts, _isTestable) = (new long[design.Variants.Length], isTestable);
        Begin();
    }

    public string Flag => _flag;

    public string Experiment => _experiment;

    /// <summary>The health at this moment.</summary>
    public ExperimentHealth Health
    {
        get
        {
            lock (_gate)
            {
                Look();
                return Describe();
            }
        }
    }

    /// <summary>Takes over the design in force; another one begins anew.</summary>
    public void Follow(ExperimentDesign design, bool isTestable)
    {
        lock (_gate)
        {
            var isSame = design.Hash == _design.Hash;
            if (isSame && isTestable == _isTestable)
                return;
            // Stored assignments keep the shares of the weights before.
            _isMixed = isSame ? _isMixed : design.StickyVersion is not null && design.StickyVersion == _design.StickyVersion;
            (_design, _counts, _sample, _isTestable) = (design, new long[design.Variants.Length], new(), isTestable);
            Begin();
        }
    }

    /// <summary>Counts a unit under the design in force, once.</summary>
    /// <param name="design">The design that assigned it. One that is not in force counts nothing.</param>
    /// <param name="variant">The variant's place in the flag.</param>
    /// <param name="unit">The hash of unit and flag.</param>
    /// <param name="mayBeKnown">True if it may have been counted before: the memory of exposures has forgotten some.</param>
    public void Count(ExperimentDesign design, short variant, UInt128 unit, bool mayBeKnown)
    {
        lock (_gate)
        {
            if (design.Hash != _design.Hash || (!_sample.TryAdd(unit) && mayBeKnown))
                return;
            var place = design.PlaceOf(variant);
            if (place < 0 || design.Shares[place] == 0)
                _unassigned++;
            // A store may remember a variant that lost its weight since.
            if (place >= 0 && (design.Shares[place] > 0 || design.StickyVersion is null))
                Add(place);
        }

        Tell();
    }

    /// <summary>Counts a unit that was given another variant of the experiment than before.</summary>
    public void Crossed()
    {
        lock (_gate)
            _crossovers++;
        Tell();
    }

    private void Begin()
    {
        (_units, _nextLook, _unassigned, _known, _since) = (0, MinStep, 0, ExperimentFaults.None, _clock.GetUtcNow());
        _crossoversBefore = _crossovers;
        _test = _isTestable && !_isMixed && _design.Shares.Count(share => share > 0) > 1 ? SampleRatioTest.TryCreate(_design.Shares) : null;
    }

    private void Add(int place)
    {
        _counts[place]++;
        if (++_units >= _nextLook || _design.Shares[place] == 0)
            Look();
    }

    private void Look()
    {
        _test?.Look(_counts);
        _nextLook = _units + Math.Max(MinStep, _units / StepsOfDoubling);
    }

    // Outside of the lock, since a log may be slow.
    private void Tell()
    {
        ExperimentHealth health;
        ExperimentFaults fresh;
        lock (_gate)
        {
            fresh = Faults & ~_known;
            if (fresh == ExperimentFaults.None)
                return;
            _known |= fresh;
            health = Describe();
        }

        if (fresh.HasFlag(ExperimentFaults.Mismatch))
            _alarm.Mismatched(health);
        if (fresh.HasFlag(ExperimentFaults.Crossover))
            _alarm.Crossed(health);
        if (fresh.HasFlag(ExperimentFaults.Unassigned))
            _alarm.Unassigned(health);
    }

    private ExperimentFaults Faults =>
        (_test?.IsMismatch == true ? ExperimentFaults.Mismatch : ExperimentFaults.None)
        | (_crossovers > _crossoversBefore ? ExperimentFaults.Crossover : ExperimentFaults.None)
        | (_unassigned > 0 ? ExperimentFaults.Unassigned : ExperimentFaults.None);

    private ExperimentHealth Describe() => new()
    {
        Experiment = _experiment,
        Flag = _flag,
        Since = _since,
        Variants = [.. _design.Variants.Select((variant, place) => new ExperimentVariantHealth(variant, _design.Shares[place], _counts[place]))],
        Units = _units,
        LogEvidence = _test?.LogE ?? 0,
        PValue = _test?.PValue ?? 1,
        Crossovers = _crossovers,
        Unassigned = _unassigned,
        Hint = _test is null ? ExperimentHint.NotTested : _test.IsMismatch ? ExperimentHint.Mismatch : ExperimentHint.NoMismatch,
    };
}
