namespace ProgressiveDelivery.Sdk.Sources.Streaming;

/// <summary>The options of reading a stream.</summary>
/// <param name="MaxBytes">The largest event.</param>
/// <param name="Reads">Selects the types of events whose data are kept.</param>
/// <param name="HasComments">Indicates whether comments are returned, as events are.</param>
/// <param name="IsDecoded">Indicates whether a browser has decoded it, whatever its headers say.</param>
internal sealed record EventReading(int MaxBytes, Func<string, bool> Reads, bool HasComments = false, bool IsDecoded = false);
