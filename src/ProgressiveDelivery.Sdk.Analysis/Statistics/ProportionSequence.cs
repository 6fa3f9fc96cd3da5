using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>
/// The exact interval of a proportion under continuous looking, from a Beta(1/2, 1/2) mixture (Robbins 1970; Lindon and Malek 2022). Wider than
/// <see cref="ConfidenceSequence"/>, but it holds from the first unit on: for rare events before that may start, and for display beside a guard. Thread-safe.
/// </summary>
public static class ProportionSequence
{
    /// <summary>Returns the interval of a proportion; from 0 to 1 without units.</summary>
    /// <param name="sample">The counts.</param>
    /// <param name="alpha">The chance that the interval ever leaves out the truth, above 0 and below 1.</param>
    /// <returns>The interval; or the reason for none.</returns>
    public static StatisticalResult<ProportionInterval> One(Proportion sample, double alpha)
    {
        if (Check(alpha, sample) is { } fault)
            return fault.As<ProportionInterval>();
        var (low, high) = ProportionBounds.One(sample.Units, sample.Events, alpha);
        return StatisticalResult<ProportionInterval>.Ok(new(low, high));
    }

    /// <summary>Returns the interval of a difference of proportions, treatment less control: each arm at half of alpha.</summary>
    /// <param name="control">The control.</param>
    /// <param name="treatment">The treatment.</param>
    /// <param name="alpha">The chance that the interval ever leaves out the truth, above 0 and below 1.</param>
    /// <returns>The interval; or the reason for none.</returns>
    public static StatisticalResult<ProportionInterval> Difference(Proportion control, Proportion treatment, double alpha)
    {
        if (Check(alpha, control, treatment) is { } fault)
            return fault.As<ProportionInterval>();
        var (low, high) = ProportionBounds.Difference(control.Units, control.Events, treatment.Units, treatment.Events, alpha);
        return StatisticalResult<ProportionInterval>.Ok(new(low, high));
    }

    private static Fault? Check(double alpha, params ReadOnlySpan<Proportion> samples)
    {
        if (!InputChecks.IsShare(alpha))
            return Fault.BadArgument;
        foreach (var sample in samples)
        {
            if (!sample.IsValid)
                return Fault.BadArgument;
        }

        return null;
    }
}
