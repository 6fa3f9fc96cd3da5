using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Canary.Guards;

/// <summary>
/// A guard at work. While it watches, outcomes are tested as they come; the thread that completes the proof has it answered, once. After that the guard follows the trip that holds.
/// What a test needs is made at the first outcome. Safe to use from any thread.
/// </summary>
internal sealed class Guard
{
    private readonly object _gate = new();
    private readonly GuardIdentity _identity;
    private readonly GuardResponder _responder;
    private readonly TimeProvider _clock;
    private readonly OutcomeRule _rule;
    private volatile GuardPhase _phase;
    private volatile GuardTally? _tally;
    private volatile ProbeTally? _probe;
    private volatile UnitMemory? _units;
    private GuardTrip? _trip;
    private GuardTrip? _shown;
    private double? _limitAtTrip;
    private DateTimeOffset _since;

    public Guard(GuardIdentity identity, GuardResponder responder, TimeProvider clock)
    {
        (_identity, _responder, _clock) = (identity, responder, clock);
        (_rule, _since) = (new(identity.Definition), clock.GetUtcNow());
        Watch = new(this, isOfOther: false);
        OtherWatch = identity.Other is null ? null : new(this, isOfOther: true);
    }

    public GuardIdentity Identity => _identity;

    public GuardDefinition Definition => _identity.Definition;

    /// <summary>The watch of the guarded variant.</summary>
    public GuardWatch Watch { get; }

    /// <summary>The watch of the variant that it is compared with; null for none.</summary>
    public GuardWatch? OtherWatch { get; }

    /// <summary>The trip that holds; null for none.</summary>
    public GuardTrip? Trip
    {
        get
        {
            lock (_gate)
                return _trip;
        }
    }

    /// <summary>The state at this moment.</summary>
    public GuardState State
    {
        get
        {
            lock (_gate)
                return new(_trip ?? _shown, _trip is not null || _phase == GuardPhase.Answering, _since, Read(), _probe?.Limit);
        }
    }

    /// <summary>Tests an outcome.</summary>
    public void Observe(in ObservedOutcome outcome, bool isOfOther)
    {
        if (_rule.IsBad(in outcome) is not { } isBad || _phase is not (GuardPhase.Watching or GuardPhase.Probing))
            return;
        if (Definition.OncePer is not null && !Units.TryCount(outcome.Unit))
            return;
        if (_phase == GuardPhase.Probing)
            CountProbe(isOfOther, isBad);
        else if ((_tally ?? MakeTally()).Count(isOfOther, isBad))
            Answer();
    }

    /// <summary>Follows the trip that holds for it; null for none. The end of a trip begins the evidence anew.</summary>
    public void Follow(GuardTrip? trip)
    {
        lock (_gate)
        {
            _trip = trip;
            if (_phase is not (GuardPhase.Answering or GuardPhase.Ended))
                FollowTrip();
        }
    }

    /// <summary>Begins the evidence anew at a step, or at other rules, if its promise is for one of them.</summary>
    public void BeginStep()
    {
        lock (_gate)
        {
            if (Definition.Mode == GuardMode.Lifetime && _phase == GuardPhase.Watching)
                Begin();
        }
    }

    /// <summary>Ends it: outcomes that still arrive count for nothing.</summary>
    public void End()
    {
        lock (_gate)
            _phase = GuardPhase.Ended;
    }

    private UnitMemory Units
    {
        get
        {
            if (_units is { } units)
                return units;
            lock (_gate)
                return _units ??= new(Definition.OncePer!.Value, _clock);
        }
    }

    private GuardTally MakeTally()
    {
        lock (_gate)
            return _tally ??= GuardTests.Make(_identity);
    }

    // No lock is held while it is answered, since that changes the rules in force.
    private void Answer()
    {
        GuardReading reading;
        lock (_gate)
        {
            if (_phase != GuardPhase.Watching)
                return;
            _phase = GuardPhase.Answering;
            reading = Read();
            _limitAtTrip = ProbeTally.LimitOf(Definition, reading.Counts);
        }

        var trip = _responder.Answer(this, in reading);
        lock (_gate)
        {
            // The trip may be over by now, or may never have held: the guard then watches on.
            _shown = Definition.DryRun ? trip : null;
            if (_phase == GuardPhase.Answering)
                FollowTrip();
        }
    }

    private void CountProbe(bool isOfOther, bool isBad)
    {
        if (_probe is not { } probe || probe.Count(isOfOther, isBad) is not (not ProbeVerdict.None and var verdict))
            return;
        GuardTrip? trip;
        lock (_gate)
            trip = ReferenceEquals(probe, _probe) ? _trip : null;
        if (trip is not null)
            _responder.EndProbe(this, trip, verdict, probe);
    }

    private void FollowTrip()
    {
        var (before, probe) = (_phase, _probe);
        if (_trip?.ProbePercent is null)
            _probe = null;
        else if (probe?.Number != _trip.Probes)
            _probe = new(Definition, Definition.Probe ?? new(), _trip.Probes, _limitAtTrip ?? Definition.Limit);
        _phase = _trip is null ? GuardPhase.Watching : _probe is null ? GuardPhase.Tripped : GuardPhase.Probing;
        if (_phase == GuardPhase.Watching && before != GuardPhase.Watching)
            Begin();
    }

    private void Begin()
    {
        _tally?.Begin();
        _since = _clock.GetUtcNow();
    }

    private GuardReading Read() => _probe?.Read() ?? _tally?.Read() ?? GuardTests.Nothing(_identity);
}
