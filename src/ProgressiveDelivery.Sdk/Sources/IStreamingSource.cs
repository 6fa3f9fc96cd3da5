namespace ProgressiveDelivery.Sdk.Sources;

/// <summary>
/// A source whose reads wait for the next event of an open stream. The client's meter has a state for its stream, and its spans begin when
/// an event has arrived, since the wait for it is no work.
/// </summary>
public interface IStreamingSource : ISnapshotSource;
