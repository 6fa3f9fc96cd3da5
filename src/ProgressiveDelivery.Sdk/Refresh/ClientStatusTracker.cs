using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>
/// How current the rules are, as a value, and those who wait for it. Settled means: there are rules, and the first attempt at the
/// source came to an end, well or not. From then on nobody waits: fresher rules come by themselves.
/// </summary>
internal sealed class ClientStatusTracker(Func<string> source, FeatureSnapshot initial, TimeProvider clock)
{
    private readonly object _gate = new();

    // A waiter's continuation may block for ever: it never runs on the loop.
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientStanding _standing = new(initial, FeatureClientState.NotReady, clock.GetUtcNow());

    public FeatureClientStatus Current => Volatile.Read(ref _standing).At(clock.GetUtcNow(), source());

    /// <summary>Completes when there is nothing left to wait for.</summary>
    public Task Settled => _settled.Task;

    /// <summary>A local fallback is in force; the source has yet to be read.</summary>
    public void StartedFrom(FeatureSnapshot snapshot) =>
        Move(standing => standing with { Snapshot = snapshot, State = FeatureClientState.Stale });

    /// <summary>The source confirmed just now what is in force, or is about to be.</summary>
    public void Confirmed(FeatureSnapshot snapshot) =>
        Move(standing => standing with { Snapshot = snapshot, State = FeatureClientState.Ready, Cause = null, LastConfirmed = clock.GetUtcNow() });

    /// <summary>Other rules are in force than were, which says nothing about how current they are.</summary>
    public void Replaced(FeatureSnapshot snapshot) => Move(standing => standing with { Snapshot = snapshot });

    /// <summary>An attempt at the source failed, or gave a snapshot that was refused.</summary>
    public void Failed(FeatureClientFault cause) =>
        Move(standing => standing with { State = StateAfter(cause.Kind, standing.HasRules), Cause = cause });

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

    private static FeatureClientState StateAfter(FeatureClientFaultKind fault, bool hasRules) => (hasRules, fault) switch
    {
        (false, _) => FeatureClientState.NotReady,
        (_, FeatureClientFaultKind.Refused or FeatureClientFaultKind.InvalidSnapshot) => FeatureClientState.Failed,
        _ => FeatureClientState.Stale,
    };

    private void Move(Func<ClientStanding, ClientStanding> step)
    {
        lock (_gate)
        {
            if (_standing.State == FeatureClientState.Closed)
                return;
            var next = step(_standing);
            Volatile.Write(ref _standing, next.State == _standing.State ? next : next with { Since = clock.GetUtcNow() });
        }
    }
}
