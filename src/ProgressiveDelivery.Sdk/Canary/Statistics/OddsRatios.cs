namespace ProgressiveDelivery.Sdk.Canary.Statistics;

/// <summary>The alternatives that a guard watches for: the odds of a bad outcome are this many times those allowed. All have the same weight (statistics.md, section 13).</summary>
internal static class OddsRatios
{
    public static ReadOnlySpan<double> Grid => [1.1, 1.25, 1.5, 2, 3, 5, 10, 25, 100, 500];
}
