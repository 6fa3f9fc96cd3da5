using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>A compiled snapshot and its diagnostics. There is always a ruleset: a malformed flag is quarantined in it.</summary>
/// <param name="Rules">The ruleset.</param>
/// <param name="Diagnostics">The faults of the snapshot.</param>
/// <param name="State">The starting point of a <see cref="SnapshotRecompiler"/>; as large as the definitions.</param>
internal sealed record CompilationResult(Ruleset Rules, IReadOnlyList<SnapshotDiagnostic> Diagnostics, CompilationState State);
