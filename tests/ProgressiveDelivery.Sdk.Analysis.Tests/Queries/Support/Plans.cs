namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>Plans for tests.</summary>
internal static class Plans
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A sound plan with one metric: conversion by 'purchase'.</summary>
    public static ExperimentPlan Simple { get; } = new()
    {
        Experiment = "checkout",
        UnitKind = "user",
        Variants = [new("control", 50), new("fast", 50)],
        Start = Start,
        End = Start.AddDays(7),
        Metrics = [new() { Key = "conversion", Kind = MetricKind.Conversion, Outcomes = new("purchase"), Role = MetricRole.Primary }],
    };

    /// <summary>A plan with all kinds of metrics, filters, windows and options.</summary>
    public static ExperimentPlan Full { get; } = Simple with
    {
        Variants = [new("control", 50), new("fast", 25), new("bold", 25)],
        OutcomeWindow = TimeSpan.FromDays(3),
        CovariateWindow = TimeSpan.FromDays(4),
        Metrics =
        [
            new() { Key = "revenue", Kind = MetricKind.Mean, Outcomes = new("purchase"), UseCovariate = true, Role = MetricRole.Primary },
            new() { Key = "capped", Kind = MetricKind.Mean, Outcomes = new("purchase"), Winsorize = 0.9, UseCovariate = true },
            new() { Key = "capped-buyers", Kind = MetricKind.Mean, Outcomes = new("purchase"), Winsorize = 0.6, WinsorizeNonZero = true },
            new() { Key = "conversion", Kind = MetricKind.Conversion, Outcomes = new("purchase"), UseCovariate = true },
            new() { Key = "large", Kind = MetricKind.Count, Outcomes = new("purchase") { MinValue = 5, MaxValue = 20 }, WindowEnd = TimeSpan.FromHours(30), UseCovariate = true },
            new() { Key = "retention", Kind = MetricKind.Retention, Outcomes = new("view"), WindowStart = TimeSpan.FromDays(1), WindowEnd = TimeSpan.FromDays(5) },
            new() { Key = "basket", Kind = MetricKind.Ratio, Outcomes = new("purchase"), Denominator = new("view") { Aggregation = OutcomeAggregation.Count } },
            new() { Key = "clicks", Kind = MetricKind.Ratio, Outcomes = new("view") { Aggregation = OutcomeAggregation.Count }, Denominator = new("latency") },
            new() { Key = "app", Kind = MetricKind.Count, Outcomes = new("view") { Attributes = new Dictionary<string, string> { ["device/os"] = "phone", ["re~gion"] = "it's" } } },
            new() { Key = "latency", Kind = MetricKind.Quantile, Outcomes = new("latency"), Level = 0.75 },
            new() { Key = "early-latency", Kind = MetricKind.Quantile, Outcomes = new("latency") { MinValue = 20 }, Level = 0.5, WindowEnd = TimeSpan.FromDays(1) },
            new() { Key = "never", Kind = MetricKind.Mean, Outcomes = new("nothing") },
        ],
    };
}
