using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Benchmarks.Experiments;

/// <summary>Experiments without an effect, looked at after each percent of the data: how often a method ever claims one.</summary>
internal static class FalsePositives
{
    private const double Usual = 0.05;
    private const double Strict = 0.001;
    private const double Cap = 0.999;

    /// <summary>The experiments, each with the words on what differs from its population.</summary>
    public static IReadOnlyList<(string Words, Scenario Scenario)> Scenarios { get; } =
    [
        ("", new(Populations.Conversion(0.5), Reading.Proportions, 10_000, 10_000)),
        ("", new(Populations.Conversion(0.04), Reading.Proportions, 20_000, 20_000)),
        ("", new(Populations.Conversion(0.01), Reading.Proportions, 50_000, 50_000)),
        ("", new(Populations.Conversion(0.01), Reading.Proportions, 90_000, 10_000)),
        (", not waiting for 100 events", new(Populations.Conversion(0.01), Reading.MeansOfUnknownMinority, 90_000, 10_000)),
        ("", new(Populations.Exponential, Reading.Means, 10_000, 10_000)),
        ("", new(Populations.Clicks, Reading.Ratios, 10_000, 10_000)),
        (", CUPED", new(Populations.WithHistory, Reading.Adjusted, 10_000, 10_000)),
        ("", new(Populations.Revenue(0.05, 1), Reading.Means, 20_000, 20_000)),
        (", winsorized", new(Populations.Revenue(0.05, 1), Reading.Means, 20_000, 20_000) { Winsorize = Cap }),
        ("", new(Populations.Revenue(0.02, 1.5), Reading.Means, 50_000, 50_000)),
        (", winsorized", new(Populations.Revenue(0.02, 1.5), Reading.Means, 50_000, 50_000) { Winsorize = Cap }),
        ("", new(Populations.Revenue(0.02, 1.5), Reading.Means, 90_000, 10_000)),
        (", winsorized", new(Populations.Revenue(0.02, 1.5), Reading.Means, 90_000, 10_000) { Winsorize = Cap }),
        (", not waiting for 100 buyers", new(Populations.Revenue(0.02, 1.5), Reading.MeansOfUnknownMinority, 90_000, 10_000)),
    ];

    public static void Write(Markdown page, int runs)
    {
        page.Paragraph($"## False positives: no effect, {Scenario.Looks} looks");
        page.Paragraph($"The share of {runs:#,##0} experiments in which the interval ever leaves out 0; of \"once\", at the end. Intervals are at 95 %, or at 99.9 % where it says so. A share holds if it is at most nominal and three Monte-Carlo standard errors: {Rate.Limit(Usual, runs)} and {Rate.Limit(Strict, runs)}. A method may not be used where its share exceeds that. Winsorized: at the 99.9th percentile of all units of both arms, computed anew at each look.");
        page.Head("data", "units per arm", "sequence", "sequence, 99.9 %", "exact sequence", "fixed test, looked at 100 times", "fixed test, once");
        foreach (var (words, scenario) in Scenarios)
            Write(page, scenario.Population.Name + words, scenario, runs);
        page.End();
    }

    private static void Write(Markdown page, string name, Scenario scenario, int runs)
    {
        Method[] methods = [scenario.Sequence(Usual), scenario.Sequence(Strict), scenario.Fixed(Usual)];
        var tallies = Repetition.Of(scenario, runs, scenario.Reading.Exact is null ? methods : [.. methods, scenario.Exact(Usual)]);
        page.Row(
            name,
            Markdown.Text(scenario.Control == scenario.Treatment ? (FormattableString)$"{scenario.Control:#,##0}" : $"{scenario.Control:#,##0} and {scenario.Treatment:#,##0}"),
            Ever(tallies[0], Usual), Ever(tallies[1], Strict), tallies.Count > 3 ? Ever(tallies[3], Usual) : "",
            Ever(tallies[2], Usual), new Rate(tallies[2].FinallyDifferent, runs).Against(Usual));
    }

    private static string Ever(Tally tally, double nominal) => new Rate(tally.EverDifferent, tally.Runs).Against(nominal);
}
