namespace ProgressiveDelivery.Sdk.Sources.Serving;

/// <summary>
/// The feed of texts that one client has accepted, as they were sent, for serving them to other processes. Registered beside <see cref="IFeatureClient"/>, under the same key. Operators' acts and guards
/// act on this process alone: the feed has the newest accepted snapshot, also while another one is held, and the source's kills. Safe to use from any thread.
/// </summary>
/// <remarks>
/// It costs nothing until the first call of <see cref="Subscribe"/>, and keeps the newest document in memory from then on. Subscribe before the client starts: if it has rules already, the
/// feed requests the whole document from the source, and has no state until it arrives.
/// </remarks>
public interface ISnapshotFeed
{
    /// <summary>The current state. The same object is returned until something changes. Empty before the first call of <see cref="Subscribe"/>.</summary>
    SnapshotFeedState State { get; }

    /// <summary>
    /// Indicates whether the newest accepted snapshot counts as confirmed by the source: the client is <see cref="FeatureClientState.Ready"/>, or would be without a hold on an expired snapshot.
    /// </summary>
    bool IsCurrent { get; }

    /// <summary>Calls a handler for each event from now on, in order, on the thread that reads the source: it must be quick, and must not throw.</summary>
    /// <param name="handler">The handler. An event that came before this call is in <see cref="State"/>.</param>
    /// <returns>The subscription; dispose it to end the calls.</returns>
    IDisposable Subscribe(Action<SnapshotFeedEvent> handler);

    /// <summary>
    /// Requests a whole document from the source, since the state is a signed document with patches after it; at most once a minute. Does nothing for another state, or for a source that
    /// cannot start over.
    /// </summary>
    void RequestDocument();
}
