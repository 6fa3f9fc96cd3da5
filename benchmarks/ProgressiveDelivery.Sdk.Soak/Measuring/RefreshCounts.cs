using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ProgressiveDelivery.Sdk.Soak.Measuring;

/// <summary>Listens to the client's meter, as an application's telemetry would.</summary>
internal sealed class RefreshCounts : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public RefreshCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "progressive_delivery.refreshes")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Count(value, tags));
        _listener.Start();
    }

    public long Of(string result) => _counts.GetValueOrDefault(result);

    public void Dispose() => _listener.Dispose();

    private void Count(long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag is { Key: "result", Value: string result })
                _counts.AddOrUpdate(result, value, (_, count) => count + value);
        }
    }
}
