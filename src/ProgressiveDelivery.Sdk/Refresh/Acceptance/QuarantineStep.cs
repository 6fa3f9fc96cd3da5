using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Refuses the whole when too large a share of its flags is malformed.</summary>
internal sealed class QuarantineStep(double share) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var (quarantined, all) = (candidate.Snapshot.Rules.Quarantined, candidate.Snapshot.Rules.Flags.Length);
        return quarantined > all * share ? Diagnostics.TooManyQuarantined("$.flags", quarantined, all, share) : null;
    }
}
