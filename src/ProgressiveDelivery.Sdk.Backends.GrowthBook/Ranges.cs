using System.Globalization;
using System.Text.Json;
using ProgressiveDelivery.Sdk.Definitions.Translation;
using ProgressiveDelivery.Sdk.Json;

namespace ProgressiveDelivery.Sdk.Backends.GrowthBook;

/// <summary>The ranges of variations among the positions from 0 to 1.</summary>
internal static class Ranges
{
    private const double LeastSum = 0.99;
    private const double MaxSum = 1.01;

    /// <summary>Returns the ranges of variations by coverage and weights. Invalid weights are replaced by equal ones.</summary>
    public static BucketRange[] Of(int variations, double coverage, double[]? weights)
    {
        coverage = double.IsNaN(coverage) ? 0 : Math.Clamp(coverage, 0, 1);
        var shares = weights is not null && weights.Length == variations && weights.Sum() is >= LeastSum and <= MaxSum ? weights : EqualWeights(variations);
        var ranges = new BucketRange[shares.Length];
        double start = 0;
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new(start, start + (coverage * shares[i]));
            start += shares[i];
        }

        return ranges;
    }

    /// <summary>Returns the coverage of a rule, also if it is written as a text; null if it has none, not a number (NaN) if it is no number.</summary>
    public static double? CoverageOf(JsonElement rule) => BackendJson.Find(rule, "coverage") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN,
        _ => double.NaN,
    };

    public static double[] EqualWeights(int variations) => variations <= 0 ? [] : [.. Enumerable.Repeat(1.0 / variations, variations)];

    /// <summary>Returns the range of a pair of numbers, or null if it is not one.</summary>
    public static BucketRange? Of(JsonElement? pair) =>
        pair is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() >= 2 && list[0].ValueKind == JsonValueKind.Number && list[1].ValueKind == JsonValueKind.Number
            ? new(list[0].GetDouble(), list[1].GetDouble())
            : null;
}
