namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Changes;

/// <summary>Answers with the last accepted snapshots.</summary>
internal static class HistoryEndpoint
{
    public static ApiAnswer Answer(ApiCall call)
    {
        var state = call.View.Control.State;
        return ApiAnswer.Of(
            new HistoryContent { Revision = state.Revision, Version = state.Version, Snapshots = call.View.Control.History.Select(SnapshotContent.Of) },
            ApiJson.Default.HistoryContent);
    }
}

/// <summary>The history.</summary>
internal sealed record HistoryContent : ApiContent
{
    /// <summary>The revision that an act is sent with.</summary>
    public required long Revision { get; init; }

    /// <summary>The version in force.</summary>
    public required long Version { get; init; }

    /// <summary>The snapshots, the newest first.</summary>
    public required IEnumerable<SnapshotContent> Snapshots { get; init; }
}

/// <summary>An accepted snapshot.</summary>
internal sealed record SnapshotContent
{
    public required long Version { get; init; }

    public required bool InForce { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public required SnapshotOrigin Origin { get; init; }

    public string? Source { get; init; }

    public string? ChangedBy { get; init; }

    public string? ChangeReason { get; init; }

    /// <summary>The numbers of flags that differ from the snapshot accepted before it.</summary>
    public required ChangesContent Changes { get; init; }

    public static SnapshotContent Of(AcceptedSnapshot snapshot) => new()
    {
        Version = snapshot.Version,
        InForce = snapshot.IsInForce,
        AcceptedAt = snapshot.AcceptedAt,
        PublishedAt = snapshot.PublishedAt,
        Origin = snapshot.Origin,
        Source = snapshot.Source,
        ChangedBy = snapshot.ChangedBy,
        ChangeReason = snapshot.ChangeReason,
        Changes = ChangesContent.Of(snapshot.Changes),
    };
}

/// <summary>Numbers of flags.</summary>
internal sealed record ChangesContent(long FromVersion, int Added, int Removed, int Changed, int Affected, int MetadataOnly)
{
    public static ChangesContent Of(Control.SnapshotDifference difference) =>
        new(difference.FromVersion, difference.Added.Count, difference.Removed.Count, difference.Changed.Count, difference.Affected.Count, difference.MetadataOnly.Count);
}
