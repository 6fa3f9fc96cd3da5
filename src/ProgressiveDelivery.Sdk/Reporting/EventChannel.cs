using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting.Spill;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// Carries events to one sink: a bounded backlog, and a loop that no fault ends. A batch leaves the loop delivered, or with its events counted as lost.
/// </summary>
internal sealed class EventChannel : IAsyncDisposable
{
    private static readonly TimeSpan MaxFarewellPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxDispose = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly EventSinkHandle _sink;
    private readonly EventPipelineOptions _options;
    private readonly TimeProvider _clock;
    private readonly EventTally _tally = new();
    private readonly EventBacklog _backlog;
    private readonly EventDelivery _delivery;
    private readonly EventJournal _journal;
    private readonly FullJitter _pauses;
    private readonly BatchLimit _limit;
    private readonly Stack<PendingBatch> _pending = new();
    private readonly SpillLedger? _ledger;
    private readonly EventSpill? _spill;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givingUp = new();
    private TaskCompletionSource? _flush;
    private Task? _running;
    private Task? _stopped;
    private volatile bool _isUnpromising;
    private bool _wasFromBacklog;

    /// <param name="sink">The sink. Its code is not trusted.</param>
    /// <param name="options">The options.</param>
    /// <param name="logger">Logs outages and losses; does not throw.</param>
    /// <param name="client">The client's name for people.</param>
    /// <param name="clock">Measures pauses and time limits.</param>
    /// <param name="random">Spreads a fleet out.</param>
    /// <param name="store">The files that events are spilled to; null to keep them in memory only.</param>
    public EventChannel(EventSinkHandle sink, EventPipelineOptions options, ILogger logger, string client, TimeProvider clock, Random random, SpillStore? store = null)
    {
        (_sink, _options, _clock) = (sink, options, clock);
        _backlog = new(options, _tally, store is null ? null : () => _spill!.Signal());
        _delivery = new(new(sink.Sink, options.AttemptTimeout, clock), options, clock, random);
        _journal = new(_tally, logger, client, sink.Name, clock);
        _pauses = new(random);
        _limit = new(options.MaxBatchBytes);
        if (store is null)
            return;
        _ledger = new(options.MaxSpillBytes, _tally, _journal, logger, client, sink.Name);
        _spill = new(store, _backlog, _limit, options, _ledger, clock);
    }

    public EventSinkStatus Status => _ledger?.Of(_journal.Status) ?? _journal.Status;

    /// <summary>Takes an event. O(1), never blocks and never throws.</summary>
    public EventEntry Add(FeatureEvent occurred, int bytes) => _backlog.Add(occurred, bytes);

    /// <summary>Counts an event that is not taken.</summary>
    public void Refuse(EventLossCause cause) => _backlog.Refuse(cause);

    /// <summary>Counts an event that found no room.</summary>
    /// <param name="isDeferred">True if it is offered again.</param>
    public void CountWithoutRoom(bool isDeferred)
    {
        if (isDeferred)
            _tally.Deferred();
        else
            _backlog.Refuse(EventLossCause.Capacity);
    }

