namespace ProgressiveDelivery.Sdk.Analysis;

/// <summary>
/// An experiment to analyze: its variants, period and metrics, and how it is judged. Decide on all of it before the experiment starts. Immutable.
/// </summary>
public sealed record ExperimentPlan
{
    /// <summary>The units of a pair that a sequential interval is tuned for if none are planned.</summary>
    public const long DefaultIntendedUnits = 10_000;

    /// <summary>The key of the experiment, as exposures carry it.</summary>
    public required string Experiment { get; init; }

    /// <summary>The name for people; null for the key.</summary>
    public string? Name { get; init; }

    /// <summary>The attribute that names the unit, as events carry it. <c>targetingKey</c> by default.</summary>
    public string UnitKind { get; init; } = "targetingKey";

    /// <summary>The word for one unit in reports, such as <c>visitor</c>.</summary>
    public string UnitName { get; init; } = "visitor";

    /// <summary>The word for several units in reports, such as <c>visitors</c>.</summary>
    public string UnitsName { get; init; } = "visitors";

    /// <summary>The variants, two at least. The first one is the control.</summary>
    public required IReadOnlyList<PlannedVariant> Variants { get; init; }

    /// <summary>The start of the period. Exposures before it do not count.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The end of the period. Exposures at this time or later do not count; outcomes may follow within their window.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The metrics, one of them primary.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>The time after a unit's first exposure within which its outcomes count, unless a metric has its own. 7 days by default.</summary>
    public TimeSpan OutcomeWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The time before a unit's first exposure from which outcomes count as covariate. 14 days by default.</summary>
    public TimeSpan CovariateWindow { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The rule of when the result may be looked at. <see cref="AnalysisMode.Sequential"/> by default.</summary>
    public AnalysisMode Mode { get; init; } = AnalysisMode.Sequential;

    /// <summary>The accepted chance of a false difference, above 0 and below 1. 0.05 by default.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The accepted chance of a false alarm about the split. 0.001 by default.</summary>
    public double SampleRatioAlpha { get; init; } = 0.001;

    /// <summary>
    /// The units that control and one treatment shall have together when the experiment ends. A sequential interval is tightest there. Null if it was not planned:
    /// then "planned size reached" cannot be said, and 10,000 is used for the interval.
    /// </summary>
    public long? IntendedUnits { get; init; }

    /// <summary>The smallest relative change of the primary metric that is worth having, such as 0.01; null if it was not planned.</summary>
    public double? SmallestEffect { get; init; }

    /// <summary>The share of crossovers above which the report warns. 0.005 by default.</summary>
    public double MaxCrossoverShare { get; init; } = 0.005;

    /// <summary>The time from which a fixed-horizon experiment is read: when the window of its last unit is over.</summary>
    public DateTimeOffset ReadableFrom => End + Metrics.Max(metric => metric.WindowEnd ?? OutcomeWindow);

    /// <summary>The first variant.</summary>
    public PlannedVariant Control => Variants[0];
}
