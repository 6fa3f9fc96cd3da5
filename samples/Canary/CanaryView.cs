using ProgressiveDelivery.Sdk;

namespace Canary;

/// <summary>The status of the canary, as the shop shows it.</summary>
/// <param name="Version">The version of the rules in force.</param>
/// <param name="Percent">The share of users that the rollout admits, in percent.</param>
/// <param name="WaitsFor">What its next step waits for.</param>
/// <param name="Outcomes">The outcomes that the guard has seen.</param>
/// <param name="Bad">The bad ones among them.</param>
/// <param name="Trip">The evidence of the trip that holds; null if there is none.</param>
/// <param name="TrippedAt">The time of the trip.</param>
internal sealed record CanaryView(long Version, decimal Percent, string WaitsFor, long Outcomes, long Bad, string? Trip, DateTimeOffset? TrippedAt)
{
    public static CanaryView Of(FeatureClientStatus status)
    {
        var (guard, ramp) = (status.Guards.SingleOrDefault(), status.Ramps.SingleOrDefault());
        return new(status.SnapshotVersion, ramp?.Percent ?? 0, string.Join("; ", ramp?.WaitsFor ?? []), guard?.Outcomes ?? 0, guard?.Bad ?? 0, guard?.Trip?.Evidence, guard?.Trip?.Since);
    }
}
