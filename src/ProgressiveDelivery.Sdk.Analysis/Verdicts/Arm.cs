using System.Diagnostics.CodeAnalysis;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Verdicts;

/// <summary>The value of a metric in one variant, in the forms that the methods take.</summary>
internal sealed record Arm
{
    public required StatisticalStatus Status { get; init; }

    /// <summary>Indicates whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Estimate))]
    public bool IsOk => Estimate is not null;

    public string? Reason { get; init; }

    /// <summary>The value with its standard error.</summary>
    public ArmEstimate? Estimate { get; init; }

    /// <summary>The same as a sample of units; of a ratio, linearized by the delta method.</summary>
    public Sample Sample { get; init; }

    public Proportion? Proportion { get; init; }

    public RatioSample? Ratio { get; init; }

    public QuantileSample? Quantile { get; init; }

    public double? Value => Estimate?.Value;

    public static Arm Without(StatisticalStatus status, string? reason) => new() { Status = status, Reason = reason };
}
