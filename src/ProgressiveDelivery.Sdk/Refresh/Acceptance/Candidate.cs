using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Refresh.Acceptance;

/// <summary>What is being judged, and what the steps have made of it so far.</summary>
internal sealed class Candidate(SnapshotReading reading, ISnapshotFormat format, SnapshotOrigin origin, FeatureSnapshot inForce)
{
    public SnapshotReading Reading => reading;

    public ISnapshotFormat Format => format;

    public SnapshotOrigin Origin => origin;

    public FeatureSnapshot InForce => inForce;

    /// <summary>A hash of the document, if it is that and nothing else.</summary>
    public UInt128? Fingerprint { get; } =
        reading is { Document: { } document, Patches.Count: 0 } ? XxHash128.HashToUInt128(document.Span) : null;

    /// <summary>Whether it is, byte for byte, what is in force.</summary>
    public bool IsRepeated => Fingerprint is not null && Fingerprint == inForce.Fingerprint;

    /// <summary>The version that it was given when it first arrived, where it has none of its own; null: it arrives now.</summary>
    public long? Arrival { get; init; }

    /// <summary>Everything found so far that does not refuse it.</summary>
    public List<SnapshotDiagnostic> Diagnostics { get; } = [];

    /// <summary>What was read; there from the reading step on.</summary>
    public SnapshotDefinition Definition { get; set; } = null!;

    /// <summary>The one change that leads here from what is in force; null where the whole was sent.</summary>
    public SnapshotPatch? Patch { get; set; }

    /// <summary>What was compiled; there from the compilation on.</summary>
    public FeatureSnapshot Snapshot { get; set; } = null!;

    /// <summary>What it was compiled with, for the next change.</summary>
    public CompilationState State { get; set; } = null!;
}
