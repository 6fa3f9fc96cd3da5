using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// How current the rules are, as a value, and those who wait for it. Settled means: there are rules, and the first attempt at the
/// source came to an end, well or not. From then on nobody waits: fresher rules come by themselves.
/// </summary>
/// <param name="source">Tells the name of the source in use.</param>
/// <param name="initial">What answers before anything is loaded.</param>
/// <param name="clock">Tells when.</param>
/// <param name="maxStaleness">How long rules count as current without being confirmed; null: until an attempt fails.</param>
internal sealed class ClientStatusTracker(Func<string> source, FeatureSnapshot initial, TimeProvider clock, TimeSpan? maxStaleness = null)
{
    private readonly object _gate = new();

    // A waiter's continuation may block for ever: it never runs on the loop.
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientStanding _standing = new(initial, FeatureClientState.NotReady, clock.GetUtcNow());

    /// <summary>Something happened that the status may tell of. Raised by whoever reports it: handlers are quick and do not throw.</summary>
    public event Action? Moved;

    public FeatureClientStatus Current => Volatile.Read(ref _standing).At(clock, source(), maxStaleness);

    /// <summary>Completes when there is nothing left to wait for.</summary>
    public Task Settled => _settled.Task;

    /// <summary>A local fallback is in force; the source has yet to be read.</summary>
    public void StartedFrom(FeatureSnapshot snapshot) =>
        Move(standing => standing with { Snapshot = snapshot, State = FeatureClientState.Stale, UnconfirmedSince = standing.UnconfirmedSince ?? clock.GetUtcNow() });

    /// <summary>The source confirmed just now what is in force, or is about to be.</summary>
    public void Confirmed(FeatureSnapshot snapshot) => Move(standing => standing with
    {
        Snapshot = snapshot,
        State = FeatureClientState.Ready,
        Cause = null,
        LastConfirmed = clock.GetUtcNow(),
        ConfirmedAt = clock.GetTimestamp(),
    });

    /// <summary>Other rules are in force than were, which says nothing about how current they are.</summary>
    public void Replaced(FeatureSnapshot snapshot) => Move(standing => standing with { Snapshot = snapshot });

    /// <summary>Operators hold or override other things than they did; null: nothing.</summary>
    public void Steered(SnapshotControlState? control) => Move(standing => standing with { Control = control });

    /// <summary>An attempt at the source failed, or gave a snapshot that was refused.</summary>
    public void Failed(FeatureClientFault cause) =>
        Move(standing => standing with { State = StateAfter(cause.Kind, standing), Cause = cause });

    /// <summary>The attempt is over, and what it gave is in force: whoever waited may look, if there are rules.</summary>
    public void AttemptEnded()
    {
        if (Volatile.Read(ref _standing).HasRules)
            _settled.TrySetResult();
    }

    public void Close(FeatureSnapshot last)
    {
        Move(_ => new(last, FeatureClientState.Closed, clock.GetUtcNow()));
        _settled.TrySetResult();
    }

    // Where an objective is declared, what was confirmed once is current until it is too old, whatever fails meanwhile.
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
            // What the clock did to the state counts too: rules that were too old, and are confirmed, are ready from now on.
            var isSame = next.State == before && next.At(clock, source(), maxStaleness).State == shown;
            Volatile.Write(ref _standing, isSame ? next : next with { Since = clock.GetUtcNow() });
        }

        Moved?.Invoke();
    }
}
