using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Statistics;

public sealed class CupedTests
{
    [Fact]
    public void AdjustedMomentsAreThoseOfUnitsAdjustedOneByOne()
    {
        var random = new Random(7);
        var arms = new[] { Draw(random, 40, 0), Draw(random, 25, 1.5), Draw(random, 60, -1) };
        var all = arms.SelectMany(arm => arm).ToArray();

        var adjustment = Cuped.Adjust([.. arms.Select(MomentsOf)]).Value!;

        var slope = arms.Sum(arm => CovarianceOf(arm) * (arm.Length - 1)) / arms.Sum(arm => VarianceOf(arm.Select(unit => unit.Covariate)) * (arm.Length - 1));
        var mean = all.Average(unit => unit.Covariate);
        adjustment.IsAdjusted.Should().BeTrue();
        adjustment.Theta.Should().BeApproximately(slope, 1e-12);
        foreach (var (arm, adjusted) in arms.Zip(adjustment.Arms))
        {
            var values = arm.Select(unit => unit.Value - (slope * (unit.Covariate - mean))).ToArray();
            adjusted.Units.Should().Be(arm.Length);
            adjusted.Mean.Should().BeApproximately(values.Average(), 1e-12);
            adjusted.Variance.Should().BeApproximately(VarianceOf(values), 1e-11);
            adjusted.Variance.Should().BeLessThan(VarianceOf(arm.Select(unit => unit.Value)));
        }
    }

    [Fact]
    public void ConstantCovariateLeavesTheArmsAsTheyAre()
    {
        var result = Cuped.Adjust([new(10, 4, 2, 3, 0, 0) { Minority = 7 }, new(12, 5, 3, 3, 0, 0)]).Value!;

        result.IsAdjusted.Should().BeFalse();
        result.Theta.Should().Be(0);
        result.Arms.Should().Equal(new Sample(10, 4, 2) { Minority = 7 }, new Sample(12, 5, 3));
    }

    [Fact]
    public void CovariateThatIsTheMetricLeavesNoVariance()
    {
        var result = Cuped.Compare([new(10, 4, 2.3, 4, 2.3, 2.3), new(12, 5, 3.1, 5, 3.1, 3.1)], 0.05).Value!;

        result.Differences.Should().ContainSingle().Which.Reason.Should().Be(StatisticalReasons.ZeroVariance);
    }

    [Fact]
    public void OneArmIsRejected() => Cuped.Adjust([new(10, 4, 2, 3, 1, 1)]).Reason.Should().Be(StatisticalReasons.BadArgument);

    private static (double Value, double Covariate)[] Draw(Random random, int units, double effect) =>
        [.. Enumerable.Range(0, units).Select(_ => random.NextDouble() * 10).Select(before => (before + effect + random.NextDouble(), before))];

    private static CovariateSample MomentsOf((double Value, double Covariate)[] arm) => new(
        arm.Length,
        arm.Average(unit => unit.Value),
        VarianceOf(arm.Select(unit => unit.Value)),
        arm.Average(unit => unit.Covariate),
        VarianceOf(arm.Select(unit => unit.Covariate)),
        CovarianceOf(arm));

    private static double VarianceOf(IEnumerable<double> values) => CovarianceOf([.. values.Select(value => (value, value))]);

    private static double CovarianceOf((double Value, double Covariate)[] arm)
    {
        var (mean, covariateMean) = (arm.Average(unit => unit.Value), arm.Average(unit => unit.Covariate));
        return arm.Sum(unit => (unit.Value - mean) * (unit.Covariate - covariateMean)) / (arm.Length - 1);
    }
}
