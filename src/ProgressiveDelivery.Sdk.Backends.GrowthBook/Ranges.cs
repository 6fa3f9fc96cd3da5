using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>How variations divide the positions from 0 to 1.</summary>
internal static class Ranges
{
    private const double LeastSum = 0.99;
    private const double MostSum = 1.01;

    /// <summary>The ranges of variations by coverage and weights; weights that make no sense are equal ones.</summary>
    public static BucketRange[] Of(int variations, double coverage, double[]? weights)
    {
        coverage = Math.Clamp(coverage, 0, 1);
        var shares = weights is not null && weights.Length == variations && weights.Sum() is >= LeastSum and <= MostSum ? weights : EqualWeights(variations);
        var ranges = new BucketRange[shares.Length];
        double start = 0;
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new(start, start + (coverage * shares[i]));
            start += shares[i];
        }

        return ranges;
    }

    public static double[] EqualWeights(int variations) => variations <= 0 ? [] : [.. Enumerable.Repeat(1.0 / variations, variations)];

    /// <summary>A pair of numbers; null where it is none.</summary>
    public static BucketRange? Of(JsonElement? pair) =>
        pair is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() >= 2 && list[0].ValueKind == JsonValueKind.Number && list[1].ValueKind == JsonValueKind.Number
            ? new(list[0].GetDouble(), list[1].GetDouble())
            : null;
}
