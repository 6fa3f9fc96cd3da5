using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

/// <summary>Events for tests.</summary>
internal static class SomeEvents
{
    public static ExposureEvent Exposure(string id, string unit = "u1", string variant = "fast", DateTimeOffset? time = null) => new()
    {
        Id = id,
        Time = time ?? Some.Monday,
        Unit = unit,
        UnitKind = "targetingKey",
        Flag = "checkout-page",
        Experiment = "checkout-2026-03",
        Variant = variant,
        Rule = "experiment-1",
        Reason = EvaluationReason.Split,
        SnapshotVersion = 17,
        Origin = SnapshotOrigin.Source,
    };

    public static OutcomeEvent Outcome(string id, double value = 12.5, string metric = "purchase") => new()
    {
        Id = id,
        Time = Some.Monday,
        Unit = "u1",
        UnitKind = "targetingKey",
        Metric = metric,
        Value = value,
    };

    public static EventCount Count(string id, long count = 3) => new()
    {
        Id = id,
        From = Some.Monday,
        To = Some.Monday,
        Flag = "checkout-page",
        Variant = "fast",
        Count = count,
    };

    public static EventBatch Batch(params string[] ids) => new("batch-1", [.. ids.Select(id => Exposure(id))]);
}
