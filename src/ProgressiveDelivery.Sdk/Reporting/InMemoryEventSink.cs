using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Keeps all events in memory, without a limit: for tests. Safe to use from any thread.</summary>
public sealed class InMemoryEventSink : IEventSink
{
    private readonly object _gate = new();
    private readonly List<EventBatch> _batches = [];

    /// <inheritdoc/>
    public string Name => "memory";

    /// <summary>The batches received so far, in order; a copy.</summary>
    public IReadOnlyList<EventBatch> Batches
    {
        get
        {
            lock (_gate)
                return [.. _batches];
        }
    }

    /// <summary>The whole events received so far, in order; a copy.</summary>
    public IReadOnlyList<FeatureEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    /// <summary>Forgets what was received.</summary>
    public void Clear()
    {
        lock (_gate)
            _batches.Clear();
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
            _batches.Add(batch);
        return ValueTask.CompletedTask;
    }
}
