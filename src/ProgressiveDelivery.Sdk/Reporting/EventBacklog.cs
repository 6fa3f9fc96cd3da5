using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>
/// The events that wait for one sink. When it is full, further events become part of counts; when there is no room for another count, they are lost, and counted.
/// Safe to use from any thread: a call holds the lock for a few steps only.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="tally">Counts what becomes of events.</param>
/// <param name="pressed">Called from half of the limits on, within the lock; quick, and never throws. Null if nothing relieves the backlog but the sink.</param>
internal sealed class EventBacklog(EventPipelineOptions options, EventTally tally, Action? pressed = null)
{
    private readonly object _gate = new();
    private readonly Queue<(FeatureEvent Event, int Bytes)> _events = new();
    private readonly EventCounts _counts = new();
    private readonly Queue<EventBatch> _returned = new();
    private long _bytes;
    private long _added;
    private long _taken;
    private bool _isClosed;
    private bool _isWoken;
    private TaskCompletionSource _wake = NewSignal();

    /// <summary>Takes an event. O(1).</summary>
    public EventEntry Add(FeatureEvent occurred, int bytes)
    {
        if (occurred is OutcomeEvent { Value: var value } && !double.IsFinite(value))
            return Refuse(EventLossCause.Invalid);
        lock (_gate)
        {
            if (_isClosed)
                return Refuse(EventLossCause.Closed);
            if (_events.Count >= options.Capacity || _bytes + bytes > options.MaxQueuedBytes)
                return Degrade(occurred);
            tally.Accepted();
            _events.Enqueue((occurred, bytes));
            _bytes += bytes;
            _added++;
            if (HoldsBatch)
                Wake();
            if (IsHalfFull)
                pressed?.Invoke();
            return EventEntry.Whole;
        }
    }

    /// <summary>Counts an event that is not taken.</summary>
    public EventEntry Refuse(EventLossCause cause)
    {
        tally.Accepted();
        tally.Lost(cause, 1);
        return EventEntry.Lost;
    }

    /// <summary>Removes the next batch; null if nothing waits.</summary>
    /// <param name="isPartial">True to take a batch that is not full.</param>
    /// <param name="maxBytes">The size of the batch in bytes; a single larger event is a batch of its own.</param>
    public EventBatch? Take(bool isPartial, int maxBytes)
    {
        lock (_gate)
        {
            if (_returned.TryDequeue(out var returned))
                return returned;
            if (!HoldsBatch && (!isPartial || (_events.Count == 0 && _counts.Count == 0)))
                return null;
            // Counts get up to half of a batch: they must not wait until a queue that is always full is empty.
            var room = options.MaxBatchEvents - Math.Min(_counts.Count, options.MaxBatchEvents / 2);
            var roomBytes = maxBytes - Math.Min(_counts.Count * EventSize.OfCount, maxBytes / 2);
            var events = new List<FeatureEvent>(Math.Min(_events.Count, room));
            var bytes = 0L;
            while (events.Count < room && _events.TryPeek(out var next) && (events.Count == 0 || bytes + next.Bytes <= roomBytes))
            {
                _events.Dequeue();
                events.Add(next.Event);
                bytes += next.Bytes;
            }

            _bytes -= bytes;
            _taken += events.Count;
            var counts = (int)Math.Clamp((maxBytes - bytes) / EventSize.OfCount, events.Count == 0 ? 1 : 0, options.MaxBatchEvents - events.Count);
            return new(Guid.NewGuid().ToString("N"), events, _counts.Take(counts));
        }
    }

    /// <summary>Puts back a batch that was taken. It is the next one.</summary>
    public void Return(EventBatch batch)
    {
        lock (_gate)
            _returned.Enqueue(batch);
    }

    /// <summary>The numbers of whole events that were added and taken so far.</summary>
    public (long Added, long Taken) Progress
    {
        get
        {
            lock (_gate)
                return (_added, _taken);
        }
    }

    /// <summary>Indicates whether half of the room for whole events is taken.</summary>
    public bool IsPressed
    {
        get
        {
            lock (_gate)
                return IsHalfFull;
        }
    }

    /// <summary>Completes at once if a full batch waits or a wake-up is due, else with the next of these.</summary>
    public Task WhenDue()
    {
        lock (_gate)
        {
            if (_isWoken || HoldsBatch)
            {
                _isWoken = false;
                return Task.CompletedTask;
            }

            if (_wake.Task.IsCompleted)
                _wake = NewSignal();
            return _wake.Task;
        }
    }

    /// <summary>Ends the wait for a full batch, once.</summary>
    public void WakeUp()
    {
        lock (_gate)
        {
            _isWoken = true;
            Wake();
        }
    }

    /// <summary>Takes no further events.</summary>
    public void Close()
    {
        lock (_gate)
            _isClosed = true;
    }

    /// <summary>Indicates whether a full batch waits.</summary>
    public bool HasFullBatch
    {
        get
        {
            lock (_gate)
                return HoldsBatch;
        }
    }

    private bool HoldsBatch => _events.Count >= options.MaxBatchEvents || _bytes >= options.MaxBatchBytes;

    private bool IsHalfFull => _events.Count >= (options.Capacity + 1) / 2 || _bytes >= options.MaxQueuedBytes / 2;

    private EventEntry Degrade(FeatureEvent occurred)
    {
        _isWoken = true;
        Wake();
        if (!_counts.TryAdd(occurred))
            return EventEntry.NoRoom;
        tally.Accepted();
        tally.Aggregated();
        return EventEntry.Counted;
    }

    private void Wake() => _wake.TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
