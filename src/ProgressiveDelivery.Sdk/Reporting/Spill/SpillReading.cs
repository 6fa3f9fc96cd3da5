namespace ProgressiveDelivery.Sdk.Reporting.Spill;

/// <summary>The content of a segment.</summary>
/// <param name="Batch">The events that can be read.</param>
/// <param name="Damaged">The number of lines that cannot: torn by a crash, or changed since.</param>
internal readonly record struct SpillReading(EventBatch Batch, int Damaged);
