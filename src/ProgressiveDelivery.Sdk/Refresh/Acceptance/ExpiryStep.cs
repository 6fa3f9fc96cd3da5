using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Refuses what is past its <c>expiresAt</c>.</summary>
internal sealed class ExpiryStep(TimeProvider clock) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var now = clock.GetUtcNow();
        return candidate.Definition.ExpiresAt is { } expiry && expiry <= now ? Diagnostics.Expired("$.expiresAt", expiry, now) : null;
    }
}
