using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Evaluates its author's assertions on the compiled snapshot, and rejects it if another variant comes out.</summary>
internal sealed class AssertionStep : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var assertions = candidate.Definition.Assertions;
        for (var i = 0; i < assertions.Count; i++)
        {
            var assertion = assertions[i];
            var (variant, reason) = candidate.Snapshot.AnswerAnywhere(assertion.Flag, assertion.Context);
            if (!string.Equals(variant, assertion.Variant, StringComparison.Ordinal))
                return DiagnosticCatalog.AssertionFailed($"$.assertions[{i}]", assertion.Flag, assertion.Variant, variant, reason);
        }

        return null;
    }
}
