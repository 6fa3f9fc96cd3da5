namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Api.Flags;

/// <summary>Answers with the guards of all flags.</summary>
internal static class GuardsEndpoint
{
    public static ApiAnswer Answer(ApiCall call)
    {
        var (view, flag) = (call.View, call.Query("flag"));
        return ApiAnswer.Of(
            new GuardsContent
            {
                SnapshotVersion = view.Status.SnapshotVersion,
                Guards = view.Status.Guards.Where(guard => flag is null || guard.Flag == flag).Select(GuardContent.Of),
                Trips = view.Control.State.Trips.Where(trip => flag is null || trip.Flag == flag).Select(TripContent.Of),
            },
            ApiJson.Default.GuardsContent);
    }
}

/// <summary>The guards in force, and the trips that hold.</summary>
internal sealed record GuardsContent : ApiContent
{
    public required long SnapshotVersion { get; init; }

    public required IEnumerable<GuardContent> Guards { get; init; }

    /// <summary>The trips, also those of guards that the snapshot in force does not have.</summary>
    public required IEnumerable<TripContent> Trips { get; init; }
}
