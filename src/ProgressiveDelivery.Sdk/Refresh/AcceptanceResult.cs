using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;

namespace ProgressiveDelivery.Sdk.Refresh;

/// <summary>What became of a reading.</summary>
/// <param name="Verdict">Whether it may be put in force.</param>
/// <param name="Snapshot">The snapshot to put in force; null unless it was accepted.</param>
/// <param name="Diagnostics">Everything found; of a refusal, the check that refused it comes last.</param>
internal sealed record AcceptanceResult(AcceptanceVerdict Verdict, FeatureSnapshot? Snapshot, IReadOnlyList<SnapshotDiagnostic> Diagnostics)
{
    /// <summary>A hash of the document that was judged; null for definitions built in code.</summary>
    public UInt128? Fingerprint { get; init; }

    /// <summary>The version that was judged; null where it could not be read.</summary>
    public long? Version { get; init; }
}

/// <summary>What the checks came to.</summary>
internal enum AcceptanceVerdict
{
    /// <summary>What is in force stays.</summary>
    Refused,

    /// <summary>It is, byte for byte and from the same place, what is in force already.</summary>
    Unchanged,

    /// <summary>It may be put in force.</summary>
    Accepted,
}
