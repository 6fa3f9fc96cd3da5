using ProgressiveDelivery.Sdk.Benchmarks.Experiments.Engine;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Simulation;

/// <summary>A short run of the simulations of the benchmarks: what they show in 10,000 runs must not break unseen.</summary>
public sealed class RepetitionTests
{
    private const int Runs = 120;
    private const double Alpha = 0.05;

    // Nominal, and three standard errors of 120 runs.
    private const int MaxWrong = (int)((0.05 + (3 * 0.0199)) * Runs);

    public static TheoryData<string> WithoutEffect => ["0/1", "exponential", "revenue, winsorized", "clicks per view", "CUPED"];

    [Theory]
    [MemberData(nameof(WithoutEffect))]
    public void TheSequenceMayBeLookedAtAnyTimeAndTheFixedTestMayNot(string name)
    {
        var scenario = Named(name);

        var tallies = Repetition.Of(scenario, Runs, scenario.Sequence(Alpha), scenario.Fixed(Alpha));

        tallies[0].EverDifferent.Should().BeLessThanOrEqualTo(MaxWrong);
        tallies[1].EverDifferent.Should().BeGreaterThan(Runs / 5);
        tallies[1].FinallyDifferent.Should().BeLessThanOrEqualTo(MaxWrong);
    }

    [Fact]
    public void AnEffectIsFoundSoonerThanPlannedAndLiesInTheInterval()
    {
        var scenario = Named("exponential") with { Lift = 0.1 };

        var tallies = Repetition.Of(scenario, Runs, scenario.Sequence(Alpha), scenario.RelativeSequence(Alpha));

        tallies[0].EverDifferent.Should().BeGreaterThan(Runs * 9 / 10);
        tallies[0].MedianLength.Should().BeInRange(0.1, 0.7);
        tallies[0].MeanLength.Should().BeInRange(0.1, 0.7);
        tallies[0].EverWrong.Should().BeLessThanOrEqualTo(MaxWrong);
        tallies[1].EverWrong.Should().BeLessThanOrEqualTo(MaxWrong);
    }

    [Fact]
    public void TheExactSequenceHoldsForRareEventsAndFindsWhatIsThere()
    {
        var scenario = new Scenario(Populations.Conversion(0.01), Reading.Proportions, 2_000, 2_000);
        var effect = scenario with { Lift = 5 };

        Repetition.Of(scenario, Runs, scenario.Exact(Alpha))[0].EverDifferent.Should().BeLessThanOrEqualTo(MaxWrong);
        var found = Repetition.Of(effect, Runs, effect.Exact(Alpha))[0];
        found.EverDifferent.Should().BeGreaterThan(Runs * 9 / 10);
        found.EverWrong.Should().BeLessThanOrEqualTo(MaxWrong);
    }

    [Fact]
    public void TheSameRunsGiveTheSameNumbers()
    {
        var scenario = Named("revenue, winsorized");

        Repetition.Of(scenario, 50, scenario.Fixed(Alpha)).Should().BeEquivalentTo(Repetition.Of(scenario, 50, scenario.Fixed(Alpha)));
    }

    [Fact]
    public void ValuesAreCappedAtThePercentileOfBothArms()
    {
        var top = new TopValues(level: 0.9, units: 30);
        var arms = new Arms(top);
        for (var value = 1; value <= 30; value++)
            arms.Add(value % 2 == 0 ? arms.Control : arms.Treatment, value);
        (arms.Control.Units, arms.Treatment.Units) = (15, 15);

        // The value with the number 27 of 30 is 27: of 28, 29 and 30 the rest is cut off.
        arms.SampleOf(arms.Control).Mean.Should().BeApproximately((240 - 1 - 3) / 15.0, 1e-12);
        arms.SampleOf(arms.Treatment).Mean.Should().BeApproximately((225 - 2) / 15.0, 1e-12);
    }

    private static Scenario Named(string name) => name switch
    {
        "0/1" => new(Populations.Conversion(0.04), Reading.Proportions, 5_000, 5_000),
        "exponential" => new(Populations.Exponential, Reading.Means, 5_000, 5_000),
        "revenue, winsorized" => new(Populations.Revenue(0.05, 1), Reading.Means, 5_000, 5_000) { Winsorize = 0.999 },
        "clicks per view" => new(Populations.Clicks, Reading.Ratios, 2_000, 2_000),
        _ => new(Populations.WithHistory, Reading.Adjusted, 2_000, 2_000),
    };
}
