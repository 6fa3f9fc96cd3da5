using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Asks the compiled snapshot what its author asserts, and refuses it where another variant comes out.</summary>
internal sealed class AssertionStep : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var assertions = candidate.Definition.Assertions;
        for (var i = 0; i < assertions.Count; i++)
        {
            var (flag, context, expected) = assertions[i];
            var (variant, reason) = candidate.Snapshot.Answer(flag, context);
            if (!string.Equals(variant, expected, StringComparison.Ordinal))
                return Diagnostics.AssertionFailed($"$.assertions[{i}]", flag, expected, variant, reason);
        }

        return null;
    }
}
