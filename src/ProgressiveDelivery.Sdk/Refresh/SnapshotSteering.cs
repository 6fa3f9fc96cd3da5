using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// The one place that puts snapshots in force: what the loop accepts, what the backend kills and what operators decide come together
/// here, one after the other. Evaluations never wait for it.
/// </summary>
internal sealed class SnapshotSteering(
    SnapshotStore store, SnapshotAcceptance acceptance, ClientStatusTracker status, OverlayBoard board, int historyLength, TimeProvider clock)
{
    private readonly object _gate = new();
    private readonly FeatureSnapshot _first = store.Current;
    private readonly SnapshotHistory _history = new(historyLength, store.Current);
    private readonly SortedDictionary<string, FlagOverride> _overrides = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>The newest snapshot that was accepted, in force or waiting: what others are judged against, and patches are on.</summary>
    public FeatureSnapshot Newest => Exclusively(() => _history.Newest?.Snapshot ?? _first);

    /// <summary>The entry in force; null when there is none.</summary>
    public HistoryEntry? InForce { get; private set; }

    /// <summary>Who holds the snapshot in force; null while the newest is followed.</summary>
    public SnapshotHold? Hold { get; private set; }

    public SnapshotHistory History => _history;

    public bool IsClosed => Exclusively(() => _isClosed);

    /// <summary>Runs something that reads and changes several things, with nobody in between. What it calls here may take the same turn again.</summary>
    public T Exclusively<T>(Func<T> act)
    {
        lock (_gate)
            return act();
    }

    /// <summary>Takes in a snapshot that passed all checks: puts it in force, or has it wait while another one is held.</summary>
    /// <returns>The hold that it waits for; null when it is in force.</returns>
    public SnapshotHold? Accept(FeatureSnapshot accepted, string source) => Exclusively(() =>
    {
        if (_isClosed)
            return null;
        var isOfSource = accepted.Origin == SnapshotOrigin.Source;
        var entry = Remember(accepted, source);
        Action<FeatureSnapshot> tell = isOfSource ? Confirmed : status.StartedFrom;
        if (Hold is null || entry == InForce)
            PutInForce(entry, isOfSource ? SnapshotChangeCause.Source : SnapshotChangeCause.LocalFile, tell);
        else
            Show(store.Current, tell);
        if (isOfSource)
            accepted.Confirm();
        return Hold is { } hold && entry != InForce ? hold : null;
    });

    /// <summary>The source confirmed the newest snapshot just now, and so, where another one is held, that nothing newer has been missed.</summary>
    public void Confirm() => Exclusively(() =>
    {
        if (_isClosed || _history.Newest is not { } newest)
            return false;
        newest.Snapshot.Confirm();
        Confirmed(store.Current);
        return true;
    });

    /// <summary>Has a kill act on what is in force, and on whatever is put in force that it is not older than; false when it is no news.</summary>
    public bool Kill(SnapshotKill kill) => Exclusively(() =>
    {
        if (_isClosed || kill.Version < _history.OldestVersion || !board.TryAdd(kill))
            return false;
        Overlay(SnapshotChangeCause.Kill);
        return true;
    });

    /// <summary>Drops the kills that every snapshot of the history has ended; false when that is none.</summary>
    public bool EndKills() => Exclusively(() => board.TryEnd(_history.OldestVersion));

    /// <summary>Puts a snapshot of the history in force, and holds it there; or, without a hold, follows the source from there on.</summary>
    public void Steer(HistoryEntry entry, SnapshotHold? hold, ControlRecord record) => Exclusively(() =>
    {
        Hold = hold;
        PutInForce(entry, new(SnapshotChangeKind.Operator, record), status.Replaced);
        return true;
    });

    /// <summary>Takes in a snapshot that was held before a restart, and holds it again.</summary>
    public void Restore(FeatureSnapshot held, string path, SnapshotHold hold, ControlRecord record) => Exclusively(() =>
    {
        Hold = hold;
        PutInForce(_history.Add(held, clock.GetUtcNow(), path, kept: null), new(SnapshotChangeKind.Operator, record), status.StartedFrom);
        return true;
    });

    /// <summary>The override of a flag; null when there is none.</summary>
    public FlagOverride? OverrideOf(string flag) => Exclusively(() => _overrides.GetValueOrDefault(flag));

    /// <summary>Has a flag serve a variant, in place of what it was overridden with before.</summary>
    /// <returns>Whether the snapshot in force can serve it.</returns>
    public bool Override(FlagOverride act, ControlRecord record) => Exclusively(() =>
    {
        _overrides[act.Flag] = act;
        board.Override(act.Flag, act.Variant);
        Overlay(new(SnapshotChangeKind.Operator, record));
        return HasEffect(act, store.Current);
    });

    public void RemoveOverride(string flag, ControlRecord record) => Exclusively(() =>
    {
        _overrides.Remove(flag);
        board.RemoveOverride(flag);
        Overlay(new(SnapshotChangeKind.Operator, record));
        return true;
    });

    /// <summary>What is held and overridden now.</summary>
    public SnapshotControlState State => Exclusively(() => StateUnder(store.Current));

    /// <summary>Makes sure that an entry is under what holds now.</summary>
    public FeatureSnapshot UpToDate(HistoryEntry entry) =>
        Exclusively(() => entry.Snapshot = acceptance.Overlay(entry.Snapshot) ?? entry.Snapshot);

    /// <summary>Puts the last snapshot in force for good.</summary>
    public void Close(FeatureSnapshot last) => Exclusively(() =>
    {
        status.Close(last);
        store.Close(last);
        return _isClosed = true;
    });

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
            PutInForce(inForce, cause, status.Replaced);
        else
            Show(store.Current, status.Replaced);
    }

    // Who handles the change may ask for the status: it comes first.
    private void PutInForce(HistoryEntry entry, SnapshotChangeCause cause, Action<FeatureSnapshot> tell)
    {
        InForce = entry;
        var next = UpToDate(entry).InForce(Hold is not null, cause, _history.Newest!.Snapshot);
        Show(next, tell);
        store.Publish(next);
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
        Hold = Hold,
        Waiting = Hold is not null && _history.Newest is { } newest && newest != InForce ? newest.Version : null,
        Overrides = [.. _overrides.Values.Select(act => act with { HasEffect = HasEffect(act, inForce) })],
    };

    private static bool HasEffect(FlagOverride act, FeatureSnapshot inForce) => inForce.Rules.Find(act.Flag) is { Overlay: EvaluationReason.Override, IsQuarantined: false };
}
