namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The outcomes that an estimate of the control's share adds to those seen. Immutable.</summary>
internal readonly record struct ControlPrior
{
    /// <param name="bad">The bad outcomes to add, above 0.</param>
    /// <param name="good">The good ones, above 0.</param>
    public ControlPrior(double bad, double good) => (Bad, Good) = (GuardArguments.Above(0, bad, nameof(bad)), GuardArguments.Above(0, good, nameof(good)));

    public static ControlPrior Default { get; } = new(0.5, 0.5);

    public double Bad { get; }

    public double Good { get; }

    /// <summary>Returns the estimate. Counts that other threads raise may be read a moment apart, so there may be more bad outcomes than outcomes.</summary>
    public Chance Estimate(long outcomes, long bad)
    {
        var all = outcomes + Bad + Good;
        var seen = Math.Min(bad, outcomes);
        return new((seen + Bad) / all, (outcomes - seen + Good) / all);
    }
}
