namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>How a stream is read.</summary>
/// <param name="MaximumBytes">The largest event.</param>
/// <param name="Reads">Of which types of events the data are kept.</param>
/// <param name="HasComments">Whether comments are told, as events are.</param>
internal sealed record EventReading(int MaximumBytes, Func<string, bool> Reads, bool HasComments = false);
