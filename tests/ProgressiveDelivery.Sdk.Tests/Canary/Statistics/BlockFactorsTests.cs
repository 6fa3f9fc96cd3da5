using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

public sealed class BlockFactorsTests
{
    private const double Rounding = 1e-12;

    private static readonly (double Ratio, double Margin)[] Hypotheses = [(1, 0), (1, 0.001), (1, 0.05), (1, 0.5), (1.2, 0), (2, 0.05), (0.3, 0), (0.3, 0.1), (10, 0), (0.9, 0.2)];

    private static readonly (long Outcomes, long Bad)[] Before = [(0, 0), (10, 0), (1_000, 1), (100_000, 0), (1_000, 100), (1_000, 500), (100, 97)];

    private static readonly double[] Controls = [0, 1e-6, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1];

    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 4, 1 }, { 1, 4 }, { 2, 3 }, { 4, 4 }, { 16, 1 }, { 32, 32 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void MeanFactorNeverExceedsOneUnderTheHypothesis(int control, int treatment)
    {
        var sizes = new BlockSizes(control, treatment);
        var cases = 0;
        foreach (var (ratio, margin) in Hypotheses)
        {
            foreach (var (outcomes, bad) in Before)
            {
                var factors = Table(new(new ComparisonNull(ratio, margin)), sizes, outcomes, bad);
                foreach (var chance in Controls)
                {
                    var edge = Math.Min(1, (ratio * chance) + margin);
                    foreach (var allowed in (double[])[edge, edge / 2, 0])
                    {
                        Means(factors, sizes, chance, allowed).Max().Should().BeLessThanOrEqualTo(1 + Rounding, "of {0}, {1}, {2}, {3} at {4} and {5}", ratio, margin, outcomes, bad, chance, allowed);
                        cases++;
                    }
                }
            }
        }

        cases.Should().Be(Hypotheses.Length * Before.Length * Controls.Length * 3);
    }

    [Fact]
    public void MeanFactorExceedsOneBeyondTheHypothesis()
    {
        var sizes = new BlockSizes(4, 4);

        Means(Table(new(ComparisonNull.Default), sizes, 1_000, 100), sizes, control: 0.1, treatment: 0.2).Max().Should().BeGreaterThan(1.1);
    }

    [Theory]
    [InlineData(0.02, 0.5, 0.02, 0.5)]
    [InlineData(0.5, 0.02, 0.02, 0.5)]
    [InlineData(0.1, 0.3, 0.0, 0.4)]
    public void MeanFactorNeverExceedsOneWhereChancesMoveWithinTheBlock(double control1, double control2, double treatment1, double treatment2)
    {
        var sizes = new BlockSizes(2, 2);
        var factors = Table(new(ComparisonNull.Default), sizes, 1_000, 100);
        var means = new double[OddsRatios.Grid.Length];
        for (var path = 0; path < 16; path++)
        {
            var weight = Weight(path, 0, control1) * Weight(path, 1, control2) * Weight(path, 2, treatment1) * Weight(path, 3, treatment2);
            for (var k = 0; k < means.Length; k++)
                means[k] += weight * factors[(path & 1) + (path >> 1 & 1), (path >> 2 & 1) + (path >> 3 & 1)][k];
        }

        means.Should().OnlyContain(mean => mean <= 1 + Rounding);
    }

    [Fact]
    public void BlockWithoutRoomForAnAlternativeCountsAsOne()
    {
        var factors = Table(new(new ComparisonNull(2, 0)), new(4, 4), 1_000, 600);

        factors[0, 4].Should().OnlyContain(factor => factor == 1);
    }

    [Fact]
    public void MoreBadOutcomesThanOutcomesCountAsAsMany()
    {
        var (torn, whole) = (Table(new(new ComparisonNull(0.3, 0.1)), new(4, 1), 10, 12), Table(new(new ComparisonNull(0.3, 0.1)), new(4, 1), 10, 10));

        torn[4, 1].Should().Equal(whole[4, 1]);
    }

    [Fact]
    public void HugeCountsStayFinite()
    {
        foreach (var bad in (long[])[0, 1, 500_000_000, 1_000_000_000])
        {
            foreach (var (ratio, margin) in Hypotheses)
            {
                foreach (var factors in Table(new(new ComparisonNull(ratio, margin)), new(32, 32), 1_000_000_000, bad))
                    Array.Exists(factors, factor => !double.IsFinite(factor) || factor < 0).Should().BeFalse();
            }
        }
    }

    private static double Weight(int path, int place, double chance) => (path >> place & 1) == 1 ? chance : 1 - chance;

    // By the bad ones of the control, and of the treatment.
    private static double[,][] Table(BlockFactors factors, BlockSizes sizes, long outcomes, long bad)
    {
        var table = new double[sizes.Control + 1, sizes.Treatment + 1][];
        for (var control = 0; control <= sizes.Control; control++)
        {
            for (var treatment = 0; treatment <= sizes.Treatment; treatment++)
            {
                var logs = new double[factors.Count];
                factors.Write(new(sizes, control, treatment, outcomes, bad), logs);
                table[control, treatment] = Array.ConvertAll(logs, Math.Exp);
            }
        }

        return table;
    }

    private static double[] Means(double[,][] factors, BlockSizes sizes, double control, double treatment)
    {
        var (ofControl, ofTreatment) = (Binomial(sizes.Control, control), Binomial(sizes.Treatment, treatment));
        var means = new double[factors[0, 0].Length];
        for (var i = 0; i < ofControl.Length; i++)
        {
            for (var j = 0; j < ofTreatment.Length; j++)
            {
                for (var k = 0; k < means.Length; k++)
                    means[k] += ofControl[i] * ofTreatment[j] * factors[i, j][k];
            }
        }

        return means;
    }

    private static double[] Binomial(int size, double chance)
    {
        var weights = new double[size + 1];
        var ways = 1.0;
        for (var i = 0; i <= size; i++)
        {
            weights[i] = ways * Math.Pow(chance, i) * Math.Pow(1 - chance, size - i);
            ways = ways * (size - i) / (i + 1);
        }

        return weights;
    }
}
