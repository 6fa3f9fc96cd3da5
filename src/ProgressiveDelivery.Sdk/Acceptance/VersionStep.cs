using System.Globalization;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>Rejects a step back, and numbers documents without a version. Versions only grow, which prevents the replay of an old document.</summary>
/// <param name="clock">Numbers documents without a version.</param>
/// <param name="guardsReplay">True if a document without a version must show in another way that it is not an old one.</param>
internal sealed class VersionStep(TimeProvider clock, bool guardsReplay) : IAcceptanceStep
{
    public SnapshotDiagnostic? Check(Candidate candidate)
    {
        var (version, current) = (candidate.Definition.Version, candidate.InForce.Version);
        if (version == 0)
            return (guardsReplay ? FaultOfReplay(candidate) : null) ?? Number(candidate);
        if (version < 1)
            return DiagnosticCatalog.InvalidVersion("$.version", version.ToString(CultureInfo.InvariantCulture));
        if (version <= current && !candidate.IsOrdered && !(version == current && TakesPlaceOfOwn(candidate)))
            return NotNewer(candidate, version, current);
        if (VersionJump.IsFar(version, current))
            candidate.Diagnostics.Add(DiagnosticCatalog.VersionFarAhead("$.version", "The snapshot", version, current));
        return null;
    }

    // Its signature stays good for ever. A time in it, which is signed too, orders documents; an expiry at least ends them.
    private static SnapshotDiagnostic? FaultOfReplay(Candidate candidate)
    {
        var (published, current) = (candidate.Definition.PublishedAt, candidate.InForce.Rules.PublishedAt);
        if (published is null && candidate.Definition.ExpiresAt is null)
            return DiagnosticCatalog.Replayable(JsonPath.Root);
        return published < current && !candidate.IsOrdered ? DiagnosticCatalog.PublishedEarlier("$.publishedAt", published.Value, current.Value) : null;
    }

    private static SnapshotDiagnostic NotNewer(Candidate candidate, long version, long current) =>
        candidate is { Origin: SnapshotOrigin.Source, Format: NativeSnapshotFormat { IsFile: true } }
            ? DiagnosticCatalog.FileVersionNotNewer("$.version", version, current)
            : DiagnosticCatalog.VersionNotNewer("$.version", version, current);

    // Without a version, the order of arrival counts: the time is its number. It is thus newer than all that this machine kept before, even if
    // none of that could be read, or another process kept it. The bundled file comes before all others.
    private SnapshotDiagnostic? Number(Candidate candidate)
    {
        var current = candidate.InForce.Version;
        if (candidate.Origin == SnapshotOrigin.Bundled && current > 0)
            return DiagnosticCatalog.VersionNotNewer("$", 0, current);
        if (current == long.MaxValue && candidate is { Arrival: null, IsRepeated: false, IsOrdered: false })
            return DiagnosticCatalog.VersionNotNewer("$", 0, current);
        candidate.Definition = candidate.Definition with { Version = candidate.Arrival ?? (candidate.IsRepeated ? current : NumberAfter(current, candidate)) };
        return null;
    }

    private long NumberAfter(long current, Candidate candidate)
    {
        var now = candidate.Origin == SnapshotOrigin.Bundled ? 1 : clock.GetUtcNow().ToUnixTimeMilliseconds();
        return candidate.IsOrdered ? now : Math.Max(current + 1, now);
    }

    // The same document from another place (the last-known-good file, then the backend) is no step back. A patched snapshot
    // has no bytes to compare, here or in the file that it was kept in: the whole of that version is as good.
    private static bool TakesPlaceOfOwn(Candidate candidate) =>
        candidate.IsRepeated || (candidate.Origin == SnapshotOrigin.Source && (candidate.InForce.IsPatched || candidate.InForce.Origin == SnapshotOrigin.LastKnownGood || HasSameRules(candidate)));

    // A relay writes a patched state anew: other bytes, and the same rules.
    private static bool HasSameRules(Candidate candidate) => candidate.InForce.Definition is { } own && SameDefinitions.Are(own, candidate.Definition);
}
