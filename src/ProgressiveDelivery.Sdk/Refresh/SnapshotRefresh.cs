using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>One refresh: read, judge, put in force or in wait, and only then acknowledge and keep.</summary>
internal sealed class SnapshotRefresh(
    SourceList sources,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    ClientStatusTracker status,
    RefreshJournal journal,
    LastKnownGoodKeeper? keeper,
    KillOrders kills,
    FeatureMeter? meter,
    TimeProvider clock)
{
    /// <summary>Reads a source once, and says whether it told of its rules: an order to kill does not.</summary>
    /// <param name="source">The source; another than the one in use is only tried.</param>
    /// <param name="limit">Gives the read up.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    public async ValueTask<bool> RunAsync(ListedSource source, CancellationToken limit, CancellationToken cancellationToken)
    {
        var reading = await source.ReadAsync(limit, cancellationToken).ConfigureAwait(false);
        if (reading == SnapshotReading.Current)
            StillCurrent(source);
        else if (reading.Kill is not null)
            ConsiderKill(source, reading);
        else
            Consider(source, reading);
        status.AttemptEnded();
        if (keeper is not null)
            await keeper.KeepAsync(cancellationToken).ConfigureAwait(false);
        await kills.KeepAsync(cancellationToken).ConfigureAwait(false);
        return reading.Kill is null;
    }

    /// <summary>There is no further turn: what is not on disk yet is written.</summary>
    public ValueTask EndAsync(CancellationToken cancellationToken) => keeper?.KeepAtLastAsync() ?? default;

    /// <summary>The source in use could not be read, and perhaps was left; nothing is read for <paramref name="pause"/>.</summary>
    public void Failed(ListedSource source, Exception failure, TimeSpan pause, SourceSwitch? change)
    {
        var fault = FaultOf(source, failure);
        status.Failed(fault);
        status.AttemptEnded();
        meter?.Refreshed(RefreshResult.Failed);
        if (change is not null)
            Switched(change);
        var newest = steering.Newest;
        if (source.IsStopped)
            journal.Stopped(fault.Message, newest.Version);
        journal.Failed(failure, fault.Message, pause, newest.Version);
        journal.WarnOfExpiry(newest, clock.GetUtcNow());
    }

    /// <summary>A preferred source was tried, and is not well yet. Who serves is as current as it was.</summary>
    public void TryFailed(ListedSource source, Exception failure) => journal.TryFailed(failure, source.Name, FaultOf(source, failure).Message);

    /// <summary>Waiting for the source's next change threw. What is in force is as current as it was.</summary>
    public void WatchFailed(ListedSource source, Exception failure, TimeSpan pause) =>
        journal.WatchFailed(failure, FaultOf(source, failure).Message, pause);

    /// <summary>Another source came into use.</summary>
    public void Switched(SourceSwitch change)
    {
        meter?.Switched(change.To.Name);
        journal.Switched(change, status.Current.Cause?.Message);
    }

    private void StillCurrent(ListedSource source)
    {
        if (steering.Newest is not { Origin: SnapshotOrigin.Source } newest || source.Version is not { } version)
            throw new SnapshotSourceException($"Source '{source.Name}' says that nothing changed, but nothing of it has been accepted yet. Have it send a snapshot until one is acknowledged.");
        if (!source.IsInStep)
            throw ReplicaLag.Fault(source, version, newest.Version);
        Confirm(source, newest);
    }

    private void ConsiderKill(ListedSource source, SnapshotReading reading)
    {
        if (acceptance.JudgeKill(reading, source.Source.Format, steering.Newest, out var refusal) is { } kill)
        {
            kills.Obey(kill, reading.Kill!.Value);
            sources.Answered(source);
            source.Source.Acknowledge(reading);
        }
        else
        {
            Refuse("a kill", source, new(AcceptanceVerdict.Refused, null, [refusal!]));
        }
    }

    private void Consider(ListedSource source, SnapshotReading reading)
    {
        var newest = steering.Newest;
        var result = acceptance.Judge(reading, source.Source.Format, SnapshotOrigin.Source, newest);
        switch (result)
        {
            case { Verdict: AcceptanceVerdict.Refused } when LagOf(source, result, newest) is > 0:
                throw ReplicaLag.Fault(source, result.Version!.Value, newest.Version);
            case { Verdict: AcceptanceVerdict.Refused } when LagOf(source, result, newest) is null:
                Refuse(reading.Patches.Count > 0 ? "a patch" : "a snapshot", source, result);
                break;
            case { Snapshot: { } next }:
                Accept(next, newest, source, reading, result);
                break;
            default:
                source.Source.Acknowledge(reading);
                Confirm(source, newest);
                break;
        }
    }

    private long? LagOf(ListedSource source, AcceptanceResult result, FeatureSnapshot newest) =>
        sources.IsSingle ? null : ReplicaLag.Of(source, result, newest);

    // A source that is only tried is not in use: what it sends worries nobody yet.
    private void Refuse(string what, ListedSource source, AcceptanceResult result)
    {
        var newest = steering.Newest;
        var fault = $"Source '{source.Name}' sent {what} that is refused: {result.Diagnostics[^1]}";
        if (source != sources.InUse)
            throw new SnapshotSourceException(fault) { Kind = FeatureClientFaultKind.InvalidSnapshot };
        sources.Refused(source);
        status.Failed(new(FeatureClientFaultKind.InvalidSnapshot, fault, clock.GetUtcNow()));
        meter?.Refreshed(RefreshResult.Refused);
        journal.Refused(result, newest.Version);
        journal.WarnOfExpiry(newest, clock.GetUtcNow());
    }

    private void Accept(FeatureSnapshot next, FeatureSnapshot previous, ListedSource source, SnapshotReading reading, AcceptanceResult result)
    {
        sources.Confirmed(source, next.Version, isNew: true);
        var hold = steering.Accept(next, source.Name);
        kills.Tidy();
        keeper?.Accepted(next, reading, source.Source.Format);
        source.Source.Acknowledge(reading);
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

    private void Confirm(ListedSource source, FeatureSnapshot newest)
    {
        sources.Confirmed(source, newest.Version, isNew: false);
        steering.Confirm();
        meter?.Refreshed(RefreshResult.Unchanged);
        journal.Confirmed(newest, clock.GetUtcNow());
    }

    private FeatureClientFault FaultOf(ListedSource source, Exception failure) => failure is SnapshotSourceException fault
        ? new(fault.Kind, fault.Message, clock.GetUtcNow(), fault.HttpStatus)
        : new(FeatureClientFaultKind.Unreachable, $"Source '{source.Name}' failed: {failure.GetType().Name}: {failure.Message}", clock.GetUtcNow());
}
