using ProgressiveDelivery.Sdk.Analysis.Statistics;
using ProgressiveDelivery.Sdk.Analysis.Verdicts;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Verdicts;

/// <summary>The rules of a verdict, the first that applies.</summary>
public sealed class VerdictTests
{
    private readonly SomeExperiment _experiment = new();

    [Fact]
    public void BetterVariantThatHarmsNothingIsShipped()
    {
        var report = Judge(_experiment.With("control", 6_600, 0.0414).With("one", 6_600, 0.0462));

        report.Verdict.Kind.Should().Be(VerdictKind.Ship);
        report.Verdict.Headline.Should().Be("Ship “One page”.");
        report.Verdict.Line.Should().StartWith("It brings **11.7\u00A0% more purchases** than Three steps: at least ").And.EndWith("It harmed no guardrail, and the traffic is sound.");
        report.Verdict.NextSteps.Should().HaveCount(3).And.HaveElementAt(0, "Ramp **One page** to all visitors: 5 → 25 → 100 %, guarded by support contacts.");
        report.Primary.Effects[0].Reading.Should().Be(EffectReading.Better);
        report.ShowsEffects.Should().BeTrue();
    }

    [Fact]
    public void WrongSplitHidesEverything()
    {
        var report = Judge(_experiment.With("control", 6_900, 0.0414).With("one", 6_500, 0.06));

        report.Verdict.Kind.Should().Be(VerdictKind.DoNotTrust);
        report.Verdict.Headline.Should().Be("Do not trust these numbers.");
        report.Verdict.Line.Should().StartWith("“One page” should have 50\u00A0% of the visitors and has 48.5\u00A0%: **8\u202f400 are missing**.");
        report.Traffic.Checks[0].Should().BeEquivalentTo(new { State = TrafficState.Bad, Title = "Split is not as planned" });
        report.ShowsEffects.Should().BeFalse();
    }

    [Fact]
    public void DayOnWhichTheSplitBreaksIsNamed()
    {
        var experiment = _experiment.With("control", 8_000, 0.04).With("one", 8_000, 0.04);
        var data = experiment.Data;
        var broken = data.Variants[1] with
        {
            UnitsByDay = data.Variants[1].UnitsByDay.ToDictionary(day => day.Key, day => day.Key >= SomeExperiment.FirstDay.AddDays(9) ? 7_000L : day.Value),
        };
        var report = ExperimentAnalysis.Judge(experiment.Plan, data with { Variants = [data.Variants[0], broken with { Units = broken.UnitsByDay.Values.Sum() }] }, experiment.Now);

        report.Traffic.SplitOffSince.Should().Be(SomeExperiment.FirstDay.AddDays(9));
        report.Verdict.NextSteps[0].Should().Be("Find where they are lost. The split is off since 11\u00A0November.");
    }

    [Fact]
    public void FileThatLostOneLineInAHundredIsNotTrusted()
    {
        _experiment.Counts = new() { Lines = 10_000, InvalidLines = 60, InvalidEvents = 40 };

        var report = Judge(_experiment.With("control", 6_600, 0.0414).With("one", 6_600, 0.0462));

        report.Verdict.Kind.Should().Be(VerdictKind.DoNotTrust);
        report.Verdict.Line.Should().StartWith("Events lost: 100 of 10\u202f000 lines unreadable");
    }

    [Fact]
    public void FixedHorizonIsReadOnceAtItsEnd()
    {
        _experiment.With(plan => plan with { Mode = AnalysisMode.FixedHorizon }).With("control", 6_600, 0.0414).With("one", 6_600, 0.0462);

        var early = Judge(_experiment);
        _experiment.Now = _experiment.Plan.ReadableFrom;
        var atTheEnd = Judge(_experiment);

        early.Verdict.Kind.Should().Be(VerdictKind.NotReadYet);
        early.Verdict.Headline.Should().Be("Keep running until 30\u00A0November: this analysis is read once.");
        early.ShowsEffects.Should().BeFalse();
        atTheEnd.Verdict.Kind.Should().Be(VerdictKind.Ship);
        atTheEnd.Traffic.Checks[0].Text.Should().Contain("Chi-square test");
    }

    [Fact]
    public void PrimaryThatFallsStops()
    {
        var report = Judge(_experiment.With("control", 6_600, 0.0462).With("one", 6_600, 0.0414));

        report.Verdict.Kind.Should().Be(VerdictKind.Stop);
        report.Verdict.Headline.Should().Be("Stop: “One page” does harm.");
        report.Verdict.Line.Should().Be("Purchases fell by **10.5\u00A0%**.");
        report.Verdict.NextSteps[0].Should().Be("Switch it off now for all visitors.");
    }

