using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Sources.Failover;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>Replicas need not agree at each moment, nor in every byte: tells that from a snapshot that is wrong.</summary>
internal static class ReplicaLag
{
    /// <summary>How many versions a source is behind, 0 for the same in other bytes; null: its snapshot is refused for another reason.</summary>
    public static long? Of(ListedSource source, AcceptanceResult result, FeatureSnapshot inForce) =>
        !source.IsInStep
        && result is { Version: { } version, Diagnostics: [.., { Id: DiagnosticId.VersionNotNewer }] }
        && (version < inForce.Version || inForce.Origin == SnapshotOrigin.Source)
            ? inForce.Version - version
            : null;

    public static SnapshotSourceException Fault(ListedSource source, long version, long inForce) =>
        new(FormattableString.Invariant($"Source '{source.Name}' is behind: it has version {version}, version {inForce} is in force. It confirms nothing until it has caught up."));
}
