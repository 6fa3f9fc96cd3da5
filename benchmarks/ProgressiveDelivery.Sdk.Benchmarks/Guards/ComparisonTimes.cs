using ProgressiveDelivery.Sdk.Benchmarks.Experiments;
using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>Guards of a treatment that is worse than its control: how many outcomes they take.</summary>
internal static class ComparisonTimes
{
    private const double Alpha = 0.01;
    private const double Threshold = 1e8;
    private const int Good = 100_000;
    private const long Max = 10_000_000;

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## Outcomes until a trip, against the control");
        page.Paragraph($"The median and the 90th percentile of the treatment's outcomes, of {runs:#,##0} guards with the defaults; from the start, and after {Good:#,##0} outcomes of both variants at the lower rate. Then the treatment has the higher one. All requests are the treatment's over its share.");
        page.Head("control → treatment", "share", "blocks", "lifetime", "standing", "lifetime, after good", "standing, after good", "requests, standing");
        foreach (var (before, after) in LimitTimes.Rises)
        {
            foreach (var share in (double[])[0.01, 0.1, 0.5])
                Write(page, before, after, share, runs);
        }

        page.End();
    }

    private static void Write(Markdown page, double before, double after, double share, int runs)
    {
        var sizes = BlockSizes.For(share);
        var (fresh, late) = (Of(0), Of(Good));
        page.Row(
            Markdown.Text($"{before * 100:0.#} → {after * 100:0.#} %"), Markdown.Text($"{share * 100:0} %"), $"{sizes.Control} : {sizes.Treatment}",
            fresh.Times(0), fresh.Times(1), late.Times(0), late.Times(1), Markdown.Text($"{fresh.Median(1) / share:#,##0}"));

        Trials Of(int good)
        {
            var pattern = new TrafficPattern(Markdown.Text($"{before} {after} {share} {good}"), (outcomes, isTreatment) => isTreatment && outcomes >= good ? after : before) { Share = share };
            return Trials.Of(pattern.Name, runs, random => Run(new(pattern, random), sizes, good));
        }
    }

    private static long[] Run(Traffic traffic, BlockSizes sizes, int good)
    {
        var factors = new BlockFactors(ComparisonNull.Default);
        BlockProcess[] processes = [new LifetimeBlocks(factors, Alpha), new StandingBlocks(factors, Threshold)];
        var sequences = Array.ConvertAll(processes, process => new BlockSequence(process, sizes));
        long[] trips = [Trials.Never, Trials.Never];
        var treatment = 0L;
        for (long seen = 0; seen < Max && trips.Contains(Trials.Never); seen++)
        {
            var (isTreatment, isBad) = traffic.Next();
            treatment += isTreatment && seen >= good ? 1 : 0;
            for (var i = 0; i < processes.Length; i++)
            {
                // A false trip before the rise is none of a rise.
                if (sequences[i].Add(isTreatment, isBad) && seen >= good && processes[i].IsProof)
                    trips[i] = Math.Min(trips[i], treatment);
            }
        }

        return trips;
    }
}
