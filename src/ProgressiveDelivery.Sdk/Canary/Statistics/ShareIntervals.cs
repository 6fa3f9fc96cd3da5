namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The shares of bad outcomes with the exact intervals that hold however often they are read (statistics.md, section 12), for display beside a guard.</summary>
internal static class ShareIntervals
{
    /// <summary>Returns the share of bad outcomes; null without outcomes.</summary>
    /// <param name="outcomes">The number of outcomes.</param>
    /// <param name="bad">The number of bad ones.</param>
    /// <param name="alpha">The chance that the interval ever leaves out the truth, above 0 and below 1.</param>
    public static ShareInterval? Of(long outcomes, long bad, double alpha)
    {
        GuardArguments.Share(alpha, nameof(alpha));
        var (low, high) = ProportionBounds.One(outcomes, Seen(outcomes, bad), alpha);
        return outcomes == 0 ? null : new(Share(outcomes, bad), low, high);
    }

    /// <summary>Returns the treatment's share less the control's; null without outcomes of both.</summary>
    public static ShareInterval? Difference(long control, long controlBad, long treatment, long treatmentBad, double alpha)
    {
        GuardArguments.Share(alpha, nameof(alpha));
        if (control == 0 || treatment == 0)
            return null;
        var (low, high) = ProportionBounds.Difference(control, Seen(control, controlBad), treatment, Seen(treatment, treatmentBad), alpha);
        return new(Share(treatment, treatmentBad) - Share(control, controlBad), low, high);
    }

    private static double Share(long outcomes, long bad) => (double)Seen(outcomes, bad) / outcomes;

    // Counts that other threads raise may be read a moment apart.
    private static long Seen(long outcomes, long bad) => Math.Min(outcomes, bad);
}
