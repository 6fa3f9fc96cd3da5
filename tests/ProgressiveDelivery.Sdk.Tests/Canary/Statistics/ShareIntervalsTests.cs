using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

public sealed class ShareIntervalsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1_000, 0)]
    [InlineData(1_000, 10)]
    [InlineData(1_000_000_000, 10_000_000)]
    public void IntervalHoldsTheShare(long outcomes, long bad)
    {
        var interval = ShareIntervals.Of(outcomes, bad, 0.05)!;

        interval.Estimate.Should().Be((double)bad / outcomes);
        interval.Low.Should().BeInRange(0, interval.Estimate);
        interval.High.Should().BeInRange(interval.Estimate, 1);
        (interval.High - interval.Low).Should().BeLessThanOrEqualTo(8 / Math.Sqrt(outcomes));
    }

    // Each path of outcomes at the truth that is ever left out counts: at most alpha, whatever the moment.
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void IntervalEverLeavesOutTheTruthWithAtMostAlpha(double truth)
    {
        const double alpha = 0.2;
        double[] held = [1];
        for (var outcomes = 1; outcomes <= 200; outcomes++)
        {
            var next = new double[outcomes + 1];
            for (var bad = 0; bad <= outcomes; bad++)
            {
                var chance = (bad < outcomes ? held[bad] * (1 - truth) : 0) + (bad > 0 ? held[bad - 1] * truth : 0);
                var interval = ShareIntervals.Of(outcomes, bad, alpha)!;
                next[bad] = truth >= interval.Low && truth <= interval.High ? chance : 0;
            }

            held = next;
        }

        (1 - held.Sum()).Should().BeInRange(0.02, alpha);
    }

    [Fact]
    public void DifferenceIsTreatmentLessControl()
    {
        var interval = ShareIntervals.Difference(10_000, 100, 1_000, 200, 0.05)!;

        interval.Estimate.Should().BeApproximately(0.19, 1e-12);
        interval.Low.Should().BeInRange(0.1, 0.19);
        interval.High.Should().BeInRange(0.19, 0.3);
    }

    [Fact]
    public void ThereIsNoIntervalWithoutOutcomes()
    {
        ShareIntervals.Of(0, 0, 0.05).Should().BeNull();
        ShareIntervals.Difference(0, 0, 10, 1, 0.05).Should().BeNull();
        ShareIntervals.Difference(10, 1, 0, 0, 0.05).Should().BeNull();
    }

    [Fact]
    public void MoreBadOutcomesThanOutcomesCountAsAsMany() => ShareIntervals.Of(10, 11, 0.05).Should().Be(ShareIntervals.Of(10, 10, 0.05));
}
