using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>The split of units, looked at after each percent of them: false alarms, and alarms where it is off.</summary>
internal static class Splits
{
    private const double Alpha = SampleRatioChiSquared.DefaultAlpha;
    private const int Batch = 500;

    private static readonly (double[] Planned, double[] Actual)[] Cases =
    [
        ([0.5, 0.5], [0.5, 0.5]),
        ([0.9, 0.1], [0.9, 0.1]),
        ([0.5, 0.25, 0.25], [0.5, 0.25, 0.25]),
        ([0.5, 0.5], [0.51, 0.49]),
        ([0.5, 0.5], [0.52, 0.48]),
        ([0.5, 0.5], [0.6, 0.4]),
        ([0.9, 0.1], [0.91, 0.09]),
    ];

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## Split of units: {Scenario.Looks} looks, {Scenario.Looks * Batch:#,##0} units, alarm at 0.1 %");
        page.Paragraph($"Share of {runs:#,##0} experiments with an alarm. Where the split is as planned, a share holds up to {Rate.Limit(Alpha, runs)}.");
        page.Head("planned", "actual", "sequential test", "median units to its alarm", "chi-square, looked at 100 times", "chi-square, once");
        foreach (var (planned, actual) in Cases)
            Write(page, planned, actual, runs);
        page.End();
    }

    private static void Write(Markdown page, double[] planned, double[] actual, int runs)
    {
        var tallies = Repeat(planned, actual, runs);
        var isSound = planned.SequenceEqual(actual);
        page.Row(
            Shares(planned), Shares(actual), Text(tallies[0].EverDifferent),
            2 * tallies[0].EverDifferent < runs ? "" : Markdown.Text($"{tallies[0].MedianLength * Scenario.Looks * Batch:#,##0}"),
            Text(tallies[1].EverDifferent), Text(tallies[1].FinallyDifferent));

        string Text(int hits) => isSound ? new Rate(hits, runs).Against(Alpha) : new Rate(hits, runs).ToString();
    }

    private static Tally[] Repeat(double[] planned, double[] actual, int runs)
    {
        Tally[] totals = [new(), new()];
        Parallel.For(0, runs, () => (Tally[])[new(), new()], (run, _, own) => Run(planned, actual, run, own), own =>
        {
            lock (totals)
            {
                totals[0].Add(own[0]);
                totals[1].Add(own[1]);
            }
        });
        return totals;
    }

    private static Tally[] Run(double[] planned, double[] actual, int run, Tally[] tallies)
    {
        var random = new RandomStream(Shares(actual), run);
        var test = new SequentialSampleRatio(planned, alpha: Alpha);
        var counts = new long[actual.Length];
        var (sequential, once) = (new RunOfMethod(), new RunOfMethod());
        for (var look = 1; look <= Scenario.Looks; look++)
        {
            for (var unit = 0; unit < Batch; unit++)
                counts[Pick(random.Share(), actual)]++;
            sequential.Look(look, Alarm(test.Look(counts).Value!.IsMismatch), 0);
            once.Look(look, Alarm(SampleRatioChiSquared.Compare(counts, planned, Alpha).Value!.IsMismatch), 0);
        }

        tallies[0].Add(sequential);
        tallies[1].Add(once);
        return tallies;
    }

    // An alarm is an interval that leaves out "no difference".
    private static Interval Alarm(bool isMismatch) => isMismatch ? new(1, 1) : new(0, 0);

    private static int Pick(double share, double[] shares)
    {
        var arm = 0;
        for (; arm < shares.Length - 1 && share >= shares[arm]; arm++)
            share -= shares[arm];
        return arm;
    }

    private static string Shares(double[] shares) => string.Join(" : ", shares.Select(static share => Markdown.Text($"{share * 100:0.#}")));
}
