using ProgressiveDelivery.Sdk.Analysis.Reports.Charts;
using ProgressiveDelivery.Sdk.Analysis.Reports.Series;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Reports;

public sealed class ScaleTests
{
    [Fact]
    public void AxisIsAtLeastTenPercentEachWay() => Labels(RelativeScale.Over([0.001, -0.002], [])).Should().Equal(-10, 0, 10);

    [Fact]
    public void AxisHoldsNineOfTenEnds() => Labels(RelativeScale.Over([0.15, -0.12, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 5], [])).Should().Equal(-20, -10, 0, 10, 20);

    [Fact]
    public void EstimateIsHeldThoughItsEndIsNot() =>
        Labels(RelativeScale.Over([0.15, -0.12, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 5], [0.228, 4])).Should().Equal(-20, -10, 0, 10, 20, 30);

    [Fact]
    public void WideRangeHasFewTicks()
    {
        var scale = RelativeScale.Over([9.9, -0.5], []);

        scale.Ticks.Count.Should().BeInRange(2, 6);
        scale.Holds(9.9).Should().BeTrue();
        scale.Position(scale.Low).Should().Be(0);
        scale.Position(scale.High).Should().Be(1);
    }

    [Fact]
    public void EndsThatAreOpenDoNotCount() => Labels(RelativeScale.Over([double.PositiveInfinity, double.NegativeInfinity, double.NaN], [])).Should().Equal(-10, 0, 10);

    [Fact]
    public void DaysAreLabeledByWeekWithFirstAndLast() => Labeled(21).Should().Equal("2 Nov", "9 Nov", "16 Nov", "22 Nov");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(9, 5)]
    [InlineData(120, 5)]
    public void DayLabelsHaveRoom(int days, int expected) => Labeled(days).Should().HaveCount(expected);

    [Fact]
    public void SureSinceIsTheFirstDayOfTheLastRun()
    {
        var effect = SomeReports.Ship().Primary.Effects[0];
        var days = SomeReports.FirstDay;

        Since([(1, 2), (1, 2)]).Should().Be((days, true));
        Since([(-1, 2), (1, 2)]).Should().Be((days.AddDays(1), true));
        Since([(1, 2), (-1, 2), (1, 2)]).Should().Be((days, false));
        Since([(1, 2), (-1, 2)]).Should().BeNull();
        Since([]).Should().BeNull();

        (DateOnly, bool)? Since((double Low, double High)[] ends) =>
            (effect with { ByDay = ends.Select((end, day) => (end, day)).ToDictionary(pair => days.AddDays(pair.day), pair => new ProgressiveDelivery.Sdk.Analysis.Verdicts.Interval(1, pair.end.Low, pair.end.High)) }).SureSince();
    }

    [Fact]
    public void SmallestVariantsBeyondSixAreFolded()
    {
        var series = new ReportSeries(SomeReports.NineVariants());

        series.All.Select(one => one.Title).Should().Equal("Control", "Idea 1", "Idea 2", "Idea 3", "Idea 4", "other (4)");
        series.All[^1].PlannedShare.Should().BeApproximately(4 / 9d, 1e-12);
        series.TotalsByDay[0].Should().Be(SomeReports.NineVariants().Data.Variants.Sum(variant => variant.UnitsByDay[SomeReports.FirstDay]));
        series.IsFolded("v5").Should().BeTrue();
        series.IsFolded("v4").Should().BeFalse();
    }

    [Fact]
    public void DaysOfAWrongSplitAreOutsideChance()
    {
        new SharesByDay(new ReportSeries(SomeReports.DoNotTrust())).DaysOutside().Should().Equal(Enumerable.Range(4, 5).Select(SomeReports.FirstDay.AddDays));
        new SharesByDay(new ReportSeries(SomeReports.Uneven())).DaysOutside().Should().BeEmpty();
    }

    private static IEnumerable<int> Labels(RelativeScale scale) => scale.Ticks.Select(tick => (int)Math.Round(tick * 100));

    private static IEnumerable<string> Labeled(int days) =>
        DayLabels.Of([.. Enumerable.Range(0, days).Select(SomeReports.FirstDay.AddDays)]).Select(day => day.Label.Replace('\u00A0', ' '));
}
