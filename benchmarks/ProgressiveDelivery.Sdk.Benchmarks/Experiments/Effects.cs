using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>Experiments with an effect, planned for a power of 80 %: how often and how soon it is found, and whether intervals hold it.</summary>
internal static class Effects
{
    private const double Alpha = 0.05;

    private static readonly double[] Multiples = [1, 1.5, 2];

    private static readonly (string Words, Population Population, Reading Reading, double Deviation, double TreatmentDeviation, double Planned)[] Cases =
    [
        (", planned for +10 %", Populations.Conversion(0.1), Reading.Proportions, 0, 0, 0.1),
        (", planned for +30 %", Populations.Conversion(0.01), Reading.Proportions, 0, 0, 0.3),
        (", planned for +5 %", Populations.Exponential, Reading.Means, 1, 1.05, 0.05),
        (", planned for +20 %", Populations.Revenue(0.05, 1), Reading.Means, DeviationOfRevenue(0.05, 1), 1.2 * DeviationOfRevenue(0.05, 1), 0.2),
        (", planned for +5 % without CUPED", Populations.WithHistory, Reading.Means, 1, 1, 0.05),
        (", planned for +5 % without CUPED, read with it", Populations.WithHistory, Reading.Adjusted, 1, 1, 0.05),
    ];

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## Effects: power, length and coverage at 95 %");
        page.Paragraph($"Planned for a power of 80 % (amounts that grow by a factor also spread more); {runs:#,##0} experiments for each row. The fixed test runs to its size, and looks once. The sequence runs to its own size, which is larger, with {Scenario.Looks} looks, and stops when it leaves out 0; one that never does counts in full. \"Wrong\" is the share of experiments whose interval leaves out the true difference; a share holds up to {Rate.Limit(Alpha, runs)}. Monte-Carlo standard error of the power: at most {Rate.Error(0.5, runs) * 100:0.0} points.");
        page.Head(
            "data", "effect / planned", "fixed: units", "power", "wrong", "sequence: units", "power", "median length / its units", "mean length / its units", "mean length / fixed units",
            "wrong at the end", "wrong at any look", "relative uplift wrong at any look", "fixed test looked at as often: wrong at any look");
        foreach (var (words, population, reading, deviation, treatmentDeviation, planned) in Cases)
        {
            foreach (var multiple in Multiples)
                Write(page, words, new(population, reading, Size(false), Size(false)) { Lift = planned * multiple }, Size(true), multiple, runs);

            int Size(bool isSequential) => SizeFor(population, deviation, treatmentDeviation, planned, isSequential);
        }

        page.End();
    }

    private static void Write(Markdown page, string words, Scenario once, int units, double multiple, int runs)
    {
        var sequential = once with { Control = units, Treatment = units };
        var test = Repetition.Of(once with { IsReadOnce = true }, runs, once.Fixed(Alpha))[0];
        var tallies = Repetition.Of(sequential, runs, sequential.Sequence(Alpha), sequential.RelativeSequence(Alpha), sequential.Fixed(Alpha));
        var sequence = tallies[0];
        page.Row(
            once.Population.Name + words, Markdown.Text($"{multiple:0.0}"),
            Markdown.Text($"{2 * once.Control:#,##0}"), new Rate(test.FinallyDifferent, runs).ToString(), Wrong(test.FinallyWrong),
            Markdown.Text($"{2 * units:#,##0}"), new Rate(sequence.EverDifferent, runs).ToString(),
            Markdown.Text($"{sequence.MedianLength:0.00}"), Markdown.Text($"{sequence.MeanLength:0.00}"), Markdown.Text($"{sequence.MeanLength * units / once.Control:0.00}"),
            Wrong(sequence.FinallyWrong), Wrong(sequence.EverWrong), Wrong(tallies[1].EverWrong), Wrong(tallies[2].EverWrong));

        string Wrong(int hits) => new Rate(hits, runs).Against(Alpha);
    }

    // Up to a whole number of units for each look.
    private static int SizeFor(Population population, double deviation, double treatmentDeviation, double planned, bool isSequential)
    {
        var settings = new PowerSettings { Alpha = Alpha, IsSequential = isSequential };
        var effect = population.Mean * planned;
        var size = deviation == 0 ? PowerAnalysis.ProportionSize(population.Mean, effect, settings) : PowerAnalysis.MeanSize(deviation, treatmentDeviation, effect, settings);
        return (int)Math.Ceiling(size.Value!.Control / (double)Scenario.Looks) * Scenario.Looks;
    }

    private static double DeviationOfRevenue(double buyers, double sigma)
    {
        var (mean, squares) = (buyers * Math.Exp(sigma * sigma / 2), buyers * Math.Exp(2 * sigma * sigma));
        return Math.Sqrt(squares - (mean * mean));
    }
}
