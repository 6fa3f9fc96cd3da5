using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>One of the checks between a reading and the root. It changes nothing but the candidate.</summary>
internal interface IAcceptanceStep
{
    /// <summary>What refuses the candidate; null: it goes on to the next step.</summary>
    SnapshotDiagnostic? Check(Candidate candidate);
}
