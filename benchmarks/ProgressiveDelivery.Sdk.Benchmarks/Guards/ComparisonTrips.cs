using ProgressiveDelivery.Sdk.Benchmarks.Experiments;
using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Benchmarks.Guards;

/// <summary>Guards of a treatment that is as good as its control, looked at after each outcome: how many trip.</summary>
internal static class ComparisonTrips
{
    private const int Blocks = 300;
    private const double Alpha = 0.05;
    private const int Window = 200;
    private const int MinBad = 5;

    private static readonly (TrafficPattern Pattern, bool IsPromised)[] Cases =
    [
        .. from share in (double[])[0.01, 0.1, 0.5]
           from rate in (double[])[0.001, 0.01, 0.1]
           select (TrafficPattern.Steady(rate) with { Share = share }, true),
        .. from share in (double[])[0.1, 0.5]
           from pattern in (TrafficPattern[])
           [
               TrafficPattern.Swinging(0.02, 0.5, 1_000),
               TrafficPattern.Jumping(0.02, 0.5, 250),
               TrafficPattern.Jumping(0.02, 0.5, 7),
               Retried(TrafficPattern.Steady(0.1), "the control's bad ones are tried again", static isTreatment => !isTreatment),
               Retried(TrafficPattern.Steady(0.1), "the treatment's bad ones are tried again", static isTreatment => isTreatment),
               Retried(TrafficPattern.Swinging(0.02, 0.5, 1_000), "bad ones are tried again", static _ => true),
           ]
           select (pattern with { Share = share }, true),
        (Retried(TrafficPattern.Jumping(0.02, 0.5, 7), "the treatment's bad ones are tried again", static isTreatment => isTreatment) with { Share = 0.5 }, false),
        (Retried(TrafficPattern.Jumping(0.02, 0.5, 7), "the same, a request counts once", static isTreatment => isTreatment) with { Share = 0.5, CountsOnce = true }, true),
    ];

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## False trips against the control");
        page.Paragraph($"The share of {runs:#,##0} guards that trip within {Blocks} blocks, though both variants have the same rate at each moment. Promised: at most {Alpha * 100:0} %, for the lifetime guard ever, for the standing one within {Blocks} blocks (threshold {Blocks / Alpha:#,##0}). A share holds up to {Rate.Limit(Alpha, runs)}. The window trips when the last {Window} outcomes of the treatment have more than twice as many bad ones as the last {Window} of the control, and at least {MinBad}. Retries are immediate, up to {TrafficPattern.MaxRetries}, and each try counts unless it says otherwise.");
        page.Head("rate of both", "share", "outcomes", "surplus", "lifetime", "standing", "window");
        foreach (var (pattern, isPromised) in Cases)
            Write(page, pattern, isPromised, runs);
        page.End();
    }

    private static void Write(Markdown page, TrafficPattern pattern, bool isPromised, int runs)
    {
        var (outcomes, surplus) = (0L, 0L);
        var trials = Trials.Of(Markdown.Text($"{pattern.Name} at {pattern.Share}"), runs, random =>
        {
            var (trips, seen, left) = Run(new(pattern, random), BlockSizes.For(pattern.Share));
            Interlocked.Add(ref outcomes, seen);
            Interlocked.Add(ref surplus, left);
            return trips;
        });
        page.Row([
            pattern.Name + (isPromised ? "" : " (no promise)"), Markdown.Text($"{pattern.Share * 100:0} %"), Markdown.Text($"{outcomes / runs:#,##0}"), Markdown.Text($"{100.0 * surplus / outcomes:0} %"),
            .. Enumerable.Range(0, 3).Select(guard => new Rate(trials.Tripped(guard), runs)).Select(rate => isPromised ? rate.Against(Alpha) : rate.ToString())]);
    }

    private static TrafficPattern Retried(TrafficPattern pattern, string words, Func<bool, bool> retries) => pattern with { Name = $"{pattern.Name}, {words}", Retries = retries };

    private static (long[] Trips, long Seen, long Surplus) Run(Traffic traffic, BlockSizes sizes)
    {
        var factors = new BlockFactors(ComparisonNull.Default);
        var (lifetime, standing) = (new LifetimeBlocks(factors, Alpha), new StandingBlocks(factors, Blocks / Alpha));
        var (blocks, others) = (new BlockSequence(lifetime, sizes), new BlockSequence(standing, sizes));
        var (control, treatment) = (new WindowGuard(Window), new WindowGuard(Window));
        long[] trips = [Trials.Never, Trials.Never, Trials.Never];
        var seen = 0L;
        while (blocks.Blocks < Blocks)
        {
            var (isTreatment, isBad) = traffic.Next();
            seen++;
            (isTreatment ? treatment : control).Add(isBad);
            others.Add(isTreatment, isBad);
            if (blocks.Add(isTreatment, isBad))
            {
                trips[0] = lifetime.IsProof ? Math.Min(trips[0], seen) : trips[0];
                trips[1] = standing.IsProof ? Math.Min(trips[1], seen) : trips[1];
            }

            if (control.IsFull && treatment.IsFull && treatment.Bad >= MinBad && treatment.Bad > 2 * control.Bad)
                trips[2] = Math.Min(trips[2], seen);
        }

        return (trips, seen, blocks.Surplus);
    }
}
