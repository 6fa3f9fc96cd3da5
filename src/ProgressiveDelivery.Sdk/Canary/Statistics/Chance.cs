namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The chances of a bad and of a good outcome, which add up to 1. One less the other would lose its digits. Immutable.</summary>
internal readonly record struct Chance(double Bad, double Good)
{
    public static Chance Of(double bad) => new(bad, 1 - bad);

    /// <summary>Returns the chance whose odds are so many times these.</summary>
    public Chance WithOdds(double ratio)
    {
        var scale = 1 + ((ratio - 1) * Bad);
        return new(ratio * Bad / scale, Good / scale);
    }

    /// <summary>Returns the natural logarithm of the likelihood of counts here, over that at another chance.</summary>
    public double LogRatio(Chance other, int bad, int good) => (bad * Math.Log(Bad / other.Bad)) + (good * Math.Log(Good / other.Good));
}
