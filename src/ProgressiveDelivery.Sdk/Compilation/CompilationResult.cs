using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>A compiled snapshot and what was found on the way. There is always a ruleset: a malformed flag is quarantined in it.</summary>
/// <param name="Rules">The ruleset.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
/// <param name="State">What a <see cref="SnapshotRecompiler"/> goes on from; as large as the definitions.</param>
internal sealed record CompilationResult(Ruleset Rules, IReadOnlyList<SnapshotDiagnostic> Diagnostics, CompilationState State);
