using ProgressiveDelivery.Sdk.Control;

namespace ProgressiveDelivery.Sdk.Telemetry;

/// <summary>The closed sets of values that tags of metrics and spans have.</summary>
internal static class TelemetryNames
{
    public static string Of(RefreshResult result) => result switch
    {
        RefreshResult.Applied => "applied",
        RefreshResult.Unchanged => "unchanged",
        RefreshResult.Refused => "refused",
        RefreshResult.Killed => "killed",
        RefreshResult.Canceled => "canceled",
        _ => "failed",
    };

    public static string Of(FeatureClientFaultKind fault) => fault switch
    {
        FeatureClientFaultKind.AccessDenied => "access_denied",
        FeatureClientFaultKind.InvalidSnapshot => "invalid_snapshot",
        FeatureClientFaultKind.Expired => "expired",
        FeatureClientFaultKind.Unconfirmed => "unconfirmed",
        _ => "unreachable",
    };

    public static string Of(GuardResponse response) => response switch
    {
        GuardResponse.Revert => "revert",
        GuardResponse.Pause => "pause",
        _ => "warn",
    };

    public static string Of(StreamState state) => state switch
    {
        StreamState.Open => "open",
        StreamState.Reconnecting => "reconnecting",
        _ => "closed",
    };

    public static string Of(EventLossCause cause) => cause switch
    {
        EventLossCause.Capacity => "capacity",
        EventLossCause.TooLarge => "too_large",
        EventLossCause.Invalid => "invalid",
        EventLossCause.Expired => "expired",
        EventLossCause.Shutdown => "shutdown",
        EventLossCause.Disk => "disk",
        _ => "closed",
    };
}
