using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Rejects the whole if too large a share of its flags is malformed. One malformed flag among sound ones never costs them, however few they are.</summary>
internal sealed class QuarantineStep(double share) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var (quarantined, all) = (candidate.Snapshot.Rules.Quarantined, candidate.Snapshot.Rules.Flags.Length);
        var isOnlyOne = share > 0 && quarantined == 1 && all > 1;
        return quarantined > all * share && !isOnlyOne ? DiagnosticCatalog.TooManyQuarantined("$.flags", quarantined, all, share) : null;
    }
}
