using ProgressiveDelivery.Sdk.Benchmarks.Experiments;
using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;
using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>Guards against a limit that is exceeded: how many outcomes they take.</summary>
internal static class LimitTimes
{
    private const double Alpha = 0.01;
    private const double Threshold = 1e8;
    private const int Good = 100_000;
    private const int Window = 1_000;
    private const long Max = 10_000_000;

    public static IReadOnlyList<(double Before, double After)> Rises { get; } = [(0.001, 0.01), (0.01, 0.05), (0.1, 0.2)];

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## Outcomes until a trip, against a limit");
        page.Paragraph($"The median and the 90th percentile of {runs:#,##0} guards with the defaults: lifetime at {Alpha * 100:0} %, standing at {Alpha * 100:0} % within 1,000,000 outcomes. The limit is the lower rate; from the start, and after {Good:#,##0} good outcomes. The window holds {Window:#,##0} outcomes, and trips above the limit: it is fast, and trips as often without reason (see above). The last columns are the median of all requests, of both variants, that the standing guard takes from the start.");
        page.Head("limit → rate", "lifetime", "standing", "window", "lifetime, after good", "standing, after good", "window, after good", "requests at 1 %", "at 10 %", "at 50 %");
        foreach (var (before, after) in Rises)
        {
            var (fresh, late) = (Times(before, after, runs, 0), Times(before, after, runs, Good));
            page.Row([
                Markdown.Text($"{before * 100:0.#} → {after * 100:0.#} %"),
                .. Enumerable.Range(0, 3).Select(fresh.Times), .. Enumerable.Range(0, 3).Select(late.Times),
                .. ((double[])[0.01, 0.1, 0.5]).Select(share => Markdown.Text($"{fresh.Median(1) / share:#,##0}"))]);
        }

        page.End();
    }

    private static Trials Times(double before, double after, int runs, int good) =>
        Trials.Of(Markdown.Text($"limit {before} {after} {good}"), runs, random => Run(random, before, after, good));

    private static long[] Run(RandomStream random, double limit, double rate, int good)
    {
        LimitProcess[] processes = [new LifetimeLimit(limit, Alpha), new StandingLimit(limit, Threshold)];
        var window = new WindowGuard(Window);
        foreach (var process in processes)
            process.AddGood(good);
        for (var i = 0; i < Math.Min(good, Window); i++)
            window.Add(isBad: false);

        long[] trips = [Trials.Never, Trials.Never, Trials.Never];
        for (long seen = 1; seen <= Max && trips.Contains(Trials.Never); seen++)
        {
            var isBad = random.Share() < rate;
            window.Add(isBad);
            for (var i = 0; i < processes.Length; i++)
            {
                processes[i].Add(isBad);
                if (isBad && processes[i].IsProof)
                    trips[i] = Math.Min(trips[i], seen);
            }

            if (window.IsAbove(limit))
                trips[2] = Math.Min(trips[2], seen);
        }

        return trips;
    }
}
