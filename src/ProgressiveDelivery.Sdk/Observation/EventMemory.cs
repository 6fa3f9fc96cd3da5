namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>
/// Remembers the events of a recorder, so that a repeated one is not recorded again. Bounded: where more keys are active, the oldest are forgotten, and may be
/// recorded again. Looking allocates nothing. Safe to use from any thread.
/// </summary>
public sealed class EventMemory
{
    private readonly ExposureTable _table;
    private readonly IEventQueue _queue;
    private readonly TimeProvider _clock;

    internal EventMemory(int capacity, TimeSpan repeatAfter, IEventQueue queue, TimeProvider clock)
    {
        _table = new(capacity, (long)(repeatAfter.TotalSeconds * clock.TimestampFrequency));
        (_queue, _clock) = (queue, clock);
    }

    /// <summary>Returns whether the last event of a key had the same state, and the time to repeat has not passed.</summary>
    /// <param name="key">The key: a hash of <see cref="RecordedAnswer"/>.</param>
    /// <param name="state">The state, such as <see cref="RecordedAnswer.OutcomeHash"/>; another one is another event.</param>
    public bool Knows(UInt128 key, ulong state = 0) => _table.IsKnown(key, MarkOf(state), _clock.GetTimestamp());

    /// <summary>
    /// Records an event, unless another thread recorded one of the same key and state meanwhile. A key is remembered only once its event is in the queue, so an
    /// event that the queue does not take is recorded at the next occasion.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="state">The state.</param>
    /// <param name="occurred">The event.</param>
    /// <returns>True if the event is in the queue.</returns>
    public bool TryRecord(UInt128 key, ulong state, BackendEvent occurred)
    {
        ArgumentNullException.ThrowIfNull(occurred);
        lock (_table.LockOf(key))
        {
            var (mark, now) = (MarkOf(state), _clock.GetTimestamp());
            if (_table.IsKnown(key, in mark, now) || !_queue.TryEnqueue(occurred))
                return false;
            _table.Set(key, in mark, now);
            return true;
        }
    }

    private static ExposureMark MarkOf(ulong state) => new(state, Experiment: 0, Variant: 0, Design: 0);
}
