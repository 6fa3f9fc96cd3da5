namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>The checks of counts and weights that both tests of sample ratio mismatch share.</summary>
internal static class VariantWeights
{
    /// <summary>Returns true if there are as many counts as weights, two or more, all finite and none negative, and not all weights are 0.</summary>
    public static bool AreValid(IReadOnlyList<long> counts, IReadOnlyList<double> weights)
    {
        var total = weights.Sum();
        return counts.Count == weights.Count && counts.Count >= 2 && counts.All(count => count >= 0) && weights.All(weight => weight >= 0)
            && total > 0 && double.IsFinite(total);
    }

    /// <summary>Returns the weights with the largest between 1 and 2, divided by a power of two: no digit is lost, and no product with a count overflows.</summary>
    public static double[] Scaled(IReadOnlyList<double> weights)
    {
        var largest = weights.Count == 0 ? 0 : weights.Max();
        return largest > 0 && double.IsFinite(largest) ? [.. weights.Select(weight => Math.ScaleB(weight, -Math.ILogB(largest)))] : [.. weights];
    }

    /// <summary>Returns the indexes of the variants that take part: those with a weight or units.</summary>
    public static int[] Arms(IReadOnlyList<long> counts, IReadOnlyList<double> weights) =>
        [.. Enumerable.Range(0, counts.Count).Where(arm => weights[arm] > 0 || counts[arm] > 0)];
}
