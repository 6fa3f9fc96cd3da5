using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>One refresh: read, judge, put in force or in wait, and only then acknowledge and keep.</summary>
internal sealed class SnapshotRefresh(
    ISnapshotSource source,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
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
        var newest = steering.Newest;
        journal.Failed(failure, fault.Message, pause, newest.Version);
        journal.WarnOfExpiry(newest, clock.GetUtcNow());
    }

    /// <summary>Waiting for the source's next change threw. What is in force is as current as it was.</summary>
    public void WatchFailed(Exception failure, TimeSpan pause) => journal.WatchFailed(failure, FaultOf(failure).Message, pause);

    private void StillCurrent()
    {
        if (steering.Newest is not { Origin: SnapshotOrigin.Source } newest)
            throw new SnapshotSourceException($"Source '{source.Name}' says that nothing changed, but nothing of it has been accepted yet. Have it send a snapshot until one is acknowledged.");
        Confirm(newest);
    }

    private void ConsiderKill(SnapshotReading reading)
    {
        if (acceptance.JudgeKill(reading, source.Format, steering.Newest, out var refusal) is { } kill)
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
        var newest = steering.Newest;
        var result = acceptance.Judge(reading, source.Format, SnapshotOrigin.Source, newest);
        switch (result)
        {
            case { Verdict: AcceptanceVerdict.Refused }:
                Refuse(reading.Patches.Count > 0 ? "a patch" : "a snapshot", result);
                break;
            case { Snapshot: { } next }:
                Accept(next, newest, reading, result);
                break;
            default:
                source.Acknowledge(reading);
                Confirm(newest);
                break;
        }
    }

    private void Refuse(string what, AcceptanceResult result)
    {
        var newest = steering.Newest;
        status.Failed(new(FeatureClientFaultKind.InvalidSnapshot, $"Source '{source.Name}' sent {what} that is refused: {result.Diagnostics[^1]}", clock.GetUtcNow()));
        meter?.Refreshed(RefreshResult.Refused);
        journal.Refused(result, newest.Version);
        journal.WarnOfExpiry(newest, clock.GetUtcNow());
    }

    private void Accept(FeatureSnapshot next, FeatureSnapshot previous, SnapshotReading reading, AcceptanceResult result)
    {
        var hold = steering.Accept(next, source.Name);
        kills.Tidy();
        if (reading.Document is { } document)
            keeper?.Accepted(next.Version, [new(document, reading.Signature)], next.Fingerprint);
        else if (next is { IsPatched: true, Definition: { } patched })
            keeper?.Accepted(patched);
        source.Acknowledge(reading);
        Measure(next, previous, hold);
        if (hold is null)
            journal.Applied(next, previous.Version, result.Diagnostics);
        else
            journal.Waits(next, source.Name, hold, result.Diagnostics);
        journal.Confirmed(next, clock.GetUtcNow());
    }

    // The first one of a run may have been published long before it; how long it took says nothing. One that waits has yet to arrive.
    private void Measure(FeatureSnapshot next, FeatureSnapshot previous, SnapshotHold? hold)
    {
        meter?.Refreshed(RefreshResult.Applied);
        if (next.Rules.PublishedAt is { } published && previous.Origin == SnapshotOrigin.Source && hold is null)
            meter?.Propagated(clock.GetUtcNow() - published);
    }

    private void Confirm(FeatureSnapshot newest)
    {
        steering.Confirm();
        meter?.Refreshed(RefreshResult.Unchanged);
        journal.Confirmed(newest, clock.GetUtcNow());
    }

    private FeatureClientFault FaultOf(Exception failure) => failure is SnapshotSourceException fault
        ? new(fault.Kind, fault.Message, clock.GetUtcNow(), fault.HttpStatus)
        : new(FeatureClientFaultKind.Unreachable, $"Source '{source.Name}' failed: {failure.GetType().Name}: {failure.Message}", clock.GetUtcNow());
}
