using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

/// <summary>A single event of LaunchDarkly's.</summary>
internal sealed class LaunchDarklyEvent : BackendEvent
{
    [SetsRequiredMembers]
    public LaunchDarklyEvent(LaunchDarklyEventKind kind, EvaluationContext context, DateTimeOffset time)
        : base(context)
    {
        (Kind, Id, Time) = (kind, Guid.NewGuid().ToString("N"), time);
        (Unit, UnitKind) = (EventUnit.KeyOf(context) ?? "", EventUnit.TargetingKey.Kind);
    }

    public LaunchDarklyEventKind Kind { get; }

    /// <summary>The flag's key, or the metric; null of an index event.</summary>
    public string? Key { get; init; }

    public long? Version { get; init; }

    public string? Variation { get; init; }

    /// <summary>The value answered, as JSON.</summary>
    public string? Value { get; init; }

    /// <summary>The caller's fallback, as JSON.</summary>
    public string? Fallback { get; init; }

    public LaunchDarklyReason? Reason { get; init; }

    public string? PrerequisiteOf { get; init; }

    public long SamplingRatio { get; init; } = 1;

    /// <summary>The value of an outcome.</summary>
    public double MetricValue { get; init; }

    public override int ContentBytes => (Key?.Length ?? 0) + (Value?.Length ?? 0) + (Fallback?.Length ?? 0) + (PrerequisiteOf?.Length ?? 0);
}
