using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Sources.Signing;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Makes definitions from the reading: reads the document, or starts from those in force, and applies the patches.</summary>
internal sealed class ReadingStep(SnapshotLimits limits) : IAcceptanceStep
{
    private readonly PatchReader _patches = new(limits);

    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var refusal = Begin(candidate);
        foreach (var patch in candidate.Reading.Patches)
            refusal ??= Apply(patch, candidate);
        return refusal;
    }

    private static SnapshotDiagnostic? Begin(Candidate candidate)
    {
        if (candidate.Reading.Document is { } document)
            return Read(document, candidate);
        if (candidate.Reading.Definition is { } given)
            candidate.Sent = ContentOf(given);
        if ((candidate.Reading.Definition ?? candidate.InForce.Definition) is { } definition)
            candidate.Definition = definition;
        return null;
    }

    private static SnapshotDiagnostic? Read(ReadOnlyMemory<byte> document, Candidate candidate)
    {
        var (definition, found) = FormatOf(candidate).ReadGuarded(document);
        if (definition is null)
            return Refuse(candidate, found) ?? DiagnosticCatalog.NotASnapshot(JsonPath.Root, $"nothing that format {DiagnosticCatalog.Quote(candidate.Format.Name)} reads");
        candidate.Diagnostics.AddRange(found);
        candidate.Definition = definition;
        candidate.Sent = ContentOf(definition);
        return null;
    }

    private static SentContent ContentOf(SnapshotDefinition definition) =>
        new(definition.Version == 0 ? null : definition.Version, definition.ChangedBy, definition.ChangeReason);

    private static ISnapshotFormat FormatOf(Candidate candidate) =>
        candidate is { Origin: SnapshotOrigin.LastKnownGood, Format: NativeSnapshotFormat own } ? own.OfKept() : candidate.Format;

    private SnapshotDiagnostic? Apply(SignedText text, Candidate candidate)
    {
        var (patch, found) = _patches.Read(text.Bytes);
        if (patch is null)
            return Refuse(candidate, found);
        candidate.Diagnostics.AddRange(found);
        candidate.Sent = new(patch.Version);
        if (candidate.Definition is not { } current || current.Version != patch.BaseVersion)
            return DiagnosticCatalog.PatchOfOtherVersion("$.baseVersion", patch.BaseVersion, candidate.Definition?.Version ?? 0);

        candidate.Definition = PatchApplication.Apply(current, patch);
        candidate.Patch = candidate.Reading.Document is null ? patch : null;
        return null;
    }

    // The one that rejects comes last.
    private static SnapshotDiagnostic? Refuse(Candidate candidate, IReadOnlyList<SnapshotDiagnostic> found)
    {
        candidate.Diagnostics.AddRange(found.SkipLast(1));
        return found.Count > 0 ? found[^1] : null;
    }
}
