using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>
/// Does acts one after the other: first restores those of the last run, then does the act in memory, at once, then writes to disk.
/// </summary>
internal sealed partial class SnapshotControl : ISnapshotControl, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SnapshotSteering _steering;
    private readonly ControlTrail _trail;
    private readonly ControlKeeper? _keeper;
    private readonly bool _canBeBelieved;
    private readonly HoldActs _holds;
    private readonly OverrideActs _overrides;
    private readonly GuardActs _guards;
    private readonly GuardJournal _guardJournal;
    private readonly ControlExpiry _expiry;
    private readonly EarlyActs _early = new();
    private readonly AcceptanceOrders _orders;
    private readonly TimeProvider _clock;

    public SnapshotControl(
        SnapshotSteering steering, ControlTrail trail, GuardJournal guards, ControlKeeper? keeper, AcceptanceOrders orders, bool canBeBelieved, TimeProvider clock)
    {
        (_steering, _trail, _keeper, _canBeBelieved) = (steering, trail, keeper, canBeBelieved);
        (_guardJournal, _orders, _clock) = (guards, orders, clock);
        _holds = new(steering, trail, clock);
        _overrides = new(steering, trail, clock);
        _guards = new(steering, guards, KeepInBackground, clock);
        _expiry = new(ExpireAsync, clock);
        if (steering.Plan is not null)
            steering.WaitChanged = () => _expiry.Await(steering.State);
    }

    /// <summary>The acts of guards and gates.</summary>
    public ICanarySteering Canary => _guards;

    public SnapshotControlState State => _steering.State;

    public IReadOnlyList<ControlRecord> AuditTrail
    {
        get
        {
            lock (_steering.Turn)
                return _trail.Records;
        }
    }

    public IReadOnlyList<AcceptedSnapshot> History
    {
        get
        {
            lock (_steering.Turn)
                return [.. _steering.History.Entries.Select(entry => entry.Describe(isInForce: entry == _steering.InForce))];
        }
    }

    public Task<ControlOutcome> HoldAsync(ControlAct act) => ActAsync(act, () => Steer(() => _holds.Hold(act)));

    public Task<ControlOutcome> ReleaseAsync(ControlAct act) => EndAsync(act, () => Steer(() => _holds.Release(act)));

    public Task<ControlOutcome> StepBackAsync(ControlAct act) => ActAsync(act, () => Steer(() => _holds.StepBack(act)));

    public Task<ControlOutcome> StepForwardAsync(ControlAct act) => ActAsync(act, () => Steer(() => _holds.StepForward(act)));

    public Task<ControlOutcome> PinAsync(long version, ControlAct act) => ActAsync(act, () => Steer(() => _holds.Pin(version, act)));

    public Task<ControlOutcome> OverrideAsync(string flag, string variant, ControlAct act)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        ArgumentException.ThrowIfNullOrEmpty(variant);
        return ActAsync(act, () => OnFlag(flag, () => _overrides.Override(flag, variant, act)));
    }

    public Task<ControlOutcome> RemoveOverrideAsync(string flag, ControlAct act)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        return EndAsync(act, () => OnFlag(flag, () => _overrides.Remove(flag, act)));
    }

    public Task<ControlOutcome> ResetGuardsAsync(string flag, ControlAct act)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        return EndAsync(act, () =>
        {
            _early.OnGuards(flag);
            return _guards.Reset(flag, act);
        });
    }

    public async Task<ControlOutcome> AcceptCurrentAsync(ControlAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        await RestoreAsync(CancellationToken.None).ConfigureAwait(false);
        if (Order(act, out var order) is { } obstacle)
            return obstacle;
        _trail.Ordered(order!);
        var outcome = CarriedOutAsync(order!.Outcome);
        try
        {
            return await outcome.WaitAsync(Patience, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new(ControlResult.Ordered, FormattableString.Invariant($"The source has not answered yet. Its next document is accepted whatever its version, until {order!.Until:u}: check the audit trail, or order it again then."));
        }
    }

    public SnapshotDifference? Diff(long from, long to, IEnumerable<EvaluationContext>? contexts = null) =>
        Find(from) is { } one && Find(to) is { } other ? DifferenceReport.Of(one, other, contexts) : null;

    /// <summary>Restores the acts that survived the last restart; once, however often it is called.</summary>
    public ValueTask RestoreAsync(CancellationToken cancellationToken) =>
        _keeper is null ? default : new(_keeper.RestoreOnceAsync(Restore).WaitAsync(cancellationToken));

    /// <summary>Ends expiry: no act expires from now on.</summary>
    public void Dispose()
    {
        lock (_steering.Turn)
        {
            _expiry.Dispose();
            _orders.Close(Closed);
        }
    }

    // A snapshot that is held over a restart must know that versions begin anew.
    private async Task<ControlOutcome> CarriedOutAsync(Task<ControlOutcome> order)
    {
        var outcome = await order.ConfigureAwait(false);
        if (outcome.IsDone)
            await KeepAsync().ConfigureAwait(false);
        return outcome;
    }

    private FeatureSnapshot? Find(long version)
    {
        lock (_steering.Turn)
            return _steering.History.Find(version) is { } entry ? _steering.UpToDate(entry) : null;
    }

    // There may be nothing to release yet because the disk has not been read.
    private ControlOutcome Steer(Func<ControlOutcome> perform)
    {
        var outcome = perform();
        if (outcome.IsDone || outcome.Result == ControlResult.NotHeld)
            _early.OnSnapshot();
        return outcome;
    }

    private ControlOutcome OnFlag(string flag, Func<ControlOutcome> perform)
    {
        _early.OnFlag(flag);
        return perform();
    }

    private Task<ControlOutcome> ActAsync(ControlAct act, Func<ControlOutcome> perform)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.SurvivesRestart && CannotSurvive is { } obstacle ? Task.FromResult(obstacle) : PerformAsync(act, perform);
    }

    private Task<ControlOutcome> EndAsync(ControlAct act, Func<ControlOutcome> perform)
    {
        ArgumentNullException.ThrowIfNull(act);
        return PerformAsync(act, perform);
    }

    private async Task<ControlOutcome> PerformAsync(ControlAct act, Func<ControlOutcome> perform)
    {
        await RestoreAsync(CancellationToken.None).ConfigureAwait(false);
        var (outcome, changed) = Change(() => ObstacleTo(act) is { } obstacle ? (obstacle, null) : Perform(perform));
        return changed is not null && (await KeepAsync().ConfigureAwait(false) ?? FaultOf(changed.Hold)) is { } fault
            ? new(ControlResult.DoneUntilRestart, $"{outcome.Message} It is not on disk, and a restart undoes it: {fault}")
            : outcome;
    }

    // An order is an act too: another operator who saw the state before it looks again.
    private ControlOutcome? Order(ControlAct act, out AcceptanceOrder? order)
    {
        lock (_steering.Turn)
        {
            order = null;
            if (ObstacleTo(act) is { } obstacle)
                return obstacle;
            _steering.Ordered();
            order = _orders.Place(act);
            return null;
        }
    }

    private ControlOutcome? ObstacleTo(ControlAct act)
    {
        if (_steering.IsClosed)
            return Closed;
        return act.IfRevision is { } seen && _steering.State is var now && now.Revision != seen
            ? new(ControlResult.Outdated, FormattableString.Invariant($"The state has changed since revision {seen}: it has revision {now.Revision}, and version {now.Version} is in force. Look at it again, and repeat the act with that revision."))
            : null;
    }

    // An act that no restart is to survive does not wait for the disk.
    private (ControlOutcome Outcome, Changed? Changed) Perform(Func<ControlOutcome> perform)
    {
        var before = _keeper?.Surviving();
        var outcome = perform();
        if (_keeper is null || _keeper.Surviving() is not { } after || after == before)
            return (outcome, null);
        _keeper.Mark();
        return (outcome, new(after.Hold == before!.Hold ? null : after.Hold));
    }

    private string? FaultOf(SnapshotHold? hold) => hold is null ? null : _keeper!.FaultOf(hold);

    private async Task<string?> KeepAsync() => _keeper is null ? null : await _keeper.KeepAsync().ConfigureAwait(false);

    // Guards trip on the threads of requests, which wait for no disk.
    private void KeepInBackground()
    {
        if (_keeper is null)
            return;
        if (_canBeBelieved)
            _keeper.Post(Restore);
        else
            _guardJournal.NotKept();
    }

    private void Restore(RestoredControl all) => Change(() =>
    {
        var restored = _early.Filter(all);
        if (_steering.IsClosed)
            return false;
        // The next restart would bring back what an act of this run has ended.
        if (EarlyActs.EndsAny(all, restored))
            _keeper!.Post(Restore);
        _guards.Restore(restored.Canary);
        foreach (var put in restored.Overrides)
            _overrides.Restore(put);
        if (_steering.InForce is null && restored.Overrides.Count > 0)
            _steering.FirstRules = _overrides.MeetRules;
        if (restored is { Hold: not null, Held: not null })
            _holds.Restore(restored);
        return true;
    });

    private Task<string?> ExpireAsync(DateTimeOffset now)
    {
        Change(() => Perform(() =>
        {
            _holds.Expire(now);
            _overrides.Expire(now);
            return Closed;
        }));
        return KeepAsync();
    }

    // Even if a log throws, the expiry is set by the acts that hold.
    private T Change<T>(Func<T> act)
    {
        lock (_steering.Turn)
        {
            try
            {
                return act();
            }
            finally
            {
                _expiry.Await(_steering.State);
            }
        }
    }

    private ControlOutcome? CannotSurvive => (_keeper, _canBeBelieved) switch
    {
        (null, _) => new(ControlResult.CannotSurviveRestart, "The client keeps nothing on disk, so that nothing survives a restart. Add KeepLastKnownGoodIn, or act without SurvivesRestart."),
        (_, false) => new(ControlResult.CannotSurviveRestart, "The client trusts keys, and has none of its own to seal with what is written for a restart. Give TrustKeys a LocalKey, or act without SurvivesRestart."),
        _ => null,
    };

    // The acts that survive a restart are others than before; the hold is a new one, or null.
    private sealed record Changed(SnapshotHold? Hold);

    private static ControlOutcome Closed { get; } = new(ControlResult.Closed, "The client has been disposed. Steer a live one.");
}
