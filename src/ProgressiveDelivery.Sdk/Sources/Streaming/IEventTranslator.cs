namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>
/// Makes readings of the events of a backend's stream, for one source, from one loop, never two calls at once. It may keep what events have made
/// so far: what was read and could not be applied has the stream opened anew, from its beginning.
/// </summary>
public interface IEventTranslator
{
    /// <summary>Whether events of a type have data that are read; those of others are not kept.</summary>
    /// <param name="type">The event's type; <c>message</c> where it has none.</param>
    bool Reads(string type);

    /// <summary>A connection is open.</summary>
    /// <param name="isResumed">Whether it goes on behind the last reading that was applied, by its id; otherwise everything comes anew.</param>
    void Begin(bool isResumed);

    /// <summary>
    /// What an event comes to: a document, the news that what was read last is current (<see cref="SnapshotReading.Current"/>), or null where it says nothing
    /// of the rules.
    /// </summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Its data, lines joined; empty unless <see cref="Reads"/> wants them.</param>
    /// <param name="id">Where in the stream it is; null where the backend does not say.</param>
    /// <exception cref="System.Text.Json.JsonException">The data are not what the type says: the stream is opened anew.</exception>
    /// <exception cref="SnapshotSourceException">The backend says that it cannot be read.</exception>
    SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id);
}
