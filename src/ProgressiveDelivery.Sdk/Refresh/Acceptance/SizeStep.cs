using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Refuses what is too large to be looked at, in whatever format, wherever it comes from.</summary>
internal sealed class SizeStep(SnapshotLimits limits) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        foreach (var text in candidate.Reading.Texts)
            if (text.Bytes.Length > limits.MaxBytes)
                return Diagnostics.LimitExceeded(JsonPath.Root, string.Create(CultureInfo.InvariantCulture, $"{text.Bytes.Length} bytes"), limits.MaxBytes, nameof(SnapshotLimits.MaxBytes));
        return null;
    }
}
