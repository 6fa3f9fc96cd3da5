using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>Carries the events of one client to its sinks, each by a channel of its own. Safe to use from any thread.</summary>
/// <param name="channels">The channels of sinks that take all events.</param>
/// <param name="ofBackends">The channels of sinks that take only what their own recorder records.</param>
internal sealed class EventPipeline(EventChannel[] channels, params EventChannel[] ofBackends) : IEventQueue, IAsyncDisposable
{
    private const int MaxOnStack = 64;

    private readonly EventChannel[] _all = [.. channels, .. ofBackends];

    /// <summary>The status of each sink.</summary>
    public IReadOnlyList<EventSinkStatus> Status => Array.ConvertAll(_all, channel => channel.Status);

    public bool TryEnqueue(FeatureEvent occurred)
    {
        var bytes = EventSize.Of(occurred);
        var isTaken = false;
        var entries = channels.Length <= MaxOnStack ? stackalloc EventEntry[channels.Length] : new EventEntry[channels.Length];
        for (var i = 0; i < channels.Length; i++)
        {
            entries[i] = channels[i].Add(occurred, bytes);
            isTaken |= entries[i] is EventEntry.Whole or EventEntry.Counted;
        }

        // An exposure is offered again if no sink took it: counted as lost now, it would be counted twice.
        for (var i = 0; i < channels.Length; i++)
        {
            if (entries[i] == EventEntry.NoRoom)
                channels[i].CountWithoutRoom(isDeferred: !isTaken && occurred is ExposureEvent);
        }

        return isTaken;
    }

    public void Refuse(EventLossCause cause)
    {
        foreach (var channel in channels)
            channel.Refuse(cause);
    }

    /// <summary>Starts the loops.</summary>
    public void Start()
    {
        foreach (var channel in _all)
            channel.Start();
    }

    /// <summary>Sends what waits now, within the deadline. Never fails.</summary>
    public Task FlushAsync() => Task.WhenAll(_all.Select(channel => channel.FlushAsync()));

    /// <summary>Sends what waits within the deadline, counts the rest as lost, and ends. Never fails.</summary>
    public Task StopAsync() => Task.WhenAll(_all.Select(channel => channel.StopAsync()));

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);
}
