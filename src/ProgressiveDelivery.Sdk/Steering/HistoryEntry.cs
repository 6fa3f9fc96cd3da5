using ProgressiveDelivery.Sdk.Snapshots;
namespace ProgressiveDelivery.Sdk.Steering;

/// <summary>A snapshot that was accepted.</summary>
/// <param name="snapshot">The snapshot, as it would be put in force now or could be a while ago.</param>
/// <param name="acceptedAt">The time of its acceptance.</param>
/// <param name="source">The source's name, or the file's path.</param>
/// <param name="before">The snapshot that was accepted before it.</param>
internal sealed class HistoryEntry(FeatureSnapshot snapshot, DateTimeOffset acceptedAt, string source, FeatureSnapshot before)
{
    public FeatureSnapshot Snapshot { get; set; } = snapshot;

    /// <summary>The snapshot by its document alone, to look at; null until it was looked at.</summary>
    public FeatureSnapshot? Bare { get; set; }

    public long Version => Snapshot.Version;

    /// <summary>Returns a description of it, for people.</summary>
    public AcceptedSnapshot Describe(bool isInForce)
    {
        var (earlier, later) = (before, Snapshot);
        return new()
        {
            Version = Version,
            AcceptedAt = acceptedAt,
            PublishedAt = Snapshot.Rules.PublishedAt,
            Origin = Snapshot.Origin,
            Source = source,
            ChangedBy = Snapshot.Definition?.ChangedBy,
            ChangeReason = Snapshot.Definition?.ChangeReason,
            IsInForce = isInForce,
            Compare = () => DifferenceReport.Of(earlier, later),
        };
    }
}
