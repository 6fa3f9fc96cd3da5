using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>With keys configured, believes nothing that one of them did not sign; without, asks for no signature.</summary>
internal sealed class SignatureStep(TrustedKeys? keys) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        if (keys is null)
            return null;
        // Definitions have no bytes that somebody could have signed.
        if (candidate.Reading.Definition is not null)
            return Diagnostics.Unsigned(JsonPath.Root);
        foreach (var text in candidate.Reading.Texts)
            if (keys.FaultOf(text) is { } fault)
                return fault;
        return null;
    }
}
