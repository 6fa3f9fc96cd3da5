namespace ProgressiveDelivery.Sdk.Observation;

/// <summary>Takes events on their way to the sinks.</summary>
internal interface IEventQueue
{
    /// <summary>Takes an event. O(1), never blocks and never throws.</summary>
    /// <returns>
    /// True if a sink took it, whole or as part of a count; what becomes of it at the others is counted. False if no sink did: an outcome is then lost, and counted;
    /// an exposure is deferred until it is offered again.
    /// </returns>
    bool TryEnqueue(FeatureEvent occurred);

    /// <summary>Counts an event that was refused before it was made.</summary>
    void Refuse(EventLossCause cause);
}
