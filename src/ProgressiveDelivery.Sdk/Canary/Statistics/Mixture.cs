namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The evidence of alternatives of equal weight.</summary>
internal static class Mixture
{
    /// <summary>Returns the natural logarithm of the mean of numbers that are given by theirs. The largest is taken out, so that none overflows.</summary>
    public static double LogMean(ReadOnlySpan<double> logs)
    {
        var max = double.NegativeInfinity;
        foreach (var log in logs)
            max = Math.Max(max, log);
        var sum = 0.0;
        foreach (var log in logs)
            sum += Math.Exp(log - max);
        return max + Math.Log(sum / logs.Length);
    }
}
