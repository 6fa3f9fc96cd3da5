using Microsoft.FeatureManagement.FeatureFilters;

namespace ProgressiveDelivery.Sdk.Benchmarks.Workloads;

/// <summary>A caller as FeatureManagement wants it: key and groups for targeting, and an attribute for a filter of one's own.</summary>
internal sealed class PeerCaller : TargetingContext
{
    public required string Country { get; init; }
}
