using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// Does acts one after the other: what survived the last restart comes first, then the act itself, in memory and at once, then the disk.
/// </summary>
internal sealed class SnapshotControl : ISnapshotControl, IDisposable
{
    private readonly SnapshotSteering _steering;
    private readonly ControlTrail _trail;
    private readonly ControlKeeper? _keeper;
    private readonly bool _asksForSignatures;
    private readonly HoldActs _holds;
    private readonly OverrideActs _overrides;
    private readonly ControlExpiry _expiry;

    public SnapshotControl(SnapshotSteering steering, ControlTrail trail, ControlKeeper? keeper, bool asksForSignatures, TimeProvider clock)
    {
        (_steering, _trail, _keeper, _asksForSignatures) = (steering, trail, keeper, asksForSignatures);
        _holds = new(steering, trail, clock);
        _overrides = new(steering, trail, clock);
        _expiry = new(ExpireAsync, clock);
    }

    public SnapshotControlState State => _steering.State;

    public IReadOnlyList<ControlRecord> Trail => _steering.Exclusively(() => _trail.Records);

    public IReadOnlyList<AcceptedSnapshot> History => _steering.Exclusively(() =>
        _steering.History.Entries.Select(entry => entry.Describe(isInForce: entry == _steering.InForce)).ToList());

    public Task<ControlOutcome> HoldAsync(ControlAct act) => HoldAsync(act, () => _holds.Hold(act));

    public Task<ControlOutcome> ReleaseAsync(ControlAct act) => EndAsync(act, () => _holds.Release(act));

    public Task<ControlOutcome> StepBackAsync(ControlAct act) => HoldAsync(act, () => _holds.StepBack(act));

    public Task<ControlOutcome> StepForwardAsync(ControlAct act) => HoldAsync(act, () => _holds.StepForward(act));

    public Task<ControlOutcome> PinAsync(long version, ControlAct act) => HoldAsync(act, () => _holds.Pin(version, act));

    public Task<ControlOutcome> OverrideAsync(string flag, string variant, ControlAct act)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        ArgumentException.ThrowIfNullOrEmpty(variant);
        return ActAsync(act, CannotSurvive, () => _overrides.Override(flag, variant, act));
    }

    public Task<ControlOutcome> RemoveOverrideAsync(string flag, ControlAct act)
    {
        ArgumentException.ThrowIfNullOrEmpty(flag);
        return EndAsync(act, () => _overrides.Remove(flag, act));
    }

    public SnapshotDifference? Diff(long from, long to, IEnumerable<EvaluationContext>? contexts = null) =>
        Find(from) is { } one && Find(to) is { } other ? DifferenceReport.Of(one, other, contexts) : null;

    /// <summary>Has what survived the last restart hold again; once, however often it is called.</summary>
    public ValueTask RestoreAsync(CancellationToken cancellationToken) =>
        _keeper is null ? default : new(_keeper.RestoreOnceAsync(Restore).WaitAsync(cancellationToken));

    /// <summary>Nothing expires from now on.</summary>
    public void Dispose() => _steering.Exclusively(() =>
    {
        _expiry.Dispose();
        return true;
    });

    private FeatureSnapshot? Find(long version) =>
        _steering.Exclusively(() => _steering.History.Find(version) is { } entry ? _steering.UpToDate(entry) : null);

    // With trusted keys nothing is believed that they did not sign, and nobody signs what is written here.
    private Task<ControlOutcome> HoldAsync(ControlAct act, Func<ControlOutcome> perform) => ActAsync(act, _asksForSignatures ? CannotBeSigned : CannotSurvive, perform);

    private Task<ControlOutcome> ActAsync(ControlAct act, ControlOutcome? obstacle, Func<ControlOutcome> perform)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.SurvivesRestart && obstacle is not null ? Task.FromResult(obstacle) : PerformAsync(perform);
    }

    private Task<ControlOutcome> EndAsync(ControlAct act, Func<ControlOutcome> perform)
    {
        ArgumentNullException.ThrowIfNull(act);
        return PerformAsync(perform);
    }

    private async Task<ControlOutcome> PerformAsync(Func<ControlOutcome> perform)
    {
        await RestoreAsync(CancellationToken.None).ConfigureAwait(false);
        var outcome = Change(() => _steering.IsClosed ? Closed : perform());
        return outcome.IsDone && await KeepAsync().ConfigureAwait(false) is { } fault
            ? new(ControlResult.DoneUntilRestart, $"{outcome.Message} It is not on disk, and after a restart it is as if it had not been: {fault}")
            : outcome;
    }

    private async Task<string?> KeepAsync() => _keeper is null ? null : await _keeper.KeepAsync().ConfigureAwait(false);

    private void Restore(RestoredControl restored) => Change(() =>
    {
        foreach (var put in restored.Overrides)
            _overrides.Restore(put);
        if (restored is { Hold: { } hold, Held: { } held })
            _holds.Restore(hold, held, restored.Path);
        return true;
    });

    private Task<string?> ExpireAsync(DateTimeOffset now)
    {
        Change(() =>
        {
            _holds.Expire(now);
            _overrides.Expire(now);
            return true;
        });
        return KeepAsync();
    }

    // Whatever a log throws, the clock is set by what holds.
    private T Change<T>(Func<T> act) => _steering.Exclusively(() =>
    {
        try
        {
            return act();
        }
        finally
        {
            _expiry.Await(_steering.State);
        }
    });

    private static ControlOutcome CannotBeSigned { get; } =
        new(ControlResult.CannotSurviveRestart, "The client believes signed snapshots alone, so that a snapshot held cannot be kept on disk. Act without SurvivesRestart; overrides can survive one.");

    private ControlOutcome? CannotSurvive => _keeper is not null ? null :
        new(ControlResult.CannotSurviveRestart, "The client keeps nothing on disk, so that nothing survives a restart. Add KeepLastKnownGoodIn, or act without SurvivesRestart.");

    private static ControlOutcome Closed { get; } = new(ControlResult.Closed, "The client has been disposed. Steer a live one.");
}
