using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Status;

/// <summary>
/// Tracks how current the rules are, and completes the waits for it. Settled means: there are rules, and the first attempt at the
/// source has ended, with success or not. From then on no wait is needed: fresher rules come by themselves.
/// </summary>
/// <param name="source">Returns the name of the source in use.</param>
/// <param name="initial">The snapshot before anything is loaded.</param>
/// <param name="clock">Dates the states.</param>
/// <param name="maxStaleness">The time for which rules count as current without being confirmed; null for until an attempt fails.</param>
internal sealed class ClientStatusTracker(Func<string> source, FeatureSnapshot initial, TimeProvider clock, TimeSpan? maxStaleness = null)
{
    private readonly object _gate = new();

    // A waiter's continuation may block for ever: it never runs on the loop.
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _pointless = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientStanding _standing = new(initial, FeatureClientState.NotReady, clock.GetUtcNow());

    /// <summary>Raised when the status may have changed, on the thread of the change: handlers are quick and do not throw.</summary>
    public event Action? Moved;

    public FeatureClientStatus Current => Volatile.Read(ref _standing).At(clock, source(), maxStaleness);

    /// <summary>Indicates whether the source has confirmed the newest accepted rules, and not too long ago. That held rules have expired does not count.</summary>
    public bool IsConfirmed =>
        Volatile.Read(ref _standing) is { State: FeatureClientState.Ready } standing && !(standing.ConfirmedAt is { } at && clock.GetElapsedTime(at) > maxStaleness);

    /// <summary>Completes when there is nothing left to wait for: there are rules, or the client is closed.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Completes when it is settled, or when every source has failed in a way that retries alone do not fix.</summary>
    public Task SettledOrPointless => Task.WhenAny(_settled.Task, Volatile.Read(ref _pointless).Task);

    /// <summary>Indicates whether there are no rules, and retries alone will not bring any.</summary>
    public bool IsWaitingPointless => !_settled.Task.IsCompleted && Volatile.Read(ref _pointless).Task.IsCompleted;

    /// <summary>Records that a local fallback is in force; the source has yet to be read.</summary>
    public void StartedFrom(FeatureSnapshot snapshot)
    {
        Move(standing => standing with { Snapshot = snapshot, State = FeatureClientState.Stale, UnconfirmedSince = standing.UnconfirmedSince ?? clock.GetUtcNow() });
        // A file may be read so late that an attempt has failed before.
        if (Volatile.Read(ref _standing).Cause is not null)
            AttemptEnded(needsAction: false);
    }

    /// <summary>Records that the disk under the kept files stalls, or answers again.</summary>
    public void DiskStalled(DateTimeOffset? since) => Move(standing => standing with { DiskStalledSince = since });

    /// <summary>Records that the source just confirmed the rules that are in force, or are about to be.</summary>
    public void Confirmed(FeatureSnapshot snapshot) => Move(standing => standing with
    {
        Snapshot = snapshot,
        State = FeatureClientState.Ready,
        Cause = null,
        LastConfirmed = clock.GetUtcNow(),
        ConfirmedAt = clock.GetTimestamp(),
    });

    /// <summary>Records that other rules came into force, which does not confirm them.</summary>
    public void Replaced(FeatureSnapshot snapshot) => Move(standing => standing with { Snapshot = snapshot });

    /// <summary>Records a change of operators' holds and overrides; null for none.</summary>
    public void Steered(SnapshotControlState? control) => Move(standing => standing with { Control = control });

    /// <summary>Records that an attempt at the source failed, or gave a snapshot that was rejected.</summary>
    public void Failed(FeatureClientFault cause) =>
        Move(standing => standing with { State = StateAfter(cause.Kind, standing), Cause = cause });

    /// <summary>Records that the attempt is over, and its result is in force.</summary>
    /// <param name="needsAction">True if every source has failed in a way that retries alone do not fix.</param>
    public void AttemptEnded(bool needsAction)
    {
        if (Volatile.Read(ref _standing).HasRules)
            _settled.TrySetResult();
        else if (needsAction)
            _pointless.TrySetResult();
        else if (_pointless.Task.IsCompleted)
            Volatile.Write(ref _pointless, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    public void Close(FeatureSnapshot last)
    {
        Move(_ => new(last, FeatureClientState.Closed, clock.GetUtcNow()));
        _settled.TrySetResult();
    }

    // If a limit is declared, rules that were confirmed once are current until they are too old, whatever fails meanwhile.
    private FeatureClientState StateAfter(FeatureClientFaultKind fault, ClientStanding standing) => standing switch
    {
        { HasRules: false } => FeatureClientState.NotReady,
        { State: FeatureClientState.Ready } when maxStaleness is not null => FeatureClientState.Ready,
        _ => ClientStanding.StateAfter(fault),
    };

    private void Move(Func<ClientStanding, ClientStanding> step)
    {
        lock (_gate)
        {
            if (_standing.State == FeatureClientState.Closed)
                return;
            var (before, shown) = (_standing.State, Current.State);
            var next = step(_standing);
            // A change by the clock counts too: stale rules that are confirmed are ready from now on.
            var isSame = next.State == before && next.At(clock, source(), maxStaleness).State == shown;
            Volatile.Write(ref _standing, isSame ? next : next with { Since = clock.GetUtcNow() });
        }

        Moved?.Invoke();
    }
}
