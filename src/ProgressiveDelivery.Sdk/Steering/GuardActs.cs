using System.Globalization;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>The acts of guards and gates, and of operators on them. Each call is one turn: no other act comes in between.</summary>
internal sealed class GuardActs : ICanarySteering
{
    private readonly SnapshotSteering _steering;
    private readonly GuardJournal _journal;
    private readonly Action _keep;
    private readonly TimeProvider _clock;

    /// <param name="steering">Puts trips and positions in force.</param>
    /// <param name="journal">Records the acts.</param>
    /// <param name="keep">Has them written to disk, and does not wait for that.</param>
    /// <param name="clock">The time of the acts.</param>
    public GuardActs(SnapshotSteering steering, GuardJournal journal, Action keep, TimeProvider clock)
    {
        (_steering, _journal, _keep, _clock) = (steering, journal, keep, clock);
        steering.Overtaken = Overtaken;
    }

    public IReadOnlyList<GuardTrip> Trips
    {
        get
        {
            lock (_steering.Turn)
                return Board.Trips;
        }
    }

    public IReadOnlyList<RampPosition> Ramps
    {
        get
        {
            lock (_steering.Turn)
                return Board.Ramps;
        }
    }

    private CanaryBoard Board => _steering.Canary;

    public bool Trip(GuardTrip trip) => TryAct(trip.Flag, trip.Attempt, () =>
    {
        if (!Board.TryTrip(trip))
            return false;
        var record = Record(trip, ControlActKind.GuardTripped, trip.Evidence) with { ToVariant = trip.Response == GuardResponse.Revert ? trip.Served : null };
        PutInForce(record);
        _journal.Tripped(trip, record, HasEffect(trip));
        return true;
    });

    public bool Probe(GuardTrip before, GuardTrip after, string why) => TryAct(after.Flag, after.Attempt, () =>
    {
        if (!Board.TryReplace(before, after))
            return false;
        var record = Record(after, after.ProbePercent is null ? ControlActKind.ProbeEnded : ControlActKind.ProbeBegun, why) with { ToVariant = after.Served };
        PutInForce(record);
        _journal.Probed(after, record);
        return true;
    });

    public bool Close(GuardTrip trip, string why) => TryAct(trip.Flag, trip.Attempt, () =>
    {
        if (!Board.TryClose(trip))
            return false;
        var record = Record(trip, ControlActKind.GuardClosed, why);
        PutInForce(record);
        _journal.Closed(trip, record);
        return true;
    });

    public bool Move(RampPosition position) => TryAct(position.Flag, position.Attempt, () =>
    {
        var before = Board.Find(AttemptKey.Of(position));
        if (position == before)
            return true;
        Board.Move(position);
        var record = Record(position, before);
        PutInForce(record);
        _journal.Moved(position, record);
        return true;
    });

    public void OnChange(Action changed)
    {
        lock (_steering.Turn)
            _steering.Changed += changed;
    }

    /// <summary>Ends the trips and positions of a flag, by order of an operator.</summary>
    public ControlOutcome Reset(string flag, ControlAct act)
    {
        var ended = Board.Reset(flag);
        if (ended.IsEmpty)
            return new(ControlResult.NothingToReset, $"No guard of flag {DiagnosticCatalog.Quote(flag)} has tripped, and none of its rollouts has passed a gate or is paused.");
        var record = Record(ControlActKind.ResetGuards, act.By, act.Reason, flag);
        _steering.Guard(new(SnapshotChangeKind.Operator, record));
        _journal.Reset(ended, record);
        return new(ControlResult.Done, string.Create(CultureInfo.InvariantCulture, $"Flag {DiagnosticCatalog.Quote(flag)} is decided by its rules again: {ended.Trips.Count} trips of guards and {ended.Ramps.Count} positions of rollouts ended. Its guards and gates begin anew."));
    }

    /// <summary>Restores trips and positions from before the restart. Those of this run are newer.</summary>
    public void Restore(CanaryState all)
    {
        var restored = Board.Restore(all);
        if (restored.IsEmpty)
            return;
        var records = restored.Trips.Select(Restored).ToList();
        var ended = _steering.InForce is { } inForce ? Board.EndOvertaken(inForce.Snapshot.Rules) : CanaryState.None;
        DropExcess();
        _steering.Guard(new(SnapshotChangeKind.Guard, records.FirstOrDefault()));
        foreach (var (trip, record) in restored.Trips.Zip(records))
            _journal.Restored(trip, record, HasEffect(trip));
        _journal.Restored(restored.Ramps);
        Overtaken(ended);
    }

    // A trip of a higher attempt than the rules' own waits for its snapshot, which an operator stepped back from.
    private bool TryAct(string flag, long attempt, Func<bool> act)
    {
        lock (_steering.Turn)
            return !_steering.IsClosed && !(_steering.InForce?.Snapshot.Rules.Find(flag)?.Attempt > attempt) && act();
    }

    private void PutInForce(ControlRecord record)
    {
        DropExcess();
        _steering.Guard(new(SnapshotChangeKind.Guard, record));
        _keep();
    }

    private void DropExcess()
    {
        if (Board.DropExcess(_steering.InForce?.Snapshot.Rules ?? _steering.First.Rules))
            _journal.Forgotten();
    }

    // Before there are rules, nothing stands against it.
    private bool HasEffect(GuardTrip trip) => trip.Response != GuardResponse.Revert
        || _steering.InForce is not { } inForce
        || inForce.Snapshot.Rules.Find(trip.Flag)?.Overlay == EvaluationReason.Guarded;

    private void Overtaken(CanaryState ended)
    {
        foreach (var trip in ended.Trips)
        {
            var attempt = _steering.InForce?.Snapshot.Rules.Find(trip.Flag)?.Attempt;
            _journal.Closed(trip, Record(trip, ControlActKind.GuardClosed, string.Create(CultureInfo.InvariantCulture, $"Version {_steering.InForce?.Version} has attempt {attempt} of the flag.")));
        }

        if (!ended.IsEmpty)
            _keep();
    }

    private ControlRecord Restored(GuardTrip trip) => Record(trip, ControlActKind.GuardRestored, trip.Evidence) with { ToVariant = trip.Served, SurvivesRestart = true };

    private ControlRecord Record(GuardTrip trip, ControlActKind kind, string reason) =>
        Record(kind, $"guard {DiagnosticCatalog.Quote(trip.Guard)}", reason, trip.Flag) with { Guard = trip.Guard, FromVariant = trip.Variant };

    private ControlRecord Record(RampPosition position, RampPosition? before)
    {
        var kind = position.IsPaused || position.Reached < before?.Reached ? ControlActKind.RampPaused : ControlActKind.StepReached;
        return Record(kind, position.Rule is { } rule ? $"rollout of rule {DiagnosticCatalog.Quote(rule)}" : "rollout of the default", position.Cause, position.Flag);
    }

    private ControlRecord Record(ControlActKind kind, string by, string reason, string flag)
    {
        var state = _steering.State;
        return new()
        {
            Kind = kind,
            By = by,
            Reason = reason,
            At = _clock.GetUtcNow(),
            FromVersion = state.Version,
            ToVersion = state.Version,
            HeldVersion = state.Hold?.Version,
            Flag = flag,
        };
    }
}
