using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Validates each flag and compiles it; malformed ones are quarantined. Refuses nothing by itself.</summary>
internal sealed class CompilationStep(Compilations compilations, KillBoard kills, SnapshotServices services) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var killed = kills.Kills.Under(candidate.Definition.Version);
        var (rules, found, state) = compilations.Compile(candidate.Definition, candidate.Patch, candidate.InForce, killed);
        candidate.Diagnostics.AddRange(found);
        candidate.State = state;
        candidate.Snapshot = new(rules, candidate.Origin, services)
        {
            Fingerprint = candidate.Fingerprint,
            Definition = candidate.Definition,
            IsPatched = candidate.Reading.Patches.Count > 0,
            Kills = killed,
        };
        return null;
    }
}
