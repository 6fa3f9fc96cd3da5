using ProgressiveDelivery.Sdk.Analysis.Data;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The verdict on an experiment, with all that it rests on. Immutable.</summary>
public sealed record ExperimentReport
{
    /// <summary>The plan.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>The statistics that everything is computed from.</summary>
    public required ExperimentData Data { get; init; }

    /// <summary>The time of the computation.</summary>
    public required DateTimeOffset ComputedAt { get; init; }

    /// <summary>The verdict, in words.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The checks of the traffic.</summary>
    public required TrafficReport Traffic { get; init; }

    /// <summary>The metrics, in the order of the plan.</summary>
    public required IReadOnlyList<MetricReport> Metrics { get; init; }

    /// <summary>The days of the period so far, without gaps, from the first exposure to the last.</summary>
    public required IReadOnlyList<DateOnly> Days { get; init; }

    /// <summary>The methods used, for the statistician: a title and a sentence or two each.</summary>
    public required IReadOnlyList<MethodNote> Method { get; init; }

    /// <summary>The primary metric.</summary>
    public MetricReport Primary => Metrics.First(metric => metric.Metric.Role == MetricRole.Primary);

    /// <summary>Indicates whether effects are shown: not while the traffic is not sound, nor before the end of a fixed-horizon experiment.</summary>
    public bool ShowsEffects => Verdict.Kind is not (VerdictKind.DoNotTrust or VerdictKind.NotReadYet);
}
