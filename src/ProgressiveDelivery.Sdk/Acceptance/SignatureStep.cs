using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Rejects a text that none of the configured keys signed; without keys, requires no signature.</summary>
internal sealed class SignatureStep(TrustedKeys? keys) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        if (keys is null || candidate.IsSealed)
            return null;
        // Definitions have no bytes that could be signed.
        if (candidate.Reading.Definition is not null)
            return DiagnosticCatalog.Unsigned(JsonPath.Root);
        foreach (var text in candidate.Reading.Texts)
            if (keys.FaultOf(text) is { } fault)
                return fault;
        return null;
    }
}
