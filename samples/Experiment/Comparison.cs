using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace Experiment;

/// <summary>Compares what the analysis found with what was planted.</summary>
internal static class Comparison
{
    /// <summary>Prints the comparison.</summary>
    /// <returns>True if every verdict is right.</returns>
    public static bool Print(ExperimentReport report)
    {
        Console.WriteLine("What was planted, and what the analysis found:");
        (string Planted, bool IsFound)[] checks =
        [
            ("One page sells 20 % more: better", Reading(report, "purchase", Truth.OnePage) == EffectReading.Better && Contains(report, "purchase", Truth.OnePage, 0.2)),
            ("Wallet first sells as much: not better, not worse", Reading(report, "purchase", Truth.WalletFirst) == EffectReading.NotClearYet),
            ("Orders are as large as before, on both pages", new[] { Truth.OnePage, Truth.WalletFirst }.All(page => Reading(report, "order-value", page) == EffectReading.NotClearYet)),
            ("One page leaves support alone: not harmed", Reading(report, "support", Truth.OnePage) == EffectReading.NotHarmed),
            ("Wallet first brings 60 % more support contacts: harmed", Reading(report, "support", Truth.WalletFirst) == EffectReading.Harmed && Contains(report, "support", Truth.WalletFirst, 0.6)),
            ("Every visitor is counted once", report.Data.Variants.Sum(variant => variant.Units) == Truth.Visitors && report.Traffic.IsSound),
            ("The verdict: ship one page", report.Verdict is { Kind: VerdictKind.Ship, Variant: Truth.OnePage }),
        ];
        foreach (var (planted, isFound) in checks)
            Console.WriteLine($"  {(isFound ? "found " : "MISSED")}  {planted}");
        var missed = checks.Count(check => !check.IsFound);
        Console.WriteLine(missed == 0 ? "All of it was found." : $"{missed} of {checks.Length} were missed.");
        return missed == 0;
    }

    private static EffectReading Reading(ExperimentReport report, string metric, string variant) => Effect(report, metric, variant).Reading;

    private static bool Contains(ExperimentReport report, string metric, string variant, double truth) =>
        Effect(report, metric, variant).Relative is { } relative && relative.Low <= truth && truth <= relative.High;

    private static VariantEffect Effect(ExperimentReport report, string metric, string variant) =>
        report.Metrics.First(known => known.Metric.Key == metric).Effects.First(effect => effect.Variant == variant);
}
