using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Faults.Events;

/// <summary>A sink as an application may write one: it does what the test says, and remembers what was delivered.</summary>
internal sealed class PlayedSink(string name = "played") : IEventSink, IDisposable
{
    private readonly ConcurrentQueue<EventBatch> _delivered = new();
    private int _calls;

    public string Name => name;

    public Func<EventBatch, CancellationToken, Task> Sending { get; set; } = (_, _) => Task.CompletedTask;

    public Action Disposing { get; set; } = () => { };

    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<ExposureEvent> Exposures => [.. _delivered.SelectMany(batch => batch.Events).OfType<ExposureEvent>()];

    /// <summary>The events that were delivered, whole or within counts.</summary>
    public long Delivered => _delivered.Sum(batch => batch.Events.Count + batch.Counts.Sum(count => count.Count));

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        await Sending(batch, cancellationToken);
        _delivered.Enqueue(batch);
    }

    public void Dispose() => Disposing();
}
