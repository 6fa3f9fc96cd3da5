using ProgressiveDelivery.Sdk.Diagnostics;
namespace ProgressiveDelivery.Sdk.Definitions;

/// <summary>The result of reading a document.</summary>
/// <param name="Definition">The definitions; null if the document as a whole is rejected.</param>
/// <param name="Diagnostics">All faults, in document order.</param>
public sealed record SnapshotReadResult(SnapshotDefinition? Definition, IReadOnlyList<SnapshotDiagnostic> Diagnostics);