    /// <summary>Starts the loop unless it was started, or stopped, before.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_stopped is not null)
                return;
            _spill?.Start();
            _running ??= RunDetached();
        }
    }

    /// <summary>
    /// Sends the events that wait now; completes when that was tried, at the latest after the deadline. Returns at once while the sink fails, or after an earlier
    /// flush ran out of time. Never fails.
    /// </summary>
    public async Task FlushAsync()
    {
        Task flushed;
        lock (_gate)
        {
            if (_isUnpromising || _running is null || _stopped is not null)
                return;
            _flush ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            flushed = _flush.Task;
        }

        _backlog.WakeUp();
        await flushed.WaitAsync(_options.ShutdownDeadline, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!flushed.IsCompleted)
            _isUnpromising = true;
    }

    /// <summary>Sends what waits within the deadline, counts the rest as lost, and ends the loop. Never fails.</summary>
    public Task StopAsync()
    {
        lock (_gate)
            return _stopped ??= EndAsync(_running ?? RunDetached());
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private Task RunDetached()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(RunAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await _backlog.WhenDue().WaitAsync(_options.FlushInterval, _clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await SendWaitingAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // It costs this turn only. The batch is kept; the pause keeps a fault that lasts from filling a processor.
                await PauseAsync(MaxFarewellPause).ConfigureAwait(false);
            }

            _journal.Look();
        }

        await DrainAsync().ConfigureAwait(false);
    }

    private async Task SendWaitingAsync()
    {
        var isPartial = !_backlog.HasFullBatch;
        while (!_stopping.IsCancellationRequested)
        {
            var flush = AskedFlush;
            if (Next(isPartial || flush is not null) is not { } batch)
            {
                EndFlush(flush);
                return;
            }

            if (await TryDeliverAsync(batch).ConfigureAwait(false) is not { } pause)
                continue;
            EndFlush(AskedFlush);
            await PauseAsync(pause).ConfigureAwait(false);
        }
    }

    // Everything is tried again until the deadline, whatever pause the sink asked for.
    private async Task DrainAsync()
    {
        try
        {
            while (Next(isPartial: true) is { } batch)
            {
                if (await TryDeliverAsync(batch).ConfigureAwait(false) is not { } pause)
                    continue;
                if (_journal.IsAccessDenied || _spill is not null)
                    return;
                await Task.Delay(pause < MaxFarewellPause ? pause : MaxFarewellPause, _clock, _givingUp.Token).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The deadline is over, or a fault that a retry would only repeat: the rest is counted as lost.
        }
    }

    /// <summary>Makes one round of attempts.</summary>
    /// <returns>Null if the batch is done with, else the pause before the next round.</returns>
    private async Task<TimeSpan?> TryDeliverAsync(PendingBatch pending)
    {
        var batch = pending.Batch;
        batch.FirstAttempt ??= _clock.GetTimestamp();
        var fault = await _delivery.TrySendAsync(batch, _givingUp.Token).ConfigureAwait(false);
        switch (fault?.Kind)
        {
            case null:
                _limit.Delivered(batch.Bytes);
                Ended(pending);
                _tally.Sent(batch.Recorded);
                return null;
            case EventSinkFaultKind.TooLarge when batch.Items > 1:
                _limit.Refused(batch.Bytes);
                Split(pending);
                return null;
            case EventSinkFaultKind.TooLarge:
                Ended(pending);
                _journal.Lost(EventLossCause.TooLarge, batch.Recorded, fault);
                return null;
            case EventSinkFaultKind.Invalid:
                Ended(pending);
                _journal.Lost(EventLossCause.Invalid, batch.Recorded, fault);
                return null;
            default:
                return Failed(pending, fault);
        }
    }

    // Before its events are counted as sent or lost, so that the status never says that more are on disk than wait.
    private void Ended(PendingBatch pending)
    {
        Remove(pending);
        Answered();
    }

    private void Answered()
    {
        _pauses.Reset();
        _isUnpromising = false;
        _spill?.SinkFails = false;
        _journal.Succeeded();
    }

    private void Split(PendingBatch pending)
    {
        var (first, second) = pending.Batch.Split();
        _pending.Pop();
        if (pending.Segment is { } segment)
            segment.Pieces++;
        _pending.Push(new(second, pending.Segment, IsWhole: false));
        _pending.Push(new(first, pending.Segment, IsWhole: false));
        Answered();
    }

    private TimeSpan? Failed(PendingBatch pending, EventSinkException fault)
    {
        _isUnpromising = true;
        _spill?.SinkFails = true;
        _journal.Failed(fault);
        if (_clock.GetElapsedTime(pending.Batch.FirstAttempt!.Value) >= _options.MaxRetryTime)
        {
            Remove(pending);
            _journal.Lost(EventLossCause.Expired, pending.Batch.Recorded, fault);
        }
        else
        {
            SetAside(pending);
        }

        var pause = fault.Kind == EventSinkFaultKind.AccessDenied ? _options.AccessDeniedPause : _pauses.Next();
        return EventDelivery.RetryAfter(fault) is { } asked && asked > pause ? asked : pause;
    }

    private void Remove(PendingBatch pending)
    {
        _pending.Pop();
        if (pending.Segment is { } segment)
            _spill!.Done(segment, pending.Batch.Recorded);
    }

    // On disk the batch is safe, and the sink may take another one meanwhile. Parts of a batch stay, since their segment is one.
    private void SetAside(PendingBatch pending)
    {
        if (pending.Segment is { } segment && pending.IsWhole)
        {
            _pending.Pop();
            segment.FirstAttempt = pending.Batch.FirstAttempt;
            _spill!.PutBack(segment);
        }
        else if (pending.Segment is null && _spill?.TryKeep(pending.Batch) == true)
        {
            _pending.Pop();
        }
    }

    // A batch stays pending until it is done with, so that no fault can lose it.
    private PendingBatch? Next(bool isPartial)
    {
        if (_pending.Count == 0 && TakeNext(isPartial) is { } taken)
            _pending.Push(taken);
        return _pending.TryPeek(out var next) ? next : null;
    }

    // In turn from memory and from disk, so that neither waits for the other to be empty; from disk first while the sink fails.
    private PendingBatch? TakeNext(bool isPartial)
    {
        if ((_wasFromBacklog || _spill?.SinkFails == true) && FromDisk() is { } first)
            return first;
        if (_backlog.Take(isPartial, _limit.Bytes) is not { } batch)
            return FromDisk();
        _wasFromBacklog = true;
        return new(batch, Segment: null);
    }

    private PendingBatch? FromDisk()
    {
        if (_spill?.Take() is not { } ready)
            return null;
        _wasFromBacklog = false;
        return new(ready.Batch, ready.Segment);
    }

    private Task PauseAsync(TimeSpan pause) => QuietAsync(Task.Delay(pause, _clock, _stopping.Token));

    private static async Task QuietAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private TaskCompletionSource? AskedFlush
    {
        get
        {
            lock (_gate)
                return _flush;
        }
    }

    private void EndFlush(TaskCompletionSource? flush)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_flush, flush))
                _flush = null;
        }

        flush?.TrySetResult();
    }

    private async Task EndAsync(Task running)
    {
        _backlog.Close();
        await QuietAsync(_stopping.CancelAsync()).ConfigureAwait(false);
        await QuietAsync(running.WaitAsync(_options.ShutdownDeadline, _clock)).ConfigureAwait(false);
        await QuietAsync(_givingUp.CancelAsync()).ConfigureAwait(false);
        await QuietAsync(running).ConfigureAwait(false);
        EndFlush(AskedFlush);
        LoseRest(_spill is null ? 0 : await SpillRestAsync(_spill).ConfigureAwait(false));
        await QuietAsync(_sink.DisposeAsync().WaitAsync(MaxDispose, _clock)).ConfigureAwait(false);
    }

    private async Task<long> SpillRestAsync(EventSpill spill)
    {
        while (_pending.TryPop(out var pending))
        {
            if (pending.Segment is null)
                spill.Keep(pending.Batch);
        }

        return await spill.StopAsync().ConfigureAwait(false);
    }

    private void LoseRest(long lost)
    {
        lost += _pending.Sum(static pending => pending.Batch.Recorded);
        _pending.Clear();
        while (_backlog.Take(isPartial: true, _limit.Bytes) is { } batch)
            lost += batch.Recorded;
        if (_spill is null)
            _journal.LostAtEnd(lost, _options.ShutdownDeadline);
        else
            _journal.LostToDisk(lost, Status.SpillFault);
    }
}
