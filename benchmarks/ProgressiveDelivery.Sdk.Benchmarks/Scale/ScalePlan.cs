using ProgressiveDelivery.Sdk.Analysis;

namespace ProgressiveDelivery.Sdk.Benchmarks.Scale;

/// <summary>The plan that events of the generator are analyzed by: one metric of each costly kind.</summary>
internal static class ScalePlan
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static ExperimentPlan Plan { get; } = new()
    {
        Experiment = "checkout",
        UnitKind = "user",
        Variants = [new("control", 50), new("fast", 25), new("bold", 25)],
        Start = Start,
        End = Start.AddDays(7),
        Metrics =
        [
            new() { Key = "conversion", Kind = MetricKind.Conversion, Outcomes = new("purchase"), Role = MetricRole.Primary },
            new() { Key = "revenue", Kind = MetricKind.Mean, Outcomes = new("purchase"), Winsorize = 0.999, UseCovariate = true },
            new() { Key = "views", Kind = MetricKind.Count, Outcomes = new("view"), Role = MetricRole.Guardrail, Margin = 0.05 },
            new() { Key = "basket", Kind = MetricKind.Ratio, Outcomes = new("purchase"), Denominator = new("view") { Aggregation = OutcomeAggregation.Count } },
            new() { Key = "latency", Kind = MetricKind.Quantile, Outcomes = new("latency"), Level = 0.95 },
        ],
    };

    /// <summary>After the last outcomes.</summary>
    public static DateTimeOffset Now { get; } = Plan.ReadableFrom;
}
