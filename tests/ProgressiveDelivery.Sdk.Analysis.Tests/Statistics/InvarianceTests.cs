using CsCheck;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Statistics;

/// <summary>Properties of the methods that hold for all data.</summary>
public sealed class InvarianceTests
{
    private static readonly Gen<Sample> Samples =
        Gen.Select(Gen.Long[2, 1_000_000], Gen.Double[0.1, 100], Gen.Double[0.001, 1_000]).Select((units, mean, variance) => new Sample(units, mean, variance));

    private static readonly Gen<double> Alphas = Gen.Double[0.0001, 0.5];

    private const double Rounded = 1 - 1e-15;

    [Fact]
    public void SwappedArmsChangeTheSign() => Gen.Select(Samples, Samples, Alphas).Sample(
        (one, two, alpha) =>
        {
            var (there, back) = (WelchTest.Compare(one, two, alpha).Value!, WelchTest.Compare(two, one, alpha).Value!);
            return there.Estimate == -back.Estimate && there.Statistic == -back.Statistic && there.PValue == back.PValue && there.Low == -back.High;
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void ScaleChangesNeitherPValueNorUplift() => Gen.Select(Samples, Samples, Alphas, Gen.Int[-60, 60]).Sample(
        (control, treatment, alpha, power) =>
        {
            var scale = Math.ScaleB(1, power);
            var scaled = WelchTest.Compare(Scaled(control, scale), Scaled(treatment, scale), alpha).Value!;
            var plain = WelchTest.Compare(control, treatment, alpha).Value!;
            return scaled.PValue == plain.PValue && scaled.Low == plain.Low * scale
                && UpliftTest.Compare(Scaled(control, scale), Scaled(treatment, scale), alpha) == UpliftTest.Compare(control, treatment, alpha);
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void FiellersIntervalLeavesOutZeroExactlyWhenPIsBelowAlpha() => Gen.Select(Samples, Samples, Alphas).Sample(
        (control, treatment, alpha) =>
            UpliftTest.Compare(control, treatment, alpha).Value is not { } uplift || (uplift.Low > 0 || uplift.High < 0) == (uplift.PValue < alpha),
        iter: 3_000,
        threads: 1);

    // The definition: at an end, the contrast of treatment and (1 + u) control is one quantile of its standard errors away from 0.
    [Fact]
    public void EndsOfFiellersIntervalSolveItsEquation() => Gen.Select(Samples, Samples, Alphas).Sample(
        (control, treatment, alpha) =>
        {
            if (UpliftTest.Compare(control, treatment, alpha).Value is not { } uplift || uplift.G > 0.9)
                return true;
            var quantile = new StudentDistribution(uplift.DegreesOfFreedom).UpperQuantile(alpha / 2);
            return new[] { uplift.Low, uplift.High }.All(end =>
            {
                var error = Math.Sqrt((treatment.Variance / treatment.Units) + ((1 + end) * (1 + end) * control.Variance / control.Units));
                return Math.Abs((Math.Abs(treatment.Mean - ((1 + end) * control.Mean)) / error) - quantile) < 1e-6 * quantile;
            });
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void DeltaAndFiellerAgreeWhereTheBaselineIsSure() => Gen.Select(Samples, Samples).Sample(
        (control, treatment) =>
        {
            if (UpliftTest.Compare(control, treatment, 0.05).Value is not { G: < 0.0001 } fieller)
                return true;
            var delta = UpliftTest.Compare(control, treatment, 0.05, UpliftMethod.Delta).Value!;
            return Math.Abs(delta.Low - fieller.Low) < 0.02 * (fieller.High - fieller.Low);
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void DifferenceOfProportionsIsMirroredByTheOppositeEvent() =>
        Gen.Select(Gen.Long[1, 5_000], Gen.Long[1, 5_000], Gen.Double[0, 1], Gen.Double[0, 1], Alphas).Sample(
            (units, controlUnits, share, controlShare, alpha) =>
            {
                var (treatment, control) = (new Proportion(units, (long)(units * share)), new Proportion(controlUnits, (long)(controlUnits * controlShare)));
                var plain = ProportionTest.Compare(control, treatment, alpha).Value!;
                var mirrored = ProportionTest.Compare(Opposite(control), Opposite(treatment), alpha).Value!;
                return Math.Abs(plain.Low + mirrored.High) < 1e-12 && Math.Abs(plain.PValue - mirrored.PValue) < 1e-9
                    && plain.Low >= -1.0000000001 && plain.High <= 1.0000000001 && plain.Low <= plain.Estimate && plain.High >= plain.Estimate;
            },
            iter: 2_000,
            threads: 1);

    // Every unit has one view: the ratio is the mean.
    [Fact]
    public void RatioToAConstantIsTheMean() => Gen.Select(Samples, Samples).Sample(
        (control, treatment) =>
        {
            var ratio = RatioTest.Compare(PerView(control), PerView(treatment), 0.05).Value!;
            var means = WelchTest.Compare(control, treatment, 0.05).Value!;
            return ratio.Estimate == means.Estimate && Math.Abs(ratio.StandardError - means.StandardError) < 1e-12 * means.StandardError;
        },
        iter: 1_000,
        threads: 1);

    // The numerator is the denominator times R, so that no unit adds to the variance of the ratio.
    [Fact]
    public void RatioThatIsTheSameForEveryUnitHasNoVariance() =>
        RatioTest.Compare(new(1_000, 6, 3, 4 * 0.7, 0.7, 2 * 0.7), new(1_000, 9, 3, 9 * 0.7, 0.7, 3 * 0.7), 0.05).Reason
            .Should().Be(StatisticalReasons.ZeroVariance);

    [Fact]
    public void AdjustedPValuesKeepTheOrderAndRise() => Gen.Double[0, 1].Array[1, 30].Sample(
        pValues =>
        {
            var (holm, rate) = (MultipleComparisons.Holm(pValues, 0.05).Value!.Adjusted, MultipleComparisons.BenjaminiHochberg(pValues, 0.05).Value!.Adjusted);
            return Enumerable.Range(0, pValues.Length).All(i =>
                holm[i] >= rate[i] * Rounded && rate[i] >= pValues[i] * Rounded && holm[i] <= 1
                && Enumerable.Range(0, pValues.Length).All(j => pValues[i] > pValues[j] || (holm[i] <= holm[j] && rate[i] <= rate[j])));
        },
        iter: 500,
        threads: 1);

    [Fact]
    public void EqualPValuesAreAdjustedAlike()
    {
        MultipleComparisons.Holm([0.02, 0.02, 0.02], 0.05).Value!.Adjusted.Should().Equal(0.06, 0.06, 0.06);
        MultipleComparisons.BenjaminiHochberg([0.02, 0.02, 0.02], 0.05).Value!.Adjusted.Should().OnlyContain(value => Math.Abs(value - 0.02) < 1e-17);
    }

    [Fact]
    public void EffectOfASizeHasThePowerOfThePlan() =>
        Gen.Select(Gen.Double[0.001, 0.9], Gen.Long[2, 1_000_000], Gen.Double[0.1, 5], Gen.Bool).Sample(
            (baseline, units, allocation, isSequential) =>
            {
                var settings = new PowerSettings { Allocation = allocation, IsSequential = isSequential };
                return PowerAnalysis.ProportionEffect(baseline, units, settings).Value is not { } effect
                    || Math.Abs(PowerAnalysis.ProportionPower(baseline, effect.Effect, units, settings).Value!.Power - 0.8) < 1e-9;
            },
            iter: 1_000,
            threads: 1);

    [Fact]
    public void ExactSequentialIntervalHoldsTheShareAndNarrows() => Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Double[0, 1], Alphas).Sample(
        (units, share, alpha) =>
        {
            var sample = new Proportion(units, (long)(units * share));
            var (wide, narrow) = (ProportionSequence.One(sample, alpha / 10).Value!, ProportionSequence.One(sample, alpha).Value!);
            var actual = (double)sample.Events / units;
            return wide.Low <= narrow.Low && narrow.Low <= actual && actual <= narrow.High && narrow.High <= wide.High;
        },
        iter: 1_000,
        threads: 1);

    private static RatioSample PerView(Sample sample) => new(sample.Units, sample.Mean, 1, sample.Variance, 0, 0);

    private static Sample Scaled(Sample sample, double scale) => new(sample.Units, sample.Mean * scale, sample.Variance * scale * scale);

    private static Proportion Opposite(Proportion sample) => new(sample.Units, sample.Units - sample.Events);
}
