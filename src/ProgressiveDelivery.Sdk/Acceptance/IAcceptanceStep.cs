using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>One of the checks between a reading and the root. It changes nothing but the candidate.</summary>
internal interface IAcceptanceStep
{
    /// <summary>Checks the candidate; returns the diagnostic that rejects it, or null if it goes on to the next step.</summary>
    SnapshotDiagnostic? Check(Candidate candidate);
}
