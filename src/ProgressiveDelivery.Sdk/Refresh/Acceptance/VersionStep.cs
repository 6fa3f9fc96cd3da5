using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>Refuses a step back, and numbers what has no version: versions only grow, which is what keeps an old document from being replayed.</summary>
internal sealed class VersionStep(TimeProvider clock) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        if (candidate.Definition.Version == 0)
            return Number(candidate);
        var (version, current) = (candidate.Definition.Version, candidate.InForce.Version);
        if (version < 1)
            return Diagnostics.InvalidVersion("$.version", version.ToString(CultureInfo.InvariantCulture));
        return version > current || (version == current && TakesPlaceOfOwn(candidate)) ? null : Diagnostics.VersionNotNewer("$.version", version, current);
    }

    // Without a version, the order of arrival counts: the time is its number, so that it is newer than all that this machine kept before, also
    // where nothing of that could be read, or another process kept it. What was shipped with the application came before all else.
    private SnapshotDiagnostic? Number(Candidate candidate)
    {
        var current = candidate.InForce.Version;
        if (candidate.Origin == SnapshotOrigin.Bundled && current > 0)
            return Diagnostics.VersionNotNewer("$", 0, current);
        candidate.Definition = candidate.Definition with { Version = candidate.Arrival ?? (candidate.IsRepeated ? current : Math.Max(current + 1, NumberOf(candidate))) };
        return null;
    }

    private long NumberOf(Candidate candidate) => candidate.Origin == SnapshotOrigin.Bundled ? 1 : clock.GetUtcNow().ToUnixTimeMilliseconds();

    // The same document from another place (the last-known-good file, then the backend) is no step back. What came about by patches
    // has no bytes to compare, here or in the file that it was kept in: the whole of that version is as good.
    private static bool TakesPlaceOfOwn(Candidate candidate) =>
        candidate.IsRepeated || (candidate.Origin == SnapshotOrigin.Source && (candidate.InForce.IsPatched || candidate.InForce.Origin == SnapshotOrigin.LastKnownGood));
}
