using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Refuses more than is allowed of what one cannot see before it is read: also once patched, built in code, or read by a format of the user's own.</summary>
internal sealed class CountStep(SnapshotLimits limits) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate) => candidate.Definition.Flags.Count > limits.MaxFlags
        ? Diagnostics.LimitExceeded("$.flags", "more flags than are allowed", limits.MaxFlags, nameof(SnapshotLimits.MaxFlags))
        : null;
}
