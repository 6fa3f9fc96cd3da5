using System.IO.Hashing;
using ProgressiveDelivery.Sdk.Compilation;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.Acceptance;

/// <summary>The reading that is being judged, and the results of the steps so far.</summary>
internal sealed class Candidate(SnapshotReading reading, ISnapshotFormat format, SnapshotOrigin origin, FeatureSnapshot inForce)
{
    public SnapshotReading Reading => reading;

    public ISnapshotFormat Format => format;

    public SnapshotOrigin Origin => origin;

    public FeatureSnapshot InForce => inForce;

    /// <summary>A hash of the document, if it is that and nothing else.</summary>
    public UInt128? Fingerprint { get; } =
        reading is { Document: { } document, Patches.Count: 0 } ? XxHash128.HashToUInt128(document.Span) : null;

    /// <summary>Indicates whether it equals the document in force, byte for byte.</summary>
    public bool IsRepeated => Fingerprint is not null && Fingerprint == inForce.Fingerprint;

    /// <summary>The version that it was given when it first arrived, if it has none of its own; null if it arrives now.</summary>
    public long? Arrival { get; init; }

    /// <summary>Indicates whether an operator holds it, which outranks its expiry.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Indicates whether this application wrote it, as its own seal proves, so that it needs no other signature.</summary>
    public bool IsSealed { get; init; }

    /// <summary>Indicates whether an operator ordered its acceptance, whatever its version.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>The bytes that were sent to arrive here, patches included, or the bytes of the whole: an upper bound of its size.</summary>
    public long SentBytes { get; set; } = reading.Texts.Sum(text => (long)text.Bytes.Length) + (reading.Document is null && reading.Patches.Count > 0 ? inForce.SentBytes : 0);

    /// <summary>The findings so far that do not reject it.</summary>
    public List<SnapshotDiagnostic> Diagnostics { get; } = [];

    /// <summary>The definitions read; set from the reading step on.</summary>
    public SnapshotDefinition Definition { get; set; } = null!;

    /// <summary>The statements that the reading makes of itself, as far as it has been read.</summary>
    public SentContent Sent { get; set; }

    /// <summary>The one change that leads here from what is in force; null where the whole was sent.</summary>
    public SnapshotPatch? Patch { get; set; }

    /// <summary>The compiled snapshot; set from the compilation on.</summary>
    public FeatureSnapshot Snapshot { get; set; } = null!;

    /// <summary>The state of its compilation, for the next change.</summary>
    public CompilationState State { get; set; } = null!;
}
