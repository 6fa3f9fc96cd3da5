using System.Collections.ObjectModel;
using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;
using ProgressiveDelivery.Sdk.Telemetry;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>Keeps the last results of the sources, for operators. Only the loop writes; any thread reads.</summary>
internal sealed class SourceDiary
{
    private const int MaxDiagnostics = 1_000;

    private readonly object _gate = new();
    private readonly SourceList _sources;
    private readonly TimeProvider _clock;
    private readonly SourceStatus[] _statuses;
    private readonly RefreshRing _refreshes = new();
    private RejectedSnapshot? _rejection;
    private UInt128? _rejected;
    private long? _begun;

    /// <param name="sources">The sources.</param>
    /// <param name="kinds">The kind of each in words; null if the source states it.</param>
    /// <param name="isSigned">True if signatures are checked.</param>
    /// <param name="clock">Dates the results, and measures refreshes.</param>
    public SourceDiary(SourceList sources, IReadOnlyList<string?> kinds, bool isSigned, TimeProvider clock)
    {
        (_sources, _clock) = (sources, clock);
        _statuses = [.. sources.All.Zip(kinds, (source, kind) => new SourceStatus { Name = source.Name, Rank = source.Rank, Kind = kind ?? SourceText.KindOf(source.Source), IsSigned = isSigned })];
    }

    /// <summary>The sources in order of preference.</summary>
    public IReadOnlyList<SourceStatus> Sources
    {
        get
        {
            lock (_gate)
                return [.. _statuses.Select(status => status is { State: SourceState.StandingBy } && status.Rank == _sources.InUse.Rank ? status with { State = SourceState.InUse } : status)];
        }
    }

    /// <summary>The last refreshes, the oldest first.</summary>
    public IReadOnlyList<RefreshRecord> Refreshes
    {
        get
        {
            lock (_gate)
                return _refreshes.ToArray();
        }
    }

    /// <summary>The last rejection since a snapshot was accepted; null if there is none.</summary>
    public RejectedSnapshot? Rejection
    {
        get
        {
            lock (_gate)
                return _rejection;
        }
    }

    /// <summary>Records that a source is asked.</summary>
    public void Begin(ListedSource source)
    {
        // An open stream is only waited for; its refresh begins when an event has arrived.
        _begun = source.Stream == StreamState.Open ? null : _clock.GetTimestamp();
        lock (_gate)
            Change(source, status => status with { LastTried = _clock.GetUtcNow() });
    }

    /// <summary>Records that the source has answered.</summary>
    public void Arrived() => _begun ??= _clock.GetTimestamp();

    /// <summary>Records that a source confirmed the rules.</summary>
    public void Confirmed(ListedSource source, long version) => Answered(source, RefreshOutcome.Confirmed, version, isConfirmed: true);

    /// <summary>Records that a snapshot or patch of a source was accepted, which makes an earlier rejection history.</summary>
    public void Accepted(ListedSource source, long version) => Answered(source, RefreshOutcome.Accepted, version, isConfirmed: true);

    /// <summary>Records that a kill was obeyed, which does not confirm the rules.</summary>
    public void Killed(ListedSource source, long version) => Answered(source, RefreshOutcome.Killed, version, isConfirmed: false);

    /// <summary>Records that a reading was rejected.</summary>
    public void Rejected(ListedSource source, AcceptanceResult result, FeatureClientFault fault)
    {
        lock (_gate)
        {
            var isRepeated = _rejection?.Source == source.Name && _rejected is not null && _rejected == result.Fingerprint;
            _rejected = result.Fingerprint;
            _rejection = new()
            {
                At = isRepeated ? _rejection!.At : fault.At,
                Source = source.Name,
                Version = result.Sent.Version,
                Diagnostics = Few(result.Diagnostics),
                ChangedBy = result.Sent.ChangedBy,
                ChangeReason = result.Sent.ChangeReason,
            };
            Add(source, RefreshOutcome.Rejected, result.Sent.Version, fault.Message);
            Fail(source, SourceState.Rejected, fault);
        }
    }

    /// <summary>Records that a source failed, or is behind.</summary>
    public void Failed(ListedSource source, Exception failure, FeatureClientFault fault)
    {
        var behind = (failure as SnapshotSourceException)?.BehindAt;
        lock (_gate)
        {
            if (failure is SnapshotSourceException { IsRejection: true })
            {
                Change(source, status => status with { NextAttempt = NextOf(source) });
                return;
            }

            Add(source, behind is null ? RefreshOutcome.Failed : RefreshOutcome.Behind, behind, fault.Message);
            Fail(source, source.IsStopped ? SourceState.Stopped : behind is null ? SourceState.Failing : SourceState.Behind, fault);
        }
    }

    /// <summary>Records that no source is asked any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            for (var rank = 0; rank < _statuses.Length; rank++)
                _statuses[rank] = _statuses[rank] with { State = SourceState.Stopped, NextAttempt = null };
        }
    }

    private void Answered(ListedSource source, RefreshOutcome outcome, long version, bool isConfirmed)
    {
        lock (_gate)
        {
            if (outcome == RefreshOutcome.Accepted)
                (_rejection, _rejected) = (null, null);
            Add(source, outcome, version, message: null);
            Change(source, status => status with
            {
                State = SourceState.StandingBy,
                Version = isConfirmed ? version : status.Version,
                LastConfirmed = isConfirmed ? _clock.GetUtcNow() : status.LastConfirmed,
                NextAttempt = null,
                Failures = 0,
                Fault = null,
            });
            Replan();
        }
    }

    private void Fail(ListedSource source, SourceState state, FeatureClientFault fault)
    {
        Change(source, status => status with { State = state, Failures = status.Failures + 1, Fault = fault });
        Replan();
    }

    // A switch of sources, or the return to one, changes the plans for the others.
    private void Replan()
    {
        foreach (var source in _sources.All)
        {
            if (_statuses[source.Rank].Fault is not null)
                Change(source, status => status with { NextAttempt = NextOf(source) });
        }
    }

    private DateTimeOffset? NextOf(ListedSource source) => _clock.GetUtcNow() + _sources.PauseOf(source);

    private void Add(ListedSource source, RefreshOutcome outcome, long? version, string? message)
    {
        _refreshes.Add(new()
        {
            At = _clock.GetUtcNow(),
            Source = source.Name,
            Outcome = outcome,
            Version = version,
            Duration = _begun is { } begun ? _clock.GetElapsedTime(begun) : TimeSpan.Zero,
            Message = message,
        });
        _begun = null;
    }

    private void Change(ListedSource source, Func<SourceStatus, SourceStatus> change) => _statuses[source.Rank] = change(_statuses[source.Rank]);

    // The reason comes last, and stays.
    private static ReadOnlyCollection<SnapshotDiagnostic> Few(IReadOnlyList<SnapshotDiagnostic> all) =>
        Array.AsReadOnly(all.Count <= MaxDiagnostics ? all.ToArray() : [.. all.Take(MaxDiagnostics - 1), all[^1]]);
}
