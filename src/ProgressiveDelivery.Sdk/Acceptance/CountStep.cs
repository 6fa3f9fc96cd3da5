using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Rejects a snapshot that exceeds a limit on its content: also after patches, built in code, or read by a format of the user's own.</summary>
internal sealed class CountStep(SnapshotLimits limits) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate) => FaultOfNumbers(candidate.Definition.Flags) ?? FaultOfConditions(candidate) ?? FaultOfPatchedSize(candidate);

    // Guards beyond the limit of their flag are left out when it is compiled.
    private SnapshotDiagnostic? FaultOfNumbers(IReadOnlyList<FlagDefinition> flags) =>
        flags.Count > limits.MaxFlags
            ? DiagnosticCatalog.LimitExceeded("$.flags", "more flags than are allowed", limits.MaxFlags, nameof(SnapshotLimits.MaxFlags))
        : flags.Sum(flag => (long)Math.Min(flag.Guards.Count, SnapshotLimits.MaxGuardsPerFlag)) > limits.MaxGuards
            ? DiagnosticCatalog.LimitExceeded("$.flags", "more guards than are allowed", limits.MaxGuards, nameof(SnapshotLimits.MaxGuards))
        : null;

    // Patches are documents, and so are limited by their bytes.
    private static SnapshotDiagnostic? FaultOfConditions(Candidate candidate) =>
        candidate.Reading.Patches.Count == 0 && ConditionCount.IsBeyond(candidate.Definition)
            ? DiagnosticCatalog.TooManyConditions(JsonPath.Root, ConditionCount.Max)
            : null;

    // The bytes sent are an upper bound, since patches also replace and remove. The whole is measured only if they are too many.
    private SnapshotDiagnostic? FaultOfPatchedSize(Candidate candidate)
    {
        if (candidate.Reading.Patches.Count == 0 || candidate.Origin != SnapshotOrigin.Source || candidate.SentBytes <= limits.MaxBytes)
            return null;
        candidate.SentBytes = KeptSnapshot.LengthOf(candidate.Definition) ?? candidate.SentBytes;
        return candidate.SentBytes <= limits.MaxBytes
            ? null
            : DiagnosticCatalog.LimitExceeded(JsonPath.Root, string.Create(CultureInfo.InvariantCulture, $"{candidate.SentBytes} bytes once it is patched"), limits.MaxBytes, nameof(SnapshotLimits.MaxBytes));
    }
}
