using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Rejects a text that is too large to be read, in any format. A text read back from disk was accepted before, and may have grown when it was rewritten.</summary>
internal sealed class SizeStep(SnapshotLimits limits) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var most = candidate.Origin == SnapshotOrigin.LastKnownGood ? limits.MaxKeptBytes : limits.MaxBytes;
        foreach (var text in candidate.Reading.Texts)
            if (text.Bytes.Length > most)
                return DiagnosticCatalog.LimitExceeded(JsonPath.Root, string.Create(CultureInfo.InvariantCulture, $"{text.Bytes.Length} bytes"), most, nameof(SnapshotLimits.MaxBytes));
        return null;
    }
}
