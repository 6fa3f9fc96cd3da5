namespace ProgressiveDelivery.Sdk;

/// <summary>A snapshot of the history: it passed all checks, and can be put in force at once.</summary>
public sealed record AcceptedSnapshot
{
    private readonly Lazy<SnapshotDifference> _changes = new(new SnapshotDifference());

    /// <summary>Its version.</summary>
    public required long Version { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it was published, if it says so.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where it came from.</summary>
    public SnapshotOrigin Origin { get; init; }

    /// <summary>The name of the source, or the path of the file.</summary>
    public string? Source { get; init; }

    /// <summary>Whether it answers now.</summary>
    public bool IsInForce { get; init; }

    /// <summary>What it changed, compared with the snapshot that was accepted before it. Found out when first asked.</summary>
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
