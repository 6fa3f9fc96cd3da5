using ProgressiveDelivery.Sdk.Control;
namespace ProgressiveDelivery.Sdk;

/// <summary>A snapshot of the history: it passed all checks, and can be put in force at once.</summary>
public sealed record AcceptedSnapshot
{
    private readonly Lazy<SnapshotDifference> _changes = new(new SnapshotDifference());

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>The time of its acceptance.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The time of its publication; null if the document does not give one.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The origin of the snapshot.</summary>
    public SnapshotOrigin Origin { get; init; }

    /// <summary>The name of the source, or the path of the file.</summary>
    public string? Source { get; init; }

    /// <summary>The person or system that published it; null if the document does not say so.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>The reason for the change; null if the document does not give one.</summary>
    public string? ChangeReason { get; init; }

    /// <summary>Indicates whether it is in force now.</summary>
    public bool IsInForce { get; init; }

    /// <summary>The changes from the snapshot that was accepted before it. Computed when first read.</summary>
    public SnapshotDifference Changes
    {
        get => _changes.Value;
        init => _changes = new(value);
    }

    internal Func<SnapshotDifference> Compare
    {
        init => _changes = new(value);
    }
}
