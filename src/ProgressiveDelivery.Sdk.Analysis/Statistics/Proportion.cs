namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The units of an arm, and those with an event. Immutable.</summary>
/// <param name="Units">The number of units.</param>
/// <param name="Events">The number of units with the event, from 0 to <paramref name="Units"/>.</param>
public readonly record struct Proportion(long Units, long Events)
{
    /// <summary>The share of units with the event; 0 without units.</summary>
    public double Share => Units == 0 ? 0 : (double)Events / Units;

    /// <summary>The share of units without the event. One less the share would lose its digits.</summary>
    internal double OtherShare => Units == 0 ? 0 : (double)(Units - Events) / Units;

    /// <summary>Returns true if there are no more events than units, and neither is negative.</summary>
    internal bool IsValid => Units >= 0 && Events >= 0 && Events <= Units;

    /// <summary>Returns the same data as a metric of zeros and ones, for methods that take means: a relative uplift or a <see cref="ConfidenceSequence"/>.</summary>
    /// <returns>The sample, with <see cref="Sample.Minority"/>. Its variance is 0 for fewer than two units.</returns>
    public Sample ToSample()
    {
        var variance = Units < 2 ? 0 : Share * OtherShare * (Units / (Units - 1.0));
        return new(Units, Share, variance) { Minority = Math.Min(Events, Units - Events) };
    }
}
