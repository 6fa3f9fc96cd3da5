using System.Collections.ObjectModel;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Validates each flag and compiles it, under no overlay; malformed ones are quarantined. Rejects nothing by itself.</summary>
internal sealed class CompilationStep(Compilations compilations, SnapshotServices services) : IAcceptanceStep
{
    private const int MaxDiagnostics = 1_000;

    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var (rules, found, state) = compilations.Compile(candidate.Definition, candidate.Patch, candidate.InForce);
        candidate.Diagnostics.AddRange(found);
        candidate.State = state;
        candidate.Snapshot = new(rules, candidate.Origin, services)
        {
            Fingerprint = candidate.Fingerprint,
            Definition = candidate.Definition,
            IsPatched = candidate.Reading.Patches.Count > 0,
            SentBytes = candidate.SentBytes,
            Diagnostics = Few(candidate.Diagnostics),
        };
        return null;
    }

    // The errors come first, in the order of the document.
    private static ReadOnlyCollection<SnapshotDiagnostic> Few(List<SnapshotDiagnostic> all) =>
        all.Count == 0 ? ReadOnlyCollection<SnapshotDiagnostic>.Empty : Array.AsReadOnly(all.Distinct().OrderByDescending(found => found.Severity).Take(MaxDiagnostics).ToArray());
}
