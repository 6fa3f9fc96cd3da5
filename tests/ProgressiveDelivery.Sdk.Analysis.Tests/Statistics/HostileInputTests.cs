using System.Collections;
using CsCheck;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Statistics;

/// <summary>No input makes a method throw or return a number that is NaN.</summary>
public sealed class HostileInputTests
{
    private const int Iterations = 4_000;

    private static readonly Gen<double> Numbers = Gen.Frequency(
        (2, OneOf(0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, -double.MaxValue, double.Epsilon, 1e-300, 1e155, -1)),
        (5, Gen.Double[-10, 10]),
        (5, Gen.Double[0, 1]));

    private static readonly Gen<long> Counts = Gen.Frequency(
        (1, OneOf(-1, 0, 1, 2, 1L << 53, long.MaxValue, long.MinValue)),
        (3, Gen.Long[0, 500]),
        (3, Gen.Long[100, 1_000_000]));

    private static readonly Gen<double> Alphas = Gen.Frequency(
        (1, OneOf(double.NaN, -1, 0, 1, 2, double.Epsilon, 1e-300, 1e-16, 0.5, 0.99999999999999989, double.PositiveInfinity)),
        (3, Gen.Double[0, 1]));

    private static readonly Gen<Sample> Samples = Gen.Select(Counts, Numbers, Numbers, Counts, Gen.Bool).Select((units, mean, variance, minority, isKnown) =>
        new Sample(units, mean, variance) { Minority = isKnown ? minority : null });

    private static readonly Gen<Proportion> Proportions = Gen.Select(Counts, Counts).Select((units, events) => new Proportion(units, events));

