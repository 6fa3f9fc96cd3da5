using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Rejects a snapshot past its <c>expiresAt</c>, unless an operator holds it.</summary>
internal sealed class ExpiryStep(TimeProvider clock) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var now = clock.GetUtcNow();
        return !candidate.IsHeld && candidate.Definition.ExpiresAt is { } expiry && expiry <= now ? DiagnosticCatalog.Expired("$.expiresAt", expiry, now) : null;
    }
}
