namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>The services for an <see cref="AnswerRecorder"/>. Safe to use from any thread.</summary>
public sealed class RecorderServices
{
    private readonly IEventQueue _queue;

    internal RecorderServices(IEventQueue queue, ExposureOptions exposures, TimeProvider clock) => (_queue, Exposures, Clock) = (queue, exposures, clock);

    /// <summary>The client's clock: dates events.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The options of the client's exposures, for a recorder whose events are exposures too.</summary>
    public ExposureOptions Exposures { get; }

    /// <summary>Puts an event into the queue of the backend's sink. O(1), never blocks and never throws.</summary>
    /// <param name="occurred">The event.</param>
    /// <returns>False if there is no room; the loss is counted.</returns>
    public bool TryRecord(BackendEvent occurred)
    {
        ArgumentNullException.ThrowIfNull(occurred);
        return _queue.TryEnqueue(occurred);
    }

    /// <summary>Makes a memory of events, which records to the same queue.</summary>
    /// <param name="capacity">The number of keys; each costs 40 bytes.</param>
    /// <param name="repeatAfter">The time after which a key is recorded again.</param>
    public EventMemory Remember(int capacity, TimeSpan repeatAfter) => new(capacity, repeatAfter, _queue, Clock);
}
