using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>The queue of one sink alone, for events that no other sink gets.</summary>
internal sealed class SinkQueue(EventChannel channel) : IEventQueue
{
    public bool TryEnqueue(FeatureEvent occurred)
    {
        var entry = channel.Add(occurred, EventSize.Of(occurred));
        if (entry == EventEntry.NoRoom)
            channel.CountWithoutRoom(isDeferred: false);
        return entry is EventEntry.Whole or EventEntry.Counted;
    }

    public void Refuse(EventLossCause cause) => channel.Refuse(cause);
}
