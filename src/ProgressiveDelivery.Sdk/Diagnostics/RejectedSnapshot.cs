namespace ProgressiveDelivery.Sdk.Diagnostics;

/// <summary>A snapshot, patch or kill that was rejected. It was never served.</summary>
public sealed record RejectedSnapshot
{
    /// <summary>The time of the rejection.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The name of the source.</summary>
    public required string Source { get; init; }

    /// <summary>Its version; null if it could not be read.</summary>
    public long? Version { get; init; }

    /// <summary>The diagnostics; the last one is the reason for the rejection.</summary>
    public required IReadOnlyList<SnapshotDiagnostic> Diagnostics { get; init; }

    /// <summary>The person or system that published it and why, if the document says so.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>The reason for the change, if the document says so.</summary>
    public string? ChangeReason { get; init; }
}
