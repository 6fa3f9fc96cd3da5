using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The comparison of two arms. Numbers that do not exist are null.</summary>
internal sealed record Comparison
{
    public required StatisticalStatus Status { get; init; }

    public string? Reason { get; init; }

    public Interval? Absolute { get; init; }

    public Interval? Relative { get; init; }

    public double? PValue { get; init; }

    public static Comparison Without(StatisticalStatus status, string? reason) => new() { Status = status, Reason = reason };
}
