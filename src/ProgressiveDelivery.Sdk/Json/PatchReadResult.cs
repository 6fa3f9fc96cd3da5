using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Json;

/// <summary>What became of reading a patch.</summary>
/// <param name="Patch">The patch; null when it is refused as a whole.</param>
/// <param name="Diagnostics">Everything that was found; of a refusal, the one that refuses it.</param>
internal sealed record PatchReadResult(SnapshotPatch? Patch, IReadOnlyList<SnapshotDiagnostic> Diagnostics);
