using ProgressiveDelivery.Sdk.Reporting.Spill;

namespace ProgressiveDelivery.Sdk.Reporting;

/// <summary>A batch in the hands of a sink's loop.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Segment">The spilled segment that it came from; null if it is in memory only.</param>
/// <param name="IsWhole">False for a part of a batch that was too large.</param>
internal sealed record PendingBatch(EventBatch Batch, SpillSegment? Segment, bool IsWhole = true);
