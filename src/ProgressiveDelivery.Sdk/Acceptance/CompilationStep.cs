using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Validates each flag and compiles it, under no overlay; malformed ones are quarantined. Rejects nothing by itself.</summary>
internal sealed class CompilationStep(Compilations compilations, SnapshotServices services) : IAcceptanceStep
{
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
        };
        return null;
    }
}
