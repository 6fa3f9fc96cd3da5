namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>What became of reading a document.</summary>
/// <param name="Definition">The definitions; null when the document as a whole is refused.</param>
/// <param name="Diagnostics">Everything that was found, in document order.</param>
public sealed record SnapshotReadResult(SnapshotDefinition? Definition, IReadOnlyList<SnapshotDiagnostic> Diagnostics);
