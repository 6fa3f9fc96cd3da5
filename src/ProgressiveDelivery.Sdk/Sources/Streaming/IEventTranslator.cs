namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>
/// Translates the events of a backend's stream into readings, for one source, from one loop, never two calls at once. It may keep the state that events
/// have built so far: if a reading cannot be applied, the stream is opened anew, from its beginning.
/// </summary>
public interface IEventTranslator
{
    /// <summary>Returns whether the data of a type of event are read; those of others are not kept.</summary>
    /// <param name="type">The event's type; <c>message</c> where it has none.</param>
    bool Reads(string type);

    /// <summary>Called when a connection is open.</summary>
    /// <param name="isResumed">True if it resumes after the last reading that was applied, by its id; otherwise everything comes anew.</param>
    void Begin(bool isResumed);

    /// <summary>
    /// Translates an event: into a document, into <see cref="SnapshotReading.Current"/> if it confirms the last reading, or into null if it does not concern
    /// the rules.
    /// </summary>
    /// <param name="type">The event's type.</param>
    /// <param name="data">Its data, lines joined; empty unless <see cref="Reads"/> wants them.</param>
    /// <param name="id">Its place in the stream; null if the backend does not give one.</param>
    /// <exception cref="System.Text.Json.JsonException">The data do not fit the type: the stream is opened anew.</exception>
    /// <exception cref="SnapshotSourceException">The backend reports that it cannot be read.</exception>
    SnapshotReading? Translate(string type, ReadOnlyMemory<byte> data, string? id);
}
