namespace ProgressiveDelivery.Sdk.Analysis.Statistics;

/// <summary>Adjusts p-values for their number. Ties keep their order. Thread-safe.</summary>
public static class MultipleComparisons
{
    /// <summary>
    /// Limits the chance of one false rejection or more (Holm 1979). Holds under any dependence. The default over the variants of the primary metric, where a
    /// wrong launch is dear.
    /// </summary>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <param name="alpha">The chance of a false rejection, above 0 and below 1.</param>
    /// <returns>The adjusted p-values; or the reason for none.</returns>
    public static StatisticalResult<AdjustedPValues> Holm(IReadOnlyList<double> pValues, double alpha)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (Check(pValues, alpha) is { } fault)
            return fault.As<AdjustedPValues>();
        var (order, adjusted, largest) = (Ascending(pValues), new double[pValues.Count], 0.0);
        for (var rank = 1; rank <= order.Length; rank++)
        {
            var index = order[rank - 1];
            largest = Math.Max(largest, Math.Min(1, pValues[index] * (order.Length - rank + 1)));
            adjusted[index] = largest;
        }

        return Result(adjusted, alpha);
    }

    /// <summary>
    /// Limits the expected share of false rejections (Benjamini and Hochberg 1995). Assumes independence or positive dependence. The default over secondary
    /// metrics.
    /// </summary>
    /// <param name="pValues">The p-values, each from 0 to 1.</param>
    /// <param name="alpha">The share of false rejections, above 0 and below 1.</param>
    /// <returns>The adjusted p-values; or the reason for none.</returns>
    public static StatisticalResult<AdjustedPValues> BenjaminiHochberg(IReadOnlyList<double> pValues, double alpha)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (Check(pValues, alpha) is { } fault)
            return fault.As<AdjustedPValues>();
        var (order, adjusted, smallest) = (Ascending(pValues), new double[pValues.Count], 1.0);
        for (var rank = order.Length; rank >= 1; rank--)
        {
            var index = order[rank - 1];
            smallest = Math.Min(smallest, pValues[index] * order.Length / rank);
            adjusted[index] = smallest;
        }

        return Result(adjusted, alpha);
    }

    private static Fault? Check(IReadOnlyList<double> pValues, double alpha) =>
        !InputChecks.IsShare(alpha) ? Fault.BadArgument
        : pValues.Count == 0 ? Fault.Units
        : pValues.All(value => value is >= 0 and <= 1) ? null
        : Fault.BadArgument;

    private static int[] Ascending(IReadOnlyList<double> pValues) => [.. Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index])];

    private static StatisticalResult<AdjustedPValues> Result(double[] adjusted, double alpha) =>
        StatisticalResult<AdjustedPValues>.Ok(new(adjusted, [.. adjusted.Select(value => value <= alpha)]));
}
