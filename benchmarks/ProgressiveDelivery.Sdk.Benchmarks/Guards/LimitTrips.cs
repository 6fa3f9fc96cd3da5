using ProgressiveDelivery.Sdk.Benchmarks.Experiments;
using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>Guards against a limit that nothing exceeds, looked at after each outcome: how many trip.</summary>
internal static class LimitTrips
{
    private const int Outcomes = 20_000;
    private const double Alpha = 0.05;
    private const double Limit = 0.01;

    private static readonly (double Limit, TrafficPattern Pattern, bool IsPromised)[] Cases =
    [
        (0.001, TrafficPattern.Steady(0.001), true),
        (Limit, TrafficPattern.Steady(Limit), true),
        (0.1, TrafficPattern.Steady(0.1), true),
        (Limit, TrafficPattern.Steady(Limit / 2), true),
        (Limit, TrafficPattern.Swinging(0, Limit, 2_000), true),
        (Limit, TrafficPattern.Jumping(0.001, Limit, 500), true),
        (Limit, Retried(TrafficPattern.Steady(Limit), "bad ones are tried again"), true),
        (Limit, Retried(TrafficPattern.Steady(Limit), "the same, half of the retries fail, a request counts once") with { RetryRate = 0.5, CountsOnce = true }, true),
        (Limit, Retried(TrafficPattern.Steady(Limit), "the same, half of the retries fail, each try counts") with { RetryRate = 0.5 }, false),
    ];

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## False trips against a limit");
        page.Paragraph($"The share of {runs:#,##0} guards that trip within {Outcomes:#,##0} outcomes, looked at after each, though the rate is never above the limit. Promised: at most {Alpha * 100:0} %, for the lifetime guard ever, for the standing one within {Outcomes:#,##0} outcomes (threshold {Outcomes / Alpha:#,##0}). A share holds up to {Rate.Limit(Alpha, runs)}, which is the promise and three Monte-Carlo standard errors. A window trips when the share of bad ones among the last outcomes is above the limit, or twice the limit.");
        page.Head("rate", "limit", "lifetime", "standing", "last 100", "last 1,000", "last 1,000, twice the limit");
        foreach (var (limit, pattern, isPromised) in Cases)
        {
            var trials = Trials.Of(pattern.Name, runs, random => Run(new(pattern, random), limit));
            page.Row([pattern.Name + (isPromised ? "" : " (no promise)"), Markdown.Text($"{limit * 100:0.#} %"), .. Enumerable.Range(0, 5).Select(guard => Share(trials, guard, isPromised))]);
        }

        page.End();

        string Share(Trials trials, int guard, bool isPromised)
        {
            var rate = new Rate(trials.Tripped(guard), runs);
            return isPromised ? rate.Against(Alpha) : rate.ToString();
        }
    }

    private static TrafficPattern Retried(TrafficPattern pattern, string words) => pattern with { Name = $"{pattern.Name}, {words}", Retries = static _ => true };

    private static long[] Run(Traffic traffic, double limit)
    {
        LimitProcess[] processes = [new LifetimeLimit(limit, Alpha), new StandingLimit(limit, Outcomes / Alpha)];
        (WindowGuard Window, double Limit)[] windows = [(new(100), limit), (new(1_000), limit), (new(1_000), 2 * limit)];
        var trips = Enumerable.Repeat(Trials.Never, processes.Length + windows.Length).ToArray();
        var good = 0;
        for (var seen = 1; seen <= Outcomes; seen++)
        {
            var (_, isBad) = traffic.Next();
            for (var i = 0; i < windows.Length; i++)
            {
                windows[i].Window.Add(isBad);
                Trip(trips, processes.Length + i, windows[i].Window.IsAbove(windows[i].Limit), seen);
            }

            // Evidence beyond these thresholds only grows with a bad outcome.
            good += isBad ? 0 : 1;
            for (var i = 0; isBad && i < processes.Length; i++)
            {
                processes[i].AddGood(good);
                processes[i].Add(isBad: true);
                Trip(trips, i, processes[i].IsProof, seen);
            }

            good = isBad ? 0 : good;
        }

        return trips;
    }

    private static void Trip(long[] trips, int guard, bool isBeyond, long seen)
    {
        if (isBeyond && trips[guard] == Trials.Never)
            trips[guard] = seen;
    }
}
