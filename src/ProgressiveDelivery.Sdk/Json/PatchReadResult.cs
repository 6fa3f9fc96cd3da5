using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>The result of reading a patch.</summary>
/// <param name="Patch">The patch; null if it is rejected as a whole.</param>
/// <param name="Diagnostics">All faults; for a rejected patch, the one that rejects it.</param>
internal sealed record PatchReadResult(SnapshotPatch? Patch, IReadOnlyList<SnapshotDiagnostic> Diagnostics);
