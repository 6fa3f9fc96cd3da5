using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>The result of judging a reading.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Snapshot">The snapshot to put in force; null unless it was accepted.</param>
/// <param name="Diagnostics">All findings; after a rejection, the failed check comes last.</param>
internal sealed record AcceptanceResult(AcceptanceVerdict Verdict, FeatureSnapshot? Snapshot, IReadOnlyList<SnapshotDiagnostic> Diagnostics)
{
    /// <summary>A hash of the document that was judged; null for definitions built in code.</summary>
    public UInt128? Fingerprint { get; init; }

    /// <summary>The version that was judged; null where it could not be read.</summary>
    public long? Version { get; init; }

    /// <summary>The content that a rejected reading states of itself.</summary>
    public SentContent Sent { get; init; }
}

/// <summary>The verdict of the checks.</summary>
internal enum AcceptanceVerdict
{
    /// <summary>It is rejected; the snapshot in force stays.</summary>
    Refused,

    /// <summary>It equals the snapshot in force, byte for byte and from the same place.</summary>
    Unchanged,

    /// <summary>It may be put in force.</summary>
    Accepted,
}
