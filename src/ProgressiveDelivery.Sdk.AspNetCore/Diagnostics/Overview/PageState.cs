using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Parts;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Overview;

/// <summary>The state of the whole client, for the banner: of all that holds, the worst.</summary>
internal enum PageStateKind
{
    Closed,
    Starting,
    Failed,
    Guard,
    Stale,
    Rejected,
    Probing,
    Ready,
}

/// <summary>Finds the worst state.</summary>
internal static class PageState
{
    public static PageStateKind Of(ScreenContext page)
    {
        var status = page.Status;
        var isRejected = page.Diagnostics.Rejection is not null;
        return status.State switch
        {
            FeatureClientState.Closed => PageStateKind.Closed,
            _ when !status.HasRules => PageStateKind.Starting,
            // A rejected snapshot says more than the failure that it is.
            FeatureClientState.Failed when !(isRejected && status.Cause?.Kind == FeatureClientFaultKind.InvalidSnapshot) => PageStateKind.Failed,
            _ when Tripped(page).Any() => PageStateKind.Guard,
            FeatureClientState.Stale => PageStateKind.Stale,
            _ when isRejected => PageStateKind.Rejected,
            _ when Probing(page).Any() => PageStateKind.Probing,
            _ => PageStateKind.Ready,
        };
    }

    public static Tone ToneOf(PageStateKind state) => state switch
    {
        PageStateKind.Ready => Tone.Good,
        PageStateKind.Starting or PageStateKind.Probing => Tone.Waits,
        PageStateKind.Closed => Tone.None,
        PageStateKind.Failed or PageStateKind.Guard => Tone.Bad,
        _ => Tone.Warn,
    };

    /// <summary>Returns the trips that change answers or stop ramps, without those that try again, newest first.</summary>
    public static IEnumerable<GuardTrip> Tripped(ScreenContext page) => Trips(page).Where(static trip => trip.ProbePercent is null);

    /// <summary>Returns the trips whose variant is tried again.</summary>
    public static IEnumerable<GuardTrip> Probing(ScreenContext page) => Trips(page).Where(static trip => trip.ProbePercent is not null);

    /// <summary>Returns true if each source was tried and none of them answers with current rules.</summary>
    public static bool IsWithoutSource(ScreenContext page) =>
        page.Diagnostics.Sources is { Count: > 0 } sources
        && sources.All(static source => source.State is SourceState.Failing or SourceState.Stopped or SourceState.Behind or SourceState.Rejected)
        && sources.Any(static source => source.State is SourceState.Failing or SourceState.Stopped);

    private static IEnumerable<GuardTrip> Trips(ScreenContext page) =>
        (page.Status.Control?.Trips ?? []).Where(static trip => trip.Response != GuardResponse.Warn).OrderByDescending(static trip => trip.Since);
}
