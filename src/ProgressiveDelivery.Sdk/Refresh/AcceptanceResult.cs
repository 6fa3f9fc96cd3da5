using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What became of a reading.</summary>
/// <param name="Snapshot">The snapshot that may be put in force; null when it was refused.</param>
/// <param name="Diagnostics">Everything found: for a refusal, the check that refused it comes last.</param>
internal sealed record AcceptanceResult(FeatureSnapshot? Snapshot, IReadOnlyList<SnapshotDiagnostic> Diagnostics);
