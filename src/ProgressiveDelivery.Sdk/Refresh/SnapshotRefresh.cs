using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Fallback;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Sources.Serving;
using ProgressiveDelivery.Sdk.Status;
using ProgressiveDelivery.Sdk.Steering;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>One refresh: read, judge, put in force or in wait, and only then acknowledge and keep.</summary>
internal sealed class SnapshotRefresh(
    SourceList sources,
    SnapshotAcceptance acceptance,
    SnapshotSteering steering,
    ClientStatusTracker status,
    RefreshJournal journal,
    SourceDiary diary,
    LastKnownGoodKeeper? keeper,
    KillOrders kills,
    AcceptanceActs orders,
    ClientDisk disk,
    SnapshotFeed feed,
    FeatureMeter? meter,
    RefreshSpans spans,
    TimeProvider clock)
{
    private SnapshotReading? _taken;

    /// <summary>Cancelled once an operator has placed a new order: the wait for a source must end.</summary>
    public CancellationToken Call => orders.Call;

    /// <summary>Puts in force what a source holds in memory, before the loop starts. The loop's first turn reads and acknowledges it.</summary>
    /// <returns>True if it was accepted; otherwise the loop reports the reason at its first turn.</returns>
    public bool TryTake(ListedSource source, SnapshotReading reading)
    {
        try
        {
            var newest = steering.Newest;
            diary.Begin(source);
            var result = acceptance.Judge(reading, source.Source.Format, SnapshotOrigin.Source, newest);
            if (result.Snapshot is not { } next)
                return false;
            _taken = reading;
            var hold = steering.Accept(next, source.Name);
            diary.Accepted(source, next.Version);
            Feed(next, reading, source);
            Announce(next, newest, source, hold, result);
            return true;
        }
        catch (Exception)
        {
            // A format or a log of the user's threw, which the loop meets again, and reports.
            return steering.Newest.HasRules;
        }
    }

    /// <summary>Reports that a use of the client started it.</summary>
    public void StartedFor(ClientUse use) => journal.StartedFor(use);

    /// <summary>Reads a source once, and returns whether it gave news of its rules: a kill does not.</summary>
    /// <param name="source">The source; another than the one in use is only tried.</param>
    /// <param name="limit">Ends the wait for the read.</param>
    /// <param name="cancellationToken">Ends all of it.</param>
    public async ValueTask<bool> RunAsync(ListedSource source, CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            diary.Begin(source);
            if (source.Stream is null)
                spans.Begin(source.Name);
            return await RefreshAsync(source, limit, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Fail(source, failure, cancellationToken);
            throw;
        }
        finally
        {
            spans.End();
        }
    }

    /// <summary>Writes everything that is not on disk yet; completes when this was tried, or the disk does not answer.</summary>
    public Task FlushAsync() => disk.FlushInTimeAsync();

    /// <summary>Writes everything that is not on disk yet, after the last turn.</summary>
    public Task EndAsync()
    {
        kills.End();
        diary.Close();
        keeper?.KeepAtLast();
        return disk.FlushAsync();
    }

    /// <summary>Reports unfinished disk work once the wait for the end is over.</summary>
    public void EndedInTheMiddle()
    {
        if (!disk.IsIdle)
            journal.EndedBeforeTheDisk(disk.Path);
    }

    /// <summary>Records that the source in use could not be read, and may have been left; nothing is read for <paramref name="pause"/>.</summary>
    public void Failed(ListedSource source, Exception failure, TimeSpan pause, SourceSwitch? change)
    {
        var fault = FaultOf(source, failure);
        diary.Failed(source, failure, fault);
        status.Failed(fault);
        status.AttemptEnded(sources.NeedAction);
        meter?.Refreshed(RefreshResult.Failed);
        if (change is not null)
            Switched(change);
        var newest = steering.Newest;
        if (source.IsStopped)
            journal.Stopped(fault.Message, newest.Version);
        journal.Failed(failure, fault.Message, pause, newest.Version);
        journal.WarnOfExpiry(newest, clock.GetUtcNow());
    }

    /// <summary>Reports that a preferred source was tried and has not recovered. The source in use is as current as it was.</summary>
    public void TryFailed(ListedSource source, Exception failure)
    {
        var fault = FaultOf(source, failure);
        diary.Failed(source, failure, fault);
        journal.TryFailed(failure, source.Name, fault.Message);
    }

    /// <summary>Reports that the wait for the source's next change threw. The rules in force are as current as they were.</summary>
    public void WatchFailed(ListedSource source, Exception failure, TimeSpan pause)
    {
        var fault = FaultOf(source, failure);
        diary.Failed(source, failure, fault);
        journal.WatchFailed(failure, fault.Message, pause);
    }

    /// <summary>Reports a change of the source in use.</summary>
    public void Switched(SourceSwitch change)
    {
        meter?.Switched(change.To.Name);
        journal.Switched(change, status.Current.Cause?.Message);
    }

    private async ValueTask<bool> RefreshAsync(ListedSource source, CancellationToken limit, CancellationToken cancellationToken)
    {
        if (await ReadAsync(source, limit, cancellationToken).ConfigureAwait(false) is not { } reading)
        {
            spans.Ended(RefreshResult.Canceled);
            return true;
        }

        diary.Arrived();
        // A stream's heartbeats have no spans.
        if (source.Stream is null || reading != SnapshotReading.Current)
            spans.Answered(source.Name);
        Consider(source, reading);
        status.AttemptEnded(sources.NeedAction);
        keeper?.Keep();
        disk.Retry();
        return reading.Kill is null;
    }

    private void Fail(ListedSource source, Exception failure, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            spans.Ended(RefreshResult.Canceled);
        else
            spans.Failed(source.Name, FaultOf(source, failure));
    }

    private void Consider(ListedSource source, SnapshotReading reading)
    {
        if (reading == SnapshotReading.Current)
            StillCurrent(source);
        else if (reading.Kill is not null)
            ConsiderKill(source, reading);
        else
            acceptance.InTurn(() => ConsiderRules(source, reading));
    }

    // Returns null if an operator has placed an order: the source is then read anew.
    private async ValueTask<SnapshotReading?> ReadAsync(ListedSource source, CancellationToken limit, CancellationToken cancellationToken)
    {
        orders.Begin(source);
        if (feed.TakeRequest())
            source.StartOver();
        var call = orders.Call;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call);
        try
        {
            return await source.ReadAsync(limit, either.Token).ConfigureAwait(false);
        }
        catch (Exception) when (call.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void StillCurrent(ListedSource source)
    {
        if (steering.Newest is not { Origin: SnapshotOrigin.Source } newest || source.Version is not { } version)
            throw new SnapshotSourceException($"Source '{source.Name}' reports no change, but no snapshot of it has been accepted yet. Make it send a snapshot until one is acknowledged.");
        if (!source.IsInStep)
            throw ReplicaLag.Fault(source, version, newest.Version);
        Confirm(source, newest);
        if (orders.For(source) is { } order)
            orders.Unchanged(order, newest);
    }

    private void ConsiderKill(ListedSource source, SnapshotReading reading)
    {
        if (acceptance.JudgeKill(reading, source.Source.Format, steering.Newest, steering.Kills, out var refusal, out var warnings) is { } kill)
        {
            kills.Obey(kill, reading.Kill!.Value);
            spans.Ended(RefreshResult.Killed, kill.Version);
            journal.KillRead(warnings);
            sources.Answered(source);
            diary.Killed(source, kill.Version);
            source.Source.Acknowledge(reading);
        }
        else
        {
            Refuse("a kill", source, new(AcceptanceVerdict.Refused, null, [refusal!]));
        }
    }

    private bool ConsiderRules(ListedSource source, SnapshotReading reading)
    {
        var newest = steering.Newest;
        var order = reading.Patches.Count == 0 ? orders.For(source) : null;
        var result = IsTaken(reading, newest) ? new(AcceptanceVerdict.Unchanged, null, []) : Judge(reading, source.Source.Format, newest, order);
        if (order is not null && result.Verdict == AcceptanceVerdict.Refused)
            orders.Refused(order, result.Diagnostics[^1]);
        switch (result)
        {
            case { Verdict: AcceptanceVerdict.Refused } when LagOf(source, result, newest) is > 0:
                throw ReplicaLag.Fault(source, result.Version!.Value, newest.Version);
            case { Verdict: AcceptanceVerdict.Refused } when LagOf(source, result, newest) is null:
                Refuse(reading.Patches.Count > 0 ? "a patch" : "a snapshot", source, result);
                break;
            case { Snapshot: { } next }:
                Accept(next, newest, source, reading, result, order);
                break;
            default:
                source.Source.Acknowledge(reading);
                Confirm(source, newest);
                if (reading.Document is not null)
                    Feed(newest, reading, source);
                if (order is not null)
                    KeepUnchanged(order, newest, source, reading);
                break;
        }

        return true;
    }

    private AcceptanceResult Judge(SnapshotReading reading, ISnapshotFormat format, FeatureSnapshot newest, AcceptanceOrder? order) => order is null
        ? acceptance.Judge(reading, format, SnapshotOrigin.Source, newest)
        : acceptance.JudgeOrdered(reading, format, newest);

    // Unless a local file with a higher version took its place since.
    private bool IsTaken(SnapshotReading reading, FeatureSnapshot newest) => reading == _taken && newest.Origin == SnapshotOrigin.Source;

    private long? LagOf(ListedSource source, AcceptanceResult result, FeatureSnapshot newest) =>
        sources.IsSingle ? null : ReplicaLag.Of(source, result, newest);

    // A source that is only tried is not in use: its faults are not reported as the client's.
    private void Refuse(string what, ListedSource source, AcceptanceResult result)
    {
        var newest = steering.Newest;
        var fault = $"Source '{source.Name}' sent {what} that is rejected: {result.Diagnostics[^1]}";
        var cause = new FeatureClientFault(FeatureClientFaultKind.InvalidSnapshot, fault, clock.GetUtcNow()) { NeedsAction = true };
        if (source != sources.InUse)
        {
            diary.Rejected(source, result, cause);
            throw new SnapshotSourceException(fault) { Kind = FeatureClientFaultKind.InvalidSnapshot, IsRejection = true };
        }

        sources.Refused(source);
        diary.Rejected(source, result, cause);
        status.Failed(cause);
        meter?.Refreshed(RefreshResult.Refused);
        spans.Refused(cause, result.Version);
        journal.Refused(result, newest.Version);
        journal.WarnOfExpiry(newest, clock.GetUtcNow());
    }

    private void KeepUnchanged(AcceptanceOrder order, FeatureSnapshot newest, ListedSource source, SnapshotReading reading)
    {
        keeper?.Accepted(newest, reading, source.Source.Format, supersedes: true);
        orders.Unchanged(order, newest);
    }

    private void Accept(FeatureSnapshot next, FeatureSnapshot previous, ListedSource source, SnapshotReading reading, AcceptanceResult result, AcceptanceOrder? order)
    {
        sources.Confirmed(source, next.Version, isNew: true);
        var record = order is null ? null : orders.RecordOf(order, next.Version);
        var hold = steering.Accept(next, source.Name, record);
        diary.Accepted(source, next.Version);
        kills.Tidy();
        Feed(next, reading, source);
        keeper?.Accepted(next, reading, source.Source.Format, supersedes: order is not null);
        if (order is not null)
            orders.Accepted(order, record!, next, previous);
        source.Source.Acknowledge(reading);
        Announce(next, previous, source, hold, result);
    }

    private void Feed(FeatureSnapshot accepted, SnapshotReading reading, ListedSource source) => feed.Accepted(accepted.Definition!, accepted.Origin, reading, source.Source.Format);

    private void Announce(FeatureSnapshot next, FeatureSnapshot previous, ListedSource source, SnapshotHold? hold, AcceptanceResult result)
    {
        Measure(next, previous, hold);
        if (hold is null)
            journal.Applied(next, previous.Version, result.Diagnostics);
        else
            journal.Waits(next, source.Name, hold, result.Diagnostics);
        journal.Confirmed(next, clock.GetUtcNow());
    }

    // The first one of a run may have been published long before it; its delay means nothing. One that waits has yet to arrive.
    private void Measure(FeatureSnapshot next, FeatureSnapshot previous, SnapshotHold? hold)
    {
        meter?.Refreshed(RefreshResult.Applied);
        spans.Ended(RefreshResult.Applied, next.Version);
        if (next.Rules.PublishedAt is { } published && previous.Origin == SnapshotOrigin.Source && hold is null)
            meter?.Propagated(clock.GetUtcNow() - published);
    }

    private void Confirm(ListedSource source, FeatureSnapshot newest)
    {
        sources.Confirmed(source, newest.Version, isNew: false);
        steering.Confirm();
        diary.Confirmed(source, newest.Version);
        meter?.Refreshed(RefreshResult.Unchanged);
        spans.Ended(RefreshResult.Unchanged, newest.Version);
        journal.Confirmed(newest, clock.GetUtcNow());
    }

    private FeatureClientFault FaultOf(ListedSource source, Exception failure) => failure is SnapshotSourceException fault
        ? new(fault.Kind, fault.Message, clock.GetUtcNow(), fault.HttpStatus) { NeedsAction = fault.NeedsAction }
        : new(FeatureClientFaultKind.Unreachable, $"Source '{source.Name}' failed: {failure.GetType().Name}: {failure.Message}", clock.GetUtcNow());
}
