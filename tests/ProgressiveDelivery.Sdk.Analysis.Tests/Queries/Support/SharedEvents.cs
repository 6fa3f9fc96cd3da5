using System.Text.Json;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Queries.Support;

/// <summary>The published event file with its settings and what comes out of it, where it is on the machine.</summary>
internal static class SharedEvents
{
    private static readonly string Folder = Path.Combine(
        Environment.GetEnvironmentVariable("PD_CONFORMANCE_DIR") is { Length: > 0 } configured ? configured : Repository.PathOf("..", "shared", "conformance"), "statistics", "events");

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Lack => File.Exists(Lines) ? null : $"No event file at '{Lines}'. Set PD_CONFORMANCE_DIR to run it.";

    public static string Lines => Path.Combine(Folder, "small.jsonl");

    public static JsonElement Expected => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "small.expected.json"))).RootElement;

    public static ExperimentPlan Plan
    {
        get
        {
            var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "analysis.json"))).RootElement;
            var purchases = new OutcomeSelection("purchase");
            return new()
            {
                Experiment = settings.GetProperty("experiment").GetString()!,
                UnitKind = settings.GetProperty("unitKind").GetString()!,
                Variants = [.. settings.GetProperty("variants").EnumerateArray().Zip(
                    settings.GetProperty("weights").EnumerateArray(), (variant, weight) => new PlannedVariant(variant.GetString()!, weight.GetDouble()))],
                Start = settings.GetProperty("start").GetDateTimeOffset(),
                End = settings.GetProperty("end").GetDateTimeOffset(),
                OutcomeWindow = TimeSpan.FromDays(settings.GetProperty("outcomeDays").GetDouble()),
                CovariateWindow = TimeSpan.FromDays(settings.GetProperty("covariateDays").GetDouble()),
                Metrics =
                [
                    new() { Key = "revenue", Kind = MetricKind.Mean, Outcomes = purchases, UseCovariate = true, Role = MetricRole.Primary },
                    new() { Key = "purchases", Kind = MetricKind.Count, Outcomes = purchases },
                    new() { Key = "conversion", Kind = MetricKind.Conversion, Outcomes = purchases },
                    new() { Key = "winsorisedRevenue", Kind = MetricKind.Mean, Outcomes = purchases, Winsorize = settings.GetProperty("winsorise").GetDouble() },
                    new() { Key = "basket", Kind = MetricKind.Ratio, Outcomes = purchases, Denominator = purchases with { Aggregation = OutcomeAggregation.Count } },
                    new() { Key = "latency", Kind = MetricKind.Quantile, Outcomes = new("latency"), Level = settings.GetProperty("quantile").GetDouble() },
                ],
            };
        }
    }
}