    [Fact]
    public void MeansGiveNoNaN() => Gen.Select(Samples, Samples, Alphas, Gen.Int[-1, 2]).Sample(
        (control, treatment, alpha, method) =>
        {
            ShouldBeSound(WelchTest.Compare(control, treatment, alpha));
            ShouldBeSound(UpliftTest.Compare(control, treatment, alpha, (UpliftMethod)method));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void ProportionsGiveNoNaN() => Gen.Select(Proportions, Proportions, Alphas).Sample(
        (control, treatment, alpha) =>
        {
            ShouldBeSound(ProportionTest.Compare(control, treatment, alpha));
            ShouldBeSound(ProportionSequence.One(control, alpha));
            ShouldBeSound(ProportionSequence.Difference(control, treatment, alpha));
            ShouldBeSound(UpliftTest.Compare(control.ToSample(), treatment.ToSample(), alpha));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void QuantilesGiveNoNaN() => Gen.Select(Numbers.Array[6], Counts, Alphas, Alphas).Sample(
        (values, units, level, alpha) =>
        {
            ShouldBeSound(QuantileTest.Levels(level, units));
            ShouldBeSound(QuantileTest.Levels(level, new OutcomeClusters(units, values[0], values[1], values[2], values[3])));
            ShouldBeSound(QuantileTest.Compare(new(values[0], values[1], values[2]), new(values[3], values[4], values[5]), alpha));
            Array.Sort(values);
            ShouldBeSound(QuantileTest.Compare(new(values[0], values[2], values[4]), new(values[1], values[3], values[5]), alpha));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void RatiosAndCovariatesGiveNoNaN() => Gen.Select(Counts, Counts, Numbers.Array[10], Alphas).Sample(
        (units, otherUnits, values, alpha) =>
        {
            var control = new RatioSample(units, values[0], values[1], values[2], values[3], values[4]);
            var treatment = new RatioSample(otherUnits, values[5], values[6], values[7], values[8], values[9]);
            ShouldBeSound(RatioTest.Compare(control, treatment, alpha));
            ShouldBeSound(RatioTest.Estimate(control));
            ShouldBeSound(Cuped.Compare(
                [new(units, values[0], values[1], values[2], values[3], values[4]), new(otherUnits, values[5], values[6], values[7], values[8], values[9])], alpha));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void SplitsGiveNoNaN() => Gen.Select(Counts.Array[0, 4], Counts.Array[0, 4], Numbers.Array[0, 4], Numbers, Alphas).Sample(
        (counts, later, weights, concentration, alpha) =>
        {
            ShouldBeSound(SampleRatioChiSquared.Compare(counts, weights, alpha));
            var test = new SequentialSampleRatio(weights, concentration, alpha);
            ShouldBeSound(test.Look(counts));
            ShouldBeSound(test.Look(later));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void ComparisonsAndMarginsGiveNoNaN() => Gen.Select(Samples, Samples, Alphas, Numbers.Array[0, 4], Gen.Bool).Sample(
        (control, treatment, alpha, values, isGood) =>
        {
            ShouldBeSound(MultipleComparisons.Holm(values, alpha));
            ShouldBeSound(MultipleComparisons.BenjaminiHochberg(values, alpha));
            var margin = new NonInferiorityMargin { Absolute = values.Length > 1 ? values[0] : null, Relative = values.Length is 1 or 4 ? values[0] : null };
            ShouldBeSound(NonInferiorityTest.Compare(control, treatment, isGood ? MetricDirection.IncreaseIsGood : MetricDirection.DecreaseIsGood, margin, alpha));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void PlansGiveNoNaN() => Gen.Select(Numbers.Array[5], Counts, Alphas, Alphas, Gen.Bool).Sample(
        (values, units, alpha, power, isSequential) =>
        {
            var settings = new PowerSettings { Alpha = alpha, Power = power, Allocation = values[0], Comparisons = (int)(units % 5), IsSequential = isSequential };
            ShouldBeSound(PowerAnalysis.MeanSize(values[1], values[2], values[3], settings));
            ShouldBeSound(PowerAnalysis.MeanEffect(values[1], values[2], units, settings));
            ShouldBeSound(PowerAnalysis.MeanPower(values[1], values[2], values[3], units, settings));
            ShouldBeSound(PowerAnalysis.ProportionSize(values[1], values[3], settings));
            ShouldBeSound(PowerAnalysis.ProportionEffect(values[1], units, settings));
            ShouldBeSound(PowerAnalysis.ProportionPower(values[1], values[3], units, settings));
            ShouldBeSound(PowerAnalysis.Duration(units, values[1], values[4]));
        },
        iter: Iterations,
        threads: 1);

    [Fact]
    public void SequencesGiveNoNaN() => Gen.Select(Samples, Samples, Alphas, Numbers, Counts, Gen.Int[-1, 3]).Sample(
        (control, treatment, alpha, zero, intended, side) =>
        {
            var settings = new SequenceSettings { Alpha = alpha, Null = zero, Intended = intended, Side = (SequenceSide)side, StartAt = 2 };
            ShouldBeSound(ConfidenceSequence.Mean(control, settings));
            ShouldBeSound(ConfidenceSequence.Difference(control, treatment, settings));
            ShouldBeSound(ConfidenceSequence.RelativeUplift(control, treatment, settings));
            ShouldBeSound(NonInferiorityTest.Sequence(
                ArmEstimate.Of(control), ArmEstimate.Of(treatment), MetricDirection.IncreaseIsGood, new() { Relative = 0.05 }, settings));
        },
        iter: Iterations,
        threads: 1);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void ShouldBeSound<T>(StatisticalResult<T> result)
        where T : class
    {
        if (result.IsOk ? NumbersOf(result.Value).Any(double.IsNaN) : result.Value is not null || result.Reason is null)
            throw new InvalidOperationException($"{result.Status} {result.Reason}: {result.Value}");
    }

    private static IEnumerable<double> NumbersOf(object? value) => value switch
    {
        null or string or Enum or bool or long or int => [],
        double number => [number],
        IEnumerable values => values.Cast<object?>().SelectMany(NumbersOf),
        _ => value.GetType().GetProperties().SelectMany(property => NumbersOf(property.GetValue(value))),
    };
}
