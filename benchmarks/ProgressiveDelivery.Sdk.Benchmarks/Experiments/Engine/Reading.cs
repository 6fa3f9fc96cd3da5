using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

/// <summary>A kind of metric: how the library reads both arms.</summary>
/// <param name="Estimates">Returns the estimates that the confidence sequence takes; null if an arm has none yet.</param>
/// <param name="Fixed">Returns the interval of the test that is made for one look, at an alpha.</param>
/// <param name="Exact">Returns the exact sequence of proportions at an alpha; null for all other metrics.</param>
internal sealed record Reading(
    Func<Arms, (ArmEstimate Control, ArmEstimate Treatment)?> Estimates, Func<Arms, double, Interval?> Fixed, Func<Arms, double, Interval?>? Exact = null)
{
    /// <summary>A share of units.</summary>
    public static Reading Proportions { get; } = new(
        arms => (ArmEstimate.Of(arms.Control.Proportion.ToSample()), ArmEstimate.Of(arms.Treatment.Proportion.ToSample())),
        (arms, alpha) => ProportionTest.Compare(arms.Control.Proportion, arms.Treatment.Proportion, alpha).Value is { } found ? new(found.Low, found.High) : null,
        (arms, alpha) => ProportionSequence.Difference(arms.Control.Proportion, arms.Treatment.Proportion, alpha).Value is { } found ? new(found.Low, found.High) : null);

    /// <summary>A mean per unit, winsorized if the scenario is.</summary>
    public static Reading Means { get; } = new(
        arms => (ArmEstimate.Of(arms.SampleOf(arms.Control)), ArmEstimate.Of(arms.SampleOf(arms.Treatment))),
        (arms, alpha) => Welch(arms.SampleOf(arms.Control), arms.SampleOf(arms.Treatment), alpha));

    /// <summary>A mean per unit whose minority is kept from the sequence, so that it does not wait for 100.</summary>
    public static Reading MeansOfUnknownMinority { get; } = Means with
    {
        Estimates = arms => Means.Estimates(arms) is { } known ? (known.Control with { Minority = null }, known.Treatment with { Minority = null }) : null,
    };

    /// <summary>A ratio of two sums.</summary>
    public static Reading Ratios { get; } = new(
        arms => RatioTest.Estimate(arms.Control.Ratio).Value is { } control && RatioTest.Estimate(arms.Treatment.Ratio).Value is { } treatment ? (control, treatment) : null,
        (arms, alpha) => RatioTest.Compare(arms.Control.Ratio, arms.Treatment.Ratio, alpha).Value is { } found ? new(found.Low, found.High) : null);

    /// <summary>A mean per unit, adjusted for a covariate.</summary>
    public static Reading Adjusted { get; } = new(
        arms => Adjust(arms) is { } adjusted ? (ArmEstimate.Of(adjusted.Arms[0]), ArmEstimate.Of(adjusted.Arms[1])) : null,
        (arms, alpha) => Adjust(arms) is { } adjusted ? Welch(adjusted.Arms[0], adjusted.Arms[1], alpha) : null);

    private static CupedAdjustment? Adjust(Arms arms) => Cuped.Adjust([arms.Control.Covariate, arms.Treatment.Covariate]).Value;

    private static Interval? Welch(Sample control, Sample treatment, double alpha) =>
        WelchTest.Compare(control, treatment, alpha).Value is { } found ? new(found.Low, found.High) : null;
}
