using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.AspNetCore.Overrides;

namespace ProgressiveDelivery.Sdk.AspNetCore.Snapshots;

/// <summary>Counts the streams of snapshots, on the meter <c>ProgressiveDelivery.Sdk.AspNetCore</c>.</summary>
internal sealed class SnapshotMeter
{
    private readonly UpDownCounter<long> _subscribers;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;
    private readonly KeyValuePair<string, object?> _client;

    private SnapshotMeter(Meter meter, string client)
    {
        _client = new("client", client);
        _subscribers = meter.CreateUpDownCounter<long>("progressive_delivery.snapshot_subscribers", "{subscriber}", "Open streams of snapshots.");
        _sent = meter.CreateCounter<long>("progressive_delivery.snapshot_events", "{event}", "Snapshots, patches and kills that were sent to subscribers, each counted once per subscriber.");
        _dropped = meter.CreateCounter<long>("progressive_delivery.snapshot_subscribers_dropped", "{subscriber}", "Subscribers whose connection was cut because they took no data.");
    }

    /// <summary>Returns the meter of a client's streams; null if the application has none.</summary>
    public static SnapshotMeter? Of(IServiceProvider services, string client) =>
        services.GetService<IMeterFactory>() is { } meters ? new(meters.Create(OverrideMeter.Name), client) : null;

    public void Entered(int count) => _subscribers.Add(count, _client);

    public void Sent() => _sent.Add(1, _client);

    public void Dropped() => _dropped.Add(1, _client);
}
