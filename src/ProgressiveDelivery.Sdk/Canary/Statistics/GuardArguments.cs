namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The checks of a guard's numbers. NaN fails each of them.</summary>
internal static class GuardArguments
{
    /// <summary>Returns a value that is above 0 and below 1.</summary>
    public static double Share(double value, string name) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "The share is not above 0 and below 1.");

    /// <summary>Returns a finite value above a minimum.</summary>
    public static double Above(double minimum, double value, string name) =>
        value > minimum && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"The value is not finite, or not above {minimum}.");

    /// <summary>Returns a margin of 0 or more, and below 1.</summary>
    public static double Margin(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "The margin is not 0 or more and below 1.");

    /// <summary>Returns the size of a part of a block, from 1 to <see cref="BlockSizes.Max"/>.</summary>
    public static int Size(int value, string name) =>
        value is >= 1 and <= BlockSizes.Max ? value : throw new ArgumentOutOfRangeException(name, value, $"The size is not from 1 to {BlockSizes.Max}.");

    /// <summary>Returns a copy of odds ratios that are finite and above 1; at least one.</summary>
    public static double[] Odds(ReadOnlySpan<double> odds)
    {
        if (odds.IsEmpty)
            throw new ArgumentException("There is no odds ratio.", nameof(odds));
        foreach (var ratio in odds)
            Above(1, ratio, nameof(odds));
        return odds.ToArray();
    }
}
