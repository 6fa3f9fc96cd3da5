using ProgressiveDelivery.Sdk.Sources.Files;

namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>
/// Moves the events of one sink to disk while the sink cannot take them, and back. A loop of its own does all disk work, on a thread of its own: neither an evaluation
/// nor the sink's loop waits for the disk. A batch is in the hands of the backlog, of the sink's loop, of this loop, or of the disk; of one at a time.
/// </summary>
internal sealed class EventSpill
{
    private const int MaxToKeep = 2;

    private static readonly TimeSpan AdoptionInterval = TimeSpan.FromMinutes(10);

    private readonly object _gate = new();
    private readonly SpillStore _store;
    private readonly EventBacklog _backlog;
    private readonly BatchLimit _limit;
    private readonly EventPipelineOptions _options;
    private readonly SpillLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly DiskThread _disk;
    private readonly Queue<SpillSegment> _segments = new();
    private readonly Queue<EventBatch> _toKeep = new();
    private readonly Queue<SpillSegment> _toDelete = new();
    private readonly HashSet<SpillWork> _failing = [];
    private volatile TaskCompletionSource _signal = NewSignal();
    private (EventBatch Batch, SpillSegment Segment)? _ready;
    private Task? _running;
    private EventBatch? _inHand;
    private long? _adoptedAt;
    private long? _tickedAt;
    private long? _failedAt;
    private long _addedBefore;
    private long _addedLast;
    private bool _isDraining;
    private bool _isAbandoned;
    private volatile bool _isStopping;
    private volatile bool _sinkFails;

    /// <param name="store">The files.</param>
    /// <param name="backlog">The events in memory.</param>
    /// <param name="limit">The size of a segment.</param>
    /// <param name="options">The options.</param>
    /// <param name="ledger">Counts what is on disk.</param>
    /// <param name="clock">Measures intervals.</param>
    public EventSpill(SpillStore store, EventBacklog backlog, BatchLimit limit, EventPipelineOptions options, SpillLedger ledger, TimeProvider clock)
    {
        (_store, _backlog, _limit, _options, _ledger, _clock) = (store, backlog, limit, options, ledger, clock);
        _disk = store.Thread;
        _disk.Changed += () => ledger.Look(_disk);
    }

    /// <summary>Indicates whether the sink's last round of attempts failed: everything that waits then goes to disk.</summary>
    public bool SinkFails
    {
        get => _sinkFails;
        set
        {
            _sinkFails = value;
            if (value)
                Signal();
        }
    }

    /// <summary>Starts the loop.</summary>
    public void Start()
    {
        lock (_gate)
            _running ??= RunDetached();
    }

    /// <summary>Takes the batch that was read ahead, if there is one.</summary>
    public (EventBatch Batch, SpillSegment Segment)? Take()
    {
        lock (_gate)
        {
            var ready = _ready;
            _ready = null;
            if (ready is not null)
                Signal();
            return ready;
        }
    }

    /// <summary>Takes over a batch that failed, to put it on disk; false if the disk cannot take it now. If it fails to, the batch goes back to the backlog.</summary>
    public bool TryKeep(EventBatch batch)
    {
        lock (_gate)
        {
            if (_failedAt is not null || _ledger.IsFull || _toKeep.Count >= MaxToKeep)
                return false;
        }

        Keep(batch);
        return true;
    }

    /// <summary>Takes over a batch, to put it on disk before the end.</summary>
    public void Keep(EventBatch batch)
    {
        lock (_gate)
            _toKeep.Enqueue(batch);
        Signal();
    }

    /// <summary>Puts a segment whose batch failed behind the others.</summary>
    public void PutBack(SpillSegment segment)
    {
        lock (_gate)
            _segments.Enqueue(segment);
        Signal();
    }

    /// <summary>Records that events of a segment are done with; deletes it when no batch of it is left.</summary>
    public void Done(SpillSegment segment, long events)
    {
        _ledger.Done(segment, events);
        if (--segment.Pieces > 0)
            return;
        lock (_gate)
            _toDelete.Enqueue(segment);
        Signal();
    }

    /// <summary>Puts on disk what waits in memory, and ends. Returns when it is done, or the disk does not answer in time.</summary>
    /// <returns>The number of events that the disk may not have taken, besides those that are in the backlog again.</returns>
    public async Task<long> StopAsync()
    {
        _isStopping = true;
        Start();
        Signal();
        return await _disk.IsDoneInTimeAsync(_running!).ConfigureAwait(false) ? 0 : Abandon();
    }

    /// <summary>Makes the loop look at the backlog. O(1), and takes no lock.</summary>
    public void Signal() => _signal.TrySetResult();

    private Task RunDetached()
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(RunAsync);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (!_isStopping)
        {
            await TurnAsync().ConfigureAwait(false);
            await _signal.Task.WaitAsync(_options.FlushInterval, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_signal.Task.IsCompleted)
                _signal = NewSignal();
        }

