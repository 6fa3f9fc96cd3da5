using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>Proportions with few events: the coverage of intervals, summed over all counts that can come, so that nothing is left to chance.</summary>
internal static class SmallCounts
{
    private const double Alpha = 0.05;
    private const double Negligible = 1e-12;

    private static readonly (int Units, double Events, int TreatmentUnits, double TreatmentEvents)[] Cases =
    [
        (1_000, 2, 1_000, 2), (1_000, 5, 1_000, 5), (1_000, 10, 1_000, 10), (1_000, 20, 1_000, 20), (1_000, 30, 1_000, 30),
        (1_000, 10, 1_000, 20), (1_000, 27, 111, 3), (100, 2, 100, 2), (20, 6, 20, 6),
    ];

    public static void Write(Markdown page)
    {
        page.Paragraph($"## Few events: 95 % intervals of a difference of proportions");
        page.Paragraph($"Computed, not simulated: the sum over all counts by their binomial chances. \"Wrong\" is the chance that an interval leaves out the true difference. \"Means\" treats zeros and ones as amounts (Welch), which is Wald's interval with Student's quantile; it has no interval if neither arm varies. The sequence has none before 100 events in each arm; the exact sequence is looked at once here.");
        page.Head("units of control and treatment", "events expected", "Newcombe: wrong", "means: wrong", "means: no interval", "exact sequence: wrong");
        foreach (var (units, events, treatmentUnits, treatmentEvents) in Cases)
            Write(page, units, events / units, treatmentUnits, treatmentEvents / treatmentUnits);
        page.End();
    }

    private static void Write(Markdown page, int units, double share, int treatmentUnits, double treatmentShare)
    {
        var truth = treatmentShare - share;
        var (newcombe, means, silent, exact) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (control, chance) in Counts(units, share))
        {
            foreach (var (treatment, other) in Counts(treatmentUnits, treatmentShare))
            {
                var weight = chance * other;
                var (test, welch) = (ProportionTest.Compare(control, treatment, Alpha).Value!, WelchTest.Compare(control.ToSample(), treatment.ToSample(), Alpha).Value);
                var sequence = ProportionSequence.Difference(control, treatment, Alpha).Value!;
                newcombe += new Interval(test.Low, test.High).LeavesOut(truth) ? weight : 0;
                exact += new Interval(sequence.Low, sequence.High).LeavesOut(truth) ? weight : 0;
                means += welch is not null && new Interval(welch.Low, welch.High).LeavesOut(truth) ? weight : 0;
                silent += welch is null ? weight : 0;
            }
        }

        page.Row(
            Markdown.Text($"{units:#,##0} and {treatmentUnits:#,##0}"), Markdown.Text($"{units * share:0.#} and {treatmentUnits * treatmentShare:0.#}"),
            Percent(newcombe), Percent(means), Percent(silent), Percent(exact));
    }

    // The chance of a count from that of the one before it.
    private static List<(Proportion Arm, double Chance)> Counts(int units, double share)
    {
        var found = new List<(Proportion, double)>();
        var log = units * Math.Log(1 - share);
        for (var events = 0; events <= units; events++)
        {
            if (Math.Exp(log) is var chance && chance > Negligible)
                found.Add((new(units, events), chance));
            log += Math.Log((units - events) / (events + 1.0)) + Math.Log(share / (1 - share));
        }

        return found;
    }

    private static string Percent(double share) => Markdown.Text($"{share * 100:0.00} %");
}
