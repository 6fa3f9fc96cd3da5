using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProgressiveDelivery.Sdk.Tests.Telemetry;

/// <summary>The ended refresh spans of one client; other tests' clients refresh meanwhile.</summary>
internal sealed class HeardSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public HeardSpans(string client)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "ProgressiveDelivery.Sdk",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if ((string?)span.GetTagItem("progressive_delivery.client") == client)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _spans];

    public void Dispose() => _listener.Dispose();
}
