using System.Collections.Concurrent;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Refresh;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>A sink that does what a test says.</summary>
internal sealed class ScriptedEventSink(string name = "scripted") : IEventSink
{
    public string Name => name;

    public Func<EventBatch, CancellationToken, ValueTask> OnSend { get; set; } = (_, _) => default;

    public ConcurrentQueue<EventBatch> Calls { get; } = new();

    public ConcurrentQueue<EventBatch> Delivered { get; } = new();

    public string[] Ids => [.. Delivered.SelectMany(batch => batch.Events).Select(occurred => occurred.Id)];

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        Calls.Enqueue(batch);
        await OnSend(batch, cancellationToken);
        Delivered.Enqueue(batch);
    }

    /// <summary>Fails a number of times, then delivers.</summary>
    public ScriptedEventSink Failing(int times, Func<Exception> fault)
    {
        OnSend = (_, _) => Calls.Count <= times ? throw fault() : default;
        return this;
    }

    public Task CalledAsync(int times) => Until.HoldsAsync(() => Calls.Count >= times);

    public Task DeliveredAsync(int batches) => Until.HoldsAsync(() => Delivered.Count >= batches);
}