        _isDraining = true;
        await SpillAsync().ConfigureAwait(false);
        await DeleteAsync().ConfigureAwait(false);
        await TryAsync(SpillWork.Close, _store.Close).ConfigureAwait(false);
        ReturnRest();
    }

    private async Task TurnAsync()
    {
        if (_tickedAt is not { } ticked || _clock.GetElapsedTime(ticked) >= _options.FlushInterval)
            Tick();
        if (_failedAt is not null)
            return;
        if (_adoptedAt is not { } adopted || _clock.GetElapsedTime(adopted) >= AdoptionInterval)
            await AdoptAsync().ConfigureAwait(false);
        await SpillAsync().ConfigureAwait(false);
        await DeleteAsync().ConfigureAwait(false);
        await ReadAheadAsync().ConfigureAwait(false);
    }

    // What was there two ticks ago, and still is, the sink does not take in time. A disk that failed is tried again.
    private void Tick()
    {
        var (added, taken) = _backlog.Progress;
        _isDraining |= taken < _addedBefore;
        (_addedBefore, _addedLast) = (_addedLast, added);
        _tickedAt = _clock.GetTimestamp();
        lock (_gate)
            _failedAt = null;
    }

    private async Task AdoptAsync()
    {
        _adoptedAt = _clock.GetTimestamp();
        var bytes = 0L;
        if (!await TryAsync(SpillWork.Adopt, () => bytes = _store.Adopt()).ConfigureAwait(false))
            _adoptedAt = null;
        _ledger.Adopted(bytes);
    }

    private async Task SpillAsync()
    {
        while (TakeToKeep() is { } batch)
        {
            if (!await WriteAsync(batch, () => _store.Keep(batch)).ConfigureAwait(false))
                return;
        }

        while (TakeToSpill() is { } batch)
        {
            if (!await WriteAsync(batch, () => _store.Append(batch, _limit.Bytes)).ConfigureAwait(false))
                return;
        }
    }

    private EventBatch? TakeToKeep()
    {
        lock (_gate)
            return _isAbandoned || !_toKeep.TryDequeue(out var batch) ? null : _inHand = batch;
    }

    private EventBatch? TakeToSpill()
    {
        lock (_gate)
        {
            if (_isAbandoned || !(_isDraining || _sinkFails || _backlog.IsPressed) || _ledger.IsFull)
                return null;
            if (_backlog.Take(isPartial: true, _limit.Bytes) is { } batch)
                return _inHand = batch;
            _isDraining = _isStopping;
            return null;
        }
    }

    private async Task<bool> WriteAsync(EventBatch batch, Func<long> write)
    {
        var bytes = 0L;
        var isWritten = !_ledger.IsFull && await TryAsync(SpillWork.Write, () => bytes = write()).ConfigureAwait(false);
        lock (_gate)
        {
            _inHand = null;
            if (_isAbandoned)
                return false;
            if (isWritten)
                _ledger.Spilled(batch.Recorded, bytes);
            else
                _backlog.Return(batch);
        }

        return isWritten;
    }

    private async Task DeleteAsync()
    {
        while (NextToDelete() is { } segment && await TryAsync(SpillWork.Delete, () => _store.Delete(segment)).ConfigureAwait(false))
        {
            lock (_gate)
                _toDelete.Dequeue();
            _ledger.Deleted(segment.Bytes);
        }
    }

    private SpillSegment? NextToDelete()
    {
        lock (_gate)
            return _toDelete.TryPeek(out var segment) ? segment : null;
    }

    private async Task ReadAheadAsync()
    {
        lock (_gate)
        {
            if (_ready is not null)
                return;
        }

        if (NextToRead() is null)
            await TryAsync(SpillWork.Close, _store.EndCurrent).ConfigureAwait(false);
        if (NextToRead() is not { } segment || await ReadAsync(segment).ConfigureAwait(false) is not { } batch)
            return;
        lock (_gate)
        {
            _segments.Dequeue();
            if (batch.Items == 0)
                _toDelete.Enqueue(segment);
            else
                _ready = (batch, segment);
        }

        if (batch.Items == 0)
            Signal();
        else
            _backlog.WakeUp();
    }

    private SpillSegment? NextToRead()
    {
        lock (_gate)
            return _segments.TryPeek(out var segment) ? segment : null;
    }

    private async Task<EventBatch?> ReadAsync(SpillSegment segment)
    {
        SpillReading reading;
        try
        {
            reading = await _disk.RunAsync(() => _store.ReadAsync(segment)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            reading = new(new(segment.Id, []), 0);
        }
        catch (Exception fault)
        {
            Failed(SpillWork.Read, fault);
            lock (_gate)
                _segments.Enqueue(_segments.Dequeue());
            return null;
        }

        Succeeded(SpillWork.Read);
        _ledger.Read(segment, reading);
        return reading.Batch;
    }

    private async Task<bool> TryAsync(SpillWork kind, Action work)
    {
        try
        {
            await _disk.RunAsync(() =>
            {
                work();
                return ValueTask.FromResult(true);
            }).ConfigureAwait(false);
            Succeeded(kind);
            return true;
        }
        catch (Exception fault)
        {
            Failed(kind, fault);
            return false;
        }
        finally
        {
            Collect();
        }
    }

    private void Collect()
    {
        lock (_gate)
        {
            foreach (var segment in _store.TakeEnded())
                _segments.Enqueue(segment);
        }
    }

    private void Succeeded(SpillWork kind)
    {
        if (_failing.Remove(kind) && _failing.Count == 0)
            _ledger.Succeeded();
    }

    private void Failed(SpillWork kind, Exception fault)
    {
        _failing.Add(kind);
        lock (_gate)
            _failedAt = _clock.GetTimestamp();
        _ledger.Failed(_store.Folder, fault);
    }

    private void ReturnRest()
    {
        lock (_gate)
        {
            while (!_isAbandoned && _toKeep.TryDequeue(out var batch))
                _backlog.Return(batch);
        }
    }

    private long Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
            return (_inHand?.Recorded ?? 0) + _toKeep.Sum(static batch => batch.Recorded);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