    [Fact]
    public void GuardrailThatIsHarmedStopsABetterVariant()
    {
        var report = Judge(_experiment.With("control", 6_600, 0.0414, 0.02).With("one", 6_600, 0.0462, 0.028));

        report.Verdict.Kind.Should().Be(VerdictKind.Stop);
        report.Verdict.Line.Should().Be("Support contacts rose by **40.2\u00A0%**, by more than the 10\u00A0% allowed.");
        report.Metrics[1].Effects[0].Reading.Should().Be(EffectReading.Harmed);
    }

    [Fact]
    public void GuardrailThatIsNotClearKeepsItRunning()
    {
        var report = Judge(_experiment.With("control", 6_600, 0.0414, 0.0015).With("one", 6_600, 0.0462, 0.0016));

        report.Verdict.Kind.Should().Be(VerdictKind.KeepRunningForGuardrail);
        report.Verdict.Headline.Should().Be("Keep running: “One page” is better, harm is not ruled out.");
        report.Verdict.Line.Should().MatchRegex("^Support contacts may still be up to [0-9.]+\u00A0% worse; 10\u00A0% is allowed.$");
    }

    [Fact]
    public void FewBuyersAreNotEnough()
    {
        _experiment.Days = 5;

        var report = Judge(_experiment.With("control", 200, 0.04).With("one", 200, 0.035));

        report.Verdict.Kind.Should().Be(VerdictKind.NotEnoughData);
        report.Verdict.Headline.Should().Be("Not enough data yet.");
        report.Verdict.Line.Should().Be("35 visitors with another value than most in “One page”; an interval needs 100 in each variant. Expected on 3\u00A0December.");
        report.Primary.Effects[0].Should().BeEquivalentTo(new { Status = StatisticalStatus.Insufficient, Reason = "burn-in", Reading = EffectReading.TooEarly });
        report.Primary.Effects[0].Absolute.Should().NotBeNull("the exact interval stands");
    }

    [Fact]
    public void VariantWithoutUnitsIsAWrongSplit()
    {
        var report = Judge(_experiment.With("control", 6_600, 0.04).With("one", 0, 0));

        report.Verdict.Kind.Should().Be(VerdictKind.DoNotTrust, "the split is broken");
        report.Primary.Effects[0].Should().BeEquivalentTo(new { Status = StatisticalStatus.Insufficient, Value = (double?)null });
    }

    [Fact]
    public void MetricWithoutOutcomesNamesTheLikelyMistake()
    {
        var report = Judge(_experiment.With("control", 6_600, 0).With("one", 6_600, 0));

        report.Verdict.Kind.Should().Be(VerdictKind.NotEnoughData);
        report.Verdict.Line.Should().Be("There are no outcomes with the name 'purchase' that count.");
        report.Verdict.NextSteps.Should().Equal("Check that the outcomes of the metric arrive under its name, with different values.");
        report.Primary.Effects[0].PValue.Should().BeNull();
        Numbers(report).Should().OnlyContain(number => !double.IsNaN(number));
    }

    [Fact]
    public void DifferenceThatIsNotWorthHavingIsRuledOut()
    {
        _experiment.With(plan => plan with { SmallestEffect = 0.03 }).With("control", 60_000, 0.2, 0.1).With("one", 60_000, 0.2001, 0.1);

        var report = Judge(_experiment);

        report.Verdict.Kind.Should().Be(VerdictKind.NoDifferenceWorthHaving);
        report.Verdict.Line.Should().Be("Everything above +3.0\u00A0% is ruled out. Keep the simpler one.");
    }

    [Fact]
    public void PlannedSizeWithoutADifferenceIsTheEnd()
    {
        var report = Judge(_experiment.With("control", 7_200, 0.0414).With("one", 7_200, 0.0418));

        report.Verdict.Kind.Should().Be(VerdictKind.PlannedSizeReached);
        report.Verdict.Line.Should().MatchRegex("^Between \u2212[0-9.]+\u00A0% and \\+[0-9.]+\u00A0%. Running longer needs a new plan.$");
    }

