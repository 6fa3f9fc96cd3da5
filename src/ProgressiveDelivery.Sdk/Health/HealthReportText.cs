using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProgressiveDelivery.Sdk.Health;

/// <summary>The text of a health report on a client: a sentence for people, and values for dashboards. No secrets, no users.</summary>
internal static class HealthReportText
{
    public static string Describe(FeatureClientStatus status, HealthStatus health)
    {
        var what = (status.HasRules, health) switch
        {
            (false, _) => "There are no rules, and callers get their fallbacks.",
            (_, HealthStatus.Healthy) => FormattableString.Invariant($"Version {status.SnapshotVersion} is current; source '{status.Source}' confirmed it at {status.LastConfirmed:u}."),
            _ => FormattableString.Invariant($"Version {status.SnapshotVersion} answers, {Confirmed(status)}; {status.State} since {status.Since:u}."),
        };
        var why = health != HealthStatus.Healthy && status.Cause is { } cause ? $" {cause.Message}" : "";
        return what + why + Guards(status) + Disk(status);
    }

    public static IReadOnlyDictionary<string, object> Data(FeatureClientStatus status)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in Values(status))
        {
            if (value is not null)
                data.Add(name, value);
        }

        return data;
    }

    private static string Guards(FeatureClientStatus status) => status.Control?.Trips is [var first, ..] trips
        ? FormattableString.Invariant($" Guard '{first.Guard}' of flag '{first.Flag}' has tripped{More(trips.Count - 1)}: {first.Evidence}")
        : "";

    private static string More(int others) => others == 0 ? "" : FormattableString.Invariant($", and {others} more");

    private static string Disk(FeatureClientStatus status) => status.DiskStalledSince is { } since
        ? FormattableString.Invariant($" The disk under the last-known-good folder has not answered since {since:u}; changes accepted now do not survive a restart.")
        : "";

    private static string Confirmed(FeatureClientStatus status) => status.LastConfirmed is { } confirmed
        ? FormattableString.Invariant($"last confirmed by source '{status.Source}' at {confirmed:u}")
        : $"not confirmed by source '{status.Source}' since the start";

    private static (string Name, object? Value)[] Values(FeatureClientStatus status) =>
    [
        ("state", status.State.ToString()),
        ("since", Text(status.Since)),
        ("version", status.SnapshotVersion),
        ("origin", status.Origin.ToString()),
        ("source", status.Source),
        ("ageSeconds", status.Age?.TotalSeconds),
        ("maxStalenessSeconds", status.MaxStaleness?.TotalSeconds),
        ("lastConfirmed", Text(status.LastConfirmed)),
        ("cause", status.Cause?.Kind.ToString()),
        ("httpStatus", status.Cause?.HttpStatus),
        ("heldVersion", status.Control?.Hold?.Version),
        ("overrides", status.Control?.Overrides.Count),
        ("trippedGuards", status.Control?.Trips.Count),
        ("pausedRamps", status.Control?.Ramps.Count(static ramp => ramp.IsPaused)),
        ("diskStalledSince", status.DiskStalledSince is { } stalled ? Text(stalled) : null),
    ];

    private static string? Text(DateTimeOffset? moment) => moment?.ToString("O", CultureInfo.InvariantCulture);
}
