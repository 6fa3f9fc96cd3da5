using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Evaluation;

namespace ProgressiveDelivery.Sdk.Compilation;

/// <summary>A compiled snapshot and what was found on the way. There is always a ruleset: a malformed flag is quarantined in it.</summary>
internal sealed record CompilationResult(Ruleset Rules, IReadOnlyList<SnapshotDiagnostic> Diagnostics);
