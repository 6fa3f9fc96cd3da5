using ProgressiveDelivery.Sdk;

namespace Quickstart.Steps;

/// <summary>An experiment's split, counted.</summary>
internal sealed class Experiment(IFeatureClient features) : IStep
{
    private static readonly (string Variant, double Share)[] Split = [("control", 0.50), ("short", 0.25), ("long", 0.25)];

    public string Title => "An experiment over 10,000 visitors";

    public Task RunAsync(CancellationToken cancellationToken)
    {
        var variants = Assign();
        var counts = Split.Select(part => variants.Count(variant => variant == part.Variant)).ToArray();
        var p = PValue(counts);

        Report.Table(["variant", "asked for", "visitors", "share", "off by"], Split.Select((part, i) => Row(part.Variant, part.Share, counts[i])));
        Report.Text($"chi-square p = {p:0.000}: a fair split is off by this much or more in {p:0 %} of experiments.");
        Check.That(counts.Sum() == Visitor.Many.Count, $"only {counts.Sum()} of {Visitor.Many.Count} visitors were assigned");
        Check.That(p > 0.001, $"the split is skewed: p = {p:0.000000}");
        Check.That(Assign().SequenceEqual(variants), "the same visitors should get the same variants when asked again");
        Report.Done("as weighted, and the same for everybody when asked again");
        return Task.CompletedTask;
    }

    private string?[] Assign() => [.. Visitor.Many.Select(visitor => features.Evaluate(Flags.Banner, visitor).Variant)];

    private static string[] Row(string variant, double share, int count)
    {
        var actual = (double)count / Visitor.Many.Count;
        return [variant, $"{share:0 %}", $"{count:N0}", $"{actual:0.00 %}", $"{(actual - share) * 100:+0.00;-0.00} points"];
    }

    private static double PValue(int[] counts)
    {
        var squares = Split.Zip(counts, (part, count) => (Expected: part.Share * Visitor.Many.Count, Count: count))
            .Sum(cell => Math.Pow(cell.Count - cell.Expected, 2) / cell.Expected);
        return Math.Exp(-squares / 2); // exact for three variants: two degrees of freedom
    }
}
