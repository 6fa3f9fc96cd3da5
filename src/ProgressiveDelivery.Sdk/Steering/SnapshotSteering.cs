using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Status;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// The one place that puts snapshots in force: the loop's acceptances, the backend's kills and operators' acts come together
/// here, one after the other. Evaluations never wait for it.
/// </summary>
internal sealed partial class SnapshotSteering(
    SnapshotStore store, SnapshotAcceptance acceptance, ClientStatusTracker status, OverlayBoard board, int historyLength, TimeProvider clock)
{
    private readonly FeatureSnapshot _first = store.Current;
    private readonly SnapshotHistory _history = new(historyLength, store.Current);
    private readonly SortedDictionary<string, FlagOverride> _overrides = new(StringComparer.Ordinal);
    private bool _isClosed;
    private bool _isOvertaken;
    private long _revision;

    /// <summary>Locked by every member. Lock it to read and change several things with nothing in between.</summary>
    public object Turn { get; } = new();

    /// <summary>The newest accepted snapshot, in force or waiting: others are judged against it, and patches apply to it.</summary>
    public FeatureSnapshot Newest
    {
        get
        {
            lock (Turn)
                return (_isOvertaken ? null : _history.Newest?.Snapshot) ?? _first;
        }
    }

    /// <summary>Indicates whether an operator's act accepted a lower version after the held one.</summary>
    public bool IsHeldOvertaken
    {
        get
        {
            lock (Turn)
                return Hold is not null && (_isOvertaken || _history.Newest?.Version < InForce?.Version);
        }
    }

    /// <summary>The empty snapshot before anything was accepted.</summary>
    public FeatureSnapshot First => _first;

    /// <summary>The entry in force; null if there is none.</summary>
    public HistoryEntry? InForce { get; private set; }

    /// <summary>The hold on the snapshot in force; null while the newest is followed.</summary>
    public SnapshotHold? Hold { get; private set; }

    /// <summary>Runs once, when the first rules are in force; quick, and never throws.</summary>
    public Action? FirstRules { get; set; }

    /// <summary>Runs when rules that came into force have ended trips or positions of lower attempts; quick, and never throws.</summary>
    public Action<CanaryState>? Overtaken { get; set; }

    /// <summary>Runs after each change of the rules in force, or of what lies over them; quick, and never throws.</summary>
    public Action? Changed { get; set; }

    public SnapshotHistory History => _history;

    public bool IsClosed
    {
        get
        {
            lock (Turn)
                return _isClosed;
        }
    }

    /// <summary>The kills that are obeyed.</summary>
    public KillSet Kills => board.Kills;

    /// <summary>The trips of guards and the positions of rollouts. For use within a turn.</summary>
    public CanaryBoard Canary => board.Canary;

    /// <summary>Accepts a snapshot that passed all checks: puts it in force, or lets it wait while another one is held.</summary>
    /// <param name="accepted">The snapshot.</param>
    /// <param name="source">The source's name, or the file's path.</param>
    /// <param name="record">The operator's act that ordered its acceptance; null if there is none.</param>
    /// <returns>The hold that it waits for; null when it is in force.</returns>
    public SnapshotHold? Accept(FeatureSnapshot accepted, string source, ControlRecord? record = null)
    {
        lock (Turn)
        {
            if (_isClosed)
                return null;
            _revision++;
            var isOfSource = accepted.Origin == SnapshotOrigin.Source;
            Stage(accepted, isOrdered: record is not null);
            var entry = Remember(Overlaid(accepted), source);
            _isOvertaken = false;
            Action<FeatureSnapshot> tell = isOfSource ? Confirmed : status.StartedFrom;
            if (Hold is null || entry == InForce)
                PutInForce(entry, record is not null ? new(SnapshotChangeKind.Operator, record) : isOfSource ? SnapshotChangeCause.Source : SnapshotChangeCause.LocalFile, tell);
            else
                Show(store.Current, tell);
            if (isOfSource)
                accepted.Confirm();
            WaitChanged?.Invoke();
            return Hold is { } hold && entry != InForce ? hold : null;
        }
    }

    /// <summary>Records that the source just confirmed the newest snapshot; if another one is held, nothing newer has been missed.</summary>
    public void Confirm()
    {
        lock (Turn)
        {
            if (_isClosed || _history.Newest is not { } newest)
                return;
            newest.Snapshot.Confirm();
            Confirmed(store.Current);
        }
    }

    /// <summary>Applies a kill to the snapshot in force, and to later ones that are not newer than it; returns false if it is no news.</summary>
    public bool Kill(SnapshotKill kill)
    {
        lock (Turn)
        {
            if (_isClosed || kill.Version < _history.LowestVersion || !board.TryAdd(kill))
                return false;
            // Rules without the flag answer as before: a flood of such kills costs no compilation each.
            if (InForce?.Snapshot.Rules.Find(kill.Flag) is not null)
                Overlay(SnapshotChangeCause.Kill);
            return true;
        }
    }

    /// <summary>Forgets the kill of a flag that no accepted snapshot has.</summary>
    public void ForgetKill(string flag)
    {
        lock (Turn)
            board.Forget(flag);
    }

    /// <summary>Returns whether the snapshot in force, or the newest accepted one, has a flag.</summary>
    public bool Knows(string flag)
    {
        lock (Turn)
            return (InForce?.Snapshot.Rules.Find(flag) ?? _history.Newest?.Snapshot.Rules.Find(flag)) is not null;
    }

    /// <summary>Drops the kills that every snapshot of the history has ended; returns false if there are none.</summary>
    public bool EndKills()
    {
        lock (Turn)
            return board.TryEnd(_history.LowestVersion);
    }

    /// <summary>Drops the kills that no later version would end, by an operator's act.</summary>
    public IReadOnlyList<SnapshotKill> EndKillsFarBeyond(long version, ControlRecord record)
    {
        lock (Turn)
        {
            var ended = board.EndFarBeyond(version);
            if (ended.Count > 0)
                Overlay(new(SnapshotChangeKind.Operator, record));
            return ended;
        }
    }

    /// <summary>Puts a snapshot of the history in force, and holds it there; or, without a hold, follows the source from there on.</summary>
    public void Steer(HistoryEntry entry, SnapshotHold? hold, ControlRecord record)
    {
        lock (Turn)
        {
            _revision++;
            Hold = hold;
            PutInForce(entry, new(SnapshotChangeKind.Operator, record), status.Replaced);
        }
    }

    /// <summary>Restores a snapshot that was held before a restart, and holds it again. Newer ones may have been accepted meanwhile.</summary>
    public void Restore(RestoredControl restored, ControlRecord record)
    {
        lock (Turn)
        {
            _revision++;
            var newest = _history.Newest;
            Action<FeatureSnapshot> tell = newest?.Snapshot.Origin == SnapshotOrigin.Source ? status.Replaced : status.StartedFrom;
            (Hold, _isOvertaken) = (restored.Hold, restored.IsOvertaken && newest is null);
            var entry = _history.Insert(restored.Held!, clock.GetUtcNow(), restored.Path, isOldest: restored.IsOvertaken);
            PutInForce(entry, new(SnapshotChangeKind.Operator, record), tell);
        }
    }

    /// <summary>Returns the override of a flag; null if there is none.</summary>
    public FlagOverride? OverrideOf(string flag)
    {
        lock (Turn)
            return _overrides.GetValueOrDefault(flag);
    }

    /// <summary>Overrides a flag with a variant, in place of an earlier override.</summary>
    /// <returns>True if the snapshot in force can serve it.</returns>
    public bool Override(FlagOverride act, ControlRecord record)
    {
        lock (Turn)
        {
            _revision++;
            _overrides[act.Flag] = act;
            board.Override(act.Flag, act.Variant);
            Overlay(new(SnapshotChangeKind.Operator, record));
            return HasEffect(act, store.Current);
        }
    }

    public void RemoveOverride(string flag, ControlRecord record)
    {
        lock (Turn)
        {
            _revision++;
            _overrides.Remove(flag);
            board.RemoveOverride(flag);
            Overlay(new(SnapshotChangeKind.Operator, record));
        }
    }

    /// <summary>Puts a change of trips or positions in force.</summary>
    public void Guard(SnapshotChangeCause cause)
    {
        lock (Turn)
        {
            if (cause.Kind == SnapshotChangeKind.Operator)
                _revision++;
            Overlay(cause);
        }
    }

    /// <summary>The current hold, overrides, trips and positions.</summary>
    public SnapshotControlState State
    {
        get
        {
            lock (Turn)
                return StateUnder(store.Current);
        }
    }

    /// <summary>Returns an entry's snapshot under the current overlay.</summary>
    public FeatureSnapshot UpToDate(HistoryEntry entry)
    {
        lock (Turn)
            return entry.Snapshot = Overlaid(entry.Snapshot);
    }

    /// <summary>Puts the last snapshot in force for good.</summary>
    public void Close(FeatureSnapshot last)
    {
        lock (Turn)
        {
            status.Close(last);
            store.Close(last);
            _isClosed = true;
        }
    }

    private FeatureSnapshot Overlaid(FeatureSnapshot accepted) => acceptance.Under(board.Under(accepted), accepted) ?? accepted;

    // The same version may come again: from the source after a file, or whole after patches.
    private HistoryEntry Remember(FeatureSnapshot accepted, string source)
    {
        if (_history.Newest is not { } newest || newest.Version != accepted.Version)
            return _history.Add(accepted, clock.GetUtcNow(), source, Hold is null ? null : InForce);
        if (newest != InForce)
            return _history.Replace(accepted, clock.GetUtcNow(), source);
        if (Hold is not null && SnapshotComparison.Of(UpToDate(newest), accepted).Answers.Count > 0)
            return _history.Add(accepted, clock.GetUtcNow(), source, Hold is null ? null : InForce);
        return InForce = _history.Replace(accepted, clock.GetUtcNow(), source);
    }

    private void Overlay(SnapshotChangeCause cause)
    {
        if (InForce is { } inForce && UpToDate(inForce).Rules != store.Current.Rules)
        {
            PutInForce(inForce, cause, status.Replaced);
        }
        else
        {
            Show(store.Current, status.Replaced);
            Changed?.Invoke();
        }
    }

    // The status shows a version once evaluations answer by it, and before handlers of the change run, which may read it.
    private void PutInForce(HistoryEntry entry, SnapshotChangeCause cause, Action<FeatureSnapshot> tell)
    {
        TellAdoption(entry, cause);
        InForce = entry;
        var ended = Canary.EndOvertaken(entry.Snapshot.Rules);
        var next = UpToDate(entry).InForce(Hold is { IsAdoption: false }, cause, _history.Newest!.Snapshot);
        store.Publish(next, () => Show(next, tell));
        var first = FirstRules;
        FirstRules = null;
        first?.Invoke();
        if (!ended.IsEmpty)
            Overtaken?.Invoke(ended);
        Changed?.Invoke();
    }

    private void Confirmed(FeatureSnapshot inForce)
    {
        inForce.Confirm();
        status.Confirmed(inForce);
    }

    private void Show(FeatureSnapshot inForce, Action<FeatureSnapshot> tell)
    {
        tell(inForce);
        status.Steered(StateUnder(inForce) is { IsActive: true } state ? state : null);
    }

    private SnapshotControlState StateUnder(FeatureSnapshot inForce) => new()
    {
        Version = inForce.Version,
        Revision = _revision,
        Hold = Hold,
        Waiting = Hold is not null && _history.Newest is { } newest && newest != InForce ? newest.Version : null,
        Overrides = [.. _overrides.Values.Select(act => act with { HasEffect = HasEffect(act, inForce) })],
        Trips = Canary.Trips,
        Ramps = Canary.Ramps,
    };

    private static bool HasEffect(FlagOverride act, FeatureSnapshot inForce) => inForce.Rules.Find(act.Flag) is { Overlay: EvaluationReason.Override, IsQuarantined: false };
}
