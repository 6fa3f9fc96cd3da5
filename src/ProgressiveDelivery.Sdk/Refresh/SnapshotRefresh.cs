using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>One refresh: read, judge, put in force, and only then acknowledge and keep.</summary>
internal sealed class SnapshotRefresh(
    ISnapshotSource source,
    SnapshotAcceptance acceptance,
    SnapshotStore store,
    ClientStatusTracker status,
    RefreshJournal journal,
    LastKnownGoodKeeper? keeper,
    KillOrders kills,
    FeatureMeter? meter,
    TimeProvider clock)
{
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var reading = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reading == SnapshotReading.Current)
            StillCurrent();
        else if (reading.Kill is not null)
            ConsiderKill(reading);
        else
            Consider(reading);
        status.AttemptEnded();
        if (keeper is not null)
            await keeper.KeepAsync(cancellationToken).ConfigureAwait(false);
        await kills.KeepAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>There is no further turn: what is not on disk yet is written.</summary>
    public ValueTask EndAsync(CancellationToken cancellationToken) => keeper?.KeepAtLastAsync() ?? default;

    /// <summary>The refresh threw; the source is left alone for <paramref name="pause"/>.</summary>
    public void Failed(Exception failure, TimeSpan pause)
    {
        var fault = FaultOf(failure);
        status.Failed(fault);
        status.AttemptEnded();
        meter?.Refreshed(RefreshResult.Failed);
        journal.Failed(failure, fault.Message, pause, store.Current.Version);
        journal.WarnOfExpiry(store.Current, clock.GetUtcNow());
    }

    /// <summary>Waiting for the source's next change threw. What is in force is as current as it was.</summary>
    public void WatchFailed(Exception failure, TimeSpan pause) => journal.WatchFailed(failure, FaultOf(failure).Message, pause);

    private void StillCurrent()
    {
        if (store.Current is not { Origin: SnapshotOrigin.Source } inForce)
            throw new SnapshotSourceException($"Source '{source.Name}' says that nothing changed, but nothing of it has been accepted yet. Have it send a snapshot until one is acknowledged.");
        Confirm(inForce);
    }

    private void ConsiderKill(SnapshotReading reading)
    {
        if (acceptance.JudgeKill(reading, source.Format, store.Current, out var refusal) is { } kill)
        {
            kills.Obey(kill, reading.Kill!.Value);
            source.Acknowledge(reading);
        }
        else
        {
            Refuse("a kill", new(AcceptanceVerdict.Refused, null, [refusal!]));
        }
    }

    private void Consider(SnapshotReading reading)
    {
        var inForce = store.Current;
        var result = acceptance.Judge(reading, source.Format, SnapshotOrigin.Source, inForce);
        switch (result)
        {
            case { Verdict: AcceptanceVerdict.Refused }:
                Refuse(reading.Patches.Count > 0 ? "a patch" : "a snapshot", result);
                break;
            case { Snapshot: { } next }:
                PutInForce(next, inForce, reading, result);
                break;
            default:
                source.Acknowledge(reading);
                Confirm(inForce);
                break;
        }
    }

    private void Refuse(string what, AcceptanceResult result)
    {
        var inForce = store.Current;
        status.Failed(new(FeatureClientFaultKind.InvalidSnapshot, $"Source '{source.Name}' sent {what} that is refused: {result.Diagnostics[^1]}", clock.GetUtcNow()));
        meter?.Refreshed(RefreshResult.Refused);
        journal.Refused(result, inForce.Version);
        journal.WarnOfExpiry(inForce, clock.GetUtcNow());
    }

    private void PutInForce(FeatureSnapshot next, FeatureSnapshot previous, SnapshotReading reading, AcceptanceResult result)
    {
        next.Confirm();
        status.Confirmed(next);     // before handlers run, who may ask for it
        store.Publish(next);
        kills.EndUnder(next.Version);
        keeper?.Accepted(next, reading);
        source.Acknowledge(reading);
        Measure(next, previous);
        journal.Applied(next, previous.Version, result.Diagnostics);
        journal.Confirmed(next, clock.GetUtcNow());
    }

    // The first one of a run may have been published long before it; how long it took says nothing.
    private void Measure(FeatureSnapshot next, FeatureSnapshot previous)
    {
        meter?.Refreshed(RefreshResult.Applied);
        if (next.Rules.PublishedAt is { } published && previous.Origin == SnapshotOrigin.Source)
            meter?.Propagated(clock.GetUtcNow() - published);
    }

    private void Confirm(FeatureSnapshot inForce)
    {
        inForce.Confirm();
        status.Confirmed(inForce);
        meter?.Refreshed(RefreshResult.Unchanged);
        journal.Confirmed(inForce, clock.GetUtcNow());
    }

    private FeatureClientFault FaultOf(Exception failure) => failure is SnapshotSourceException fault
        ? new(fault.Kind, fault.Message, clock.GetUtcNow(), fault.HttpStatus)
        : new(FeatureClientFaultKind.Unreachable, $"Source '{source.Name}' failed: {failure.GetType().Name}: {failure.Message}", clock.GetUtcNow());
}
