using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>Distinguishes a replica that lags, or differs in bytes only, from a snapshot with a fault.</summary>
internal static class ReplicaLag
{
    /// <summary>Returns the number of versions a source is behind, 0 for the same in other bytes; null if its snapshot is rejected for another reason.</summary>
    public static long? Of(ListedSource source, AcceptanceResult result, FeatureSnapshot inForce) =>
        !source.IsInStep
        && result is { Version: { } version, Diagnostics: [.., { Id: DiagnosticId.VersionNotNewer }] }
        && (version < inForce.Version || inForce.Origin == SnapshotOrigin.Source)
            ? inForce.Version - version
            : null;

    public static SnapshotSourceException Fault(ListedSource source, long version, long inForce) =>
        new(FormattableString.Invariant($"Source '{source.Name}' is behind: it has version {version}, version {inForce} is in force. It confirms nothing until it has caught up.")) { BehindAt = version };
}