    [Fact]
    public void NothingClearKeepsItRunningUntilItsSize()
    {
        _experiment.Days = 10;

        var report = Judge(_experiment.With("control", 6_600, 0.0414).With("one", 6_600, 0.0425));

        report.Verdict.Kind.Should().Be(VerdictKind.KeepRunning);
        report.Verdict.Headline.Should().Be("Keep running until about 6\u00A0December.");
        report.Verdict.Line.Should().MatchRegex("^\\+2.[0-9]\u00A0% so far, but \u2212[0-9.]+\u00A0% is still possible. At 13\u202f200 visitors a day the planned 300\u202f000 are there in 13 days.$");
    }

    [Fact]
    public void SizeThatWasNotPlannedIsMissed()
    {
        _experiment.Days = 10;

        var report = Judge(_experiment.With(plan => plan with { IntendedUnits = null }).With("control", 6_600, 0.0414).With("one", 6_600, 0.0425));

        report.Verdict.Headline.Should().Be("Keep running.");
        report.Verdict.Line.Should().EndWith("No size was planned, so no date can be given.");
    }

    [Fact]
    public void ShippableVariantTakesTheHeadlineAndHarmfulOneIsNamed()
    {
        var report = Judge(_experiment.WithThirdVariant().With("control", 6_600, 0.0414).With("one", 6_600, 0.0472).With("wallet", 6_600, 0.0418, 0.028));

        report.Verdict.Headline.Should().Be("Ship “One page”.");
        report.Verdict.Warnings.Should().Equal("Do not ship “Wallet first”: support contacts rose by **40.2\u00A0%**, by more than the 10\u00A0% allowed.");
        report.Primary.Effects[0].Level.Should().BeApproximately(0.975, 1e-12);
    }

    [Fact]
    public void HarmfulVariantBesideAnUnclearOneIsLeftOut()
    {
        _experiment.Days = 20;

        var report = Judge(_experiment.WithThirdVariant().With("control", 6_600, 0.0414).With("one", 6_600, 0.0418).With("wallet", 6_600, 0.0414, 0.03));

        report.Verdict.Kind.Should().Be(VerdictKind.KeepRunning);
        report.Verdict.Headline.Should().Be("Keep running without “Wallet first”: it does harm.");
        report.Verdict.NextSteps[0].Should().Be("Switch “Wallet first” off now for all visitors.");
    }

    [Fact]
    public void TwoBetterVariantsAreBothNamedUnlessOneBeatsTheOther()
    {
        var equal = Judge(_experiment.WithThirdVariant().With("control", 6_600, 0.0414).With("one", 6_600, 0.0476).With("wallet", 6_600, 0.0474));
        var unequal = Judge(_experiment.With("wallet", 6_600, 0.06));

        equal.Verdict.Headline.Should().Be("Ship “One page” or “Wallet first”: both are better, neither beats the other.");
        unequal.Verdict.Headline.Should().Be("Ship “Wallet first”.");
    }

    [Fact]
    public void EffectByDayNarrowsAndEndsAtTheTotal()
    {
        var report = Judge(_experiment.With("control", 6_600, 0.0414).With("one", 6_600, 0.0462));

        var effect = report.Primary.Effects[0];
        effect.ByDay.Should().HaveCount(21);
        effect.ByDay[report.Days[^1]].Low.Should().BeApproximately(effect.Relative!.Low, 1e-9);
        effect.ByDay[report.Days[0]].Should().Match<Interval>(first => first.High - first.Low > effect.Relative!.High - effect.Relative.Low);
    }

    [Fact]
    public void DataOfAnotherPlanIsRefused()
    {
        var judge = () => ExperimentAnalysis.Judge(_experiment.Plan with { Variants = [new("a", 1), new("b", 1)] }, _experiment.With("control", 1, 0).With("one", 1, 0).Data, _experiment.Now);

        judge.Should().Throw<ArgumentException>().WithMessage("The data of experiment 'checkout-2026-11' has other variants than its plan.*");
    }

    [Fact]
    public void PlanThatCannotBeAnalyzedIsRefused()
    {
        var judge = () => Judge(_experiment.With("control", 1, 0).With("one", 1, 0).With(plan => plan with { Alpha = 0 }));

        judge.Should().Throw<ExperimentPlanException>();
    }

    private static ExperimentReport Judge(SomeExperiment experiment) => ExperimentAnalysis.Judge(experiment.Plan, experiment.Data, experiment.Now);

    private static IEnumerable<double> Numbers(ExperimentReport report) => report.Metrics.SelectMany(metric => metric.Effects).SelectMany(effect => new[]
    {
        effect.ControlValue, effect.Value, effect.PValue, effect.AdjustedPValue, effect.Absolute?.Estimate, effect.Absolute?.Low, effect.Absolute?.High, effect.Relative?.Estimate,
    }).OfType<double>();
}
