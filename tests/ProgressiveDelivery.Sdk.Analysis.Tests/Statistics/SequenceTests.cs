using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Statistics;

public sealed class SequenceTests
{
    private static readonly SequenceSettings Settings = new() { Intended = 10_000 };

    // statistics.md, section 11: 8.21197 at 0.05, 16.68842 at 0.001.
    [Theory]
    [InlineData(0.05, 8.21197)]
    [InlineData(0.001, 16.68842)]
    public void TuningIsTheRootOfItsEquation(double alpha, double root) =>
        Math.Round(MixtureBoundary.Tuning(Math.Log(alpha)), 5).Should().Be(root);

    [Theory]
    [InlineData(1e-300)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void TuningSolvesItsEquationAtExtremeAlpha(double alpha)
    {
        var root = MixtureBoundary.Tuning(Math.Log(alpha));

        (root - Math.Log(1 + root)).Should().BeApproximately(-2 * Math.Log(alpha), 1e-12 * Math.Max(1, root));
    }

    [Fact]
    public void IntervalIsNarrowestForItsIntendedSize()
    {
        double Width(long intended) => ConfidenceSequence.Mean(new(10_000, 0, 1), Settings with { Intended = intended }).Value!.High;

        Width(10_000).Should().BeLessThan(Width(5_000)).And.BeLessThan(Width(20_000));
    }

    [Fact]
    public void RelativeUpliftIsTheDifferenceOverTheControlWhereTheControlIsSure()
    {
        var (control, treatment) = (new ArmEstimate(50, 0, 1_000), new ArmEstimate(51, 0.3, 1_000));

        var difference = ConfidenceSequence.Difference(control, treatment, Settings).Value!;
        var uplift = ConfidenceSequence.RelativeUplift(control, treatment, Settings).Value!;

        uplift.Estimate.Should().BeApproximately(difference.Estimate / 50, 1e-15);
        uplift.Low.Should().BeApproximately(difference.Low / 50, 1e-15);
        uplift.PValue.Should().BeApproximately(difference.PValue, 1e-12);
    }

    [Fact]
    public void RelativeUpliftHasTheErrorOfTheDeltaMethod()
    {
        var (control, treatment) = (new Sample(5_000, 10, 40), new Sample(5_000, 11, 60));

        var uplift = ConfidenceSequence.RelativeUplift(control, treatment, Settings).Value!;

        uplift.StandardError.Should().Be(UpliftTest.Compare(control, treatment, 0.05).Value!.StandardError);
        (uplift.High - uplift.Estimate).Should().BeApproximately(uplift.StandardError * Math.Sqrt(1 + 8.21197), 1e-6);
    }

    [Fact]
    public void UncertainOrNegativeControlHasNoRelativeUplift()
    {
        ConfidenceSequence.RelativeUplift(new Sample(500, 0.1, 4), new Sample(500, 1, 4), Settings).Reason.Should().Be(StatisticalReasons.BaselineUnstable);
        ConfidenceSequence.RelativeUplift(new Sample(500, -1, 4), new Sample(500, 1, 4), Settings).Reason.Should().Be(StatisticalReasons.BaselineNotPositive);
    }

    [Fact]
    public void RatiosCanBeFollowed()
    {
        var control = RatioTest.Estimate(new(5_000, 6, 3, 10, 2, 3.5)).Value!;
        var treatment = RatioTest.Estimate(new(5_000, 6.3, 3, 10, 2, 3.5)).Value!;

        var sequence = ConfidenceSequence.Difference(control, treatment, Settings).Value!;

        var fixedLook = RatioTest.Compare(new(5_000, 6, 3, 10, 2, 3.5), new(5_000, 6.3, 3, 10, 2, 3.5), 0.05).Value!;
        (sequence.Estimate, sequence.StandardError).Should().Be((fixedLook.Estimate, fixedLook.StandardError));
        sequence.Low.Should().BeLessThan(fixedLook.Low);
    }

    [Fact]
    public void RareEventsWaitForOneHundredInEachArm()
    {
        ConfidenceSequence.Difference(new Proportion(20_000, 150).ToSample(), new Proportion(20_000, 99).ToSample(), Settings).Reason
            .Should().Be(StatisticalReasons.BurnIn);
        ConfidenceSequence.Difference(new Proportion(20_000, 150).ToSample(), new Proportion(20_000, 100).ToSample(), Settings).IsOk.Should().BeTrue();
        ConfidenceSequence.Difference(new Proportion(20_000, 150).ToSample(), new Proportion(20_000, 19_901).ToSample(), Settings).IsOk.Should().BeFalse();
    }

    [Fact]
    public void WrongMinorityOutweighsBurnIn() =>
        ConfidenceSequence.Difference(new Sample(500, 1, 1) { Minority = 5 }, new Sample(500, 1, 1) { Minority = -1 }, Settings).Reason
            .Should().Be(StatisticalReasons.BadArgument);

    [Fact]
    public void SequentialSlackIsThatOfTheFixedTest()
    {
        var (control, treatment, margin) = (new Sample(4_000, 10, 30), new Sample(4_000, 9.9, 32), new NonInferiorityMargin { Relative = 0.08 });

        var look = NonInferiorityTest.Compare(control, treatment, MetricDirection.IncreaseIsGood, margin).Value!;
        var sequence = NonInferiorityTest.Sequence(ArmEstimate.Of(control), ArmEstimate.Of(treatment), MetricDirection.IncreaseIsGood, margin, Settings).Value!;

        sequence.Estimate.Should().BeApproximately(look.Slack, 1e-12);
        sequence.StandardError.Should().BeApproximately(look.StandardError, 1e-12);
        sequence.Low.Should().BeLessThan(look.Bound).And.BeGreaterThan(0);
    }

    [Fact]
    public void ExactIntervalKeepsItsDigitsAtHugeCounts()
    {
        // At large counts the boundary is that of the normal mixture: z² = ln(n π / (2 p q)...) up to 1/n; the interval is symmetric at one half.
        var interval = ProportionSequence.One(new(1L << 53, 1L << 52), 0.05).Value!;

        ((0.5 - interval.Low) / (interval.High - 0.5)).Should().BeApproximately(1, 1e-7);
        var multiplier = (interval.High - 0.5) / (0.5 / Math.Sqrt(1L << 53));
        multiplier.Should().BeApproximately(Math.Sqrt(Math.Log(Math.PI / 2 * (1L << 53)) - (2 * Math.Log(0.05))), 1e-6);
    }
}
