using CsCheck;
using ProgressiveDelivery.Sdk.Analysis.Statistics;

namespace ProgressiveDelivery.Sdk.Analysis.Tests.Statistics;

/// <summary>Tails and quantiles at extreme arguments, against closed forms and published values.</summary>
public sealed class DistributionTests
{
    // The values of SciPy's norm.sf and of tables.
    [Theory]
    [InlineData(-10, 1)]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(5, 2.8665157187919391e-7)]
    [InlineData(10, 7.6198530241605261e-24)]
    [InlineData(30, 4.9067139271481872e-198)]
    public void NormalTailsAreExact(double z, double tail) => ShouldAgree(NormalDistribution.UpperTail(z), tail, 1e-13);

    [Theory]
    [InlineData(0.025, 1.9599639845400542)]
    [InlineData(0.975, -1.9599639845400542)]
    [InlineData(0.5, 0)]
    [InlineData(1e-10, 6.3613409024040562)]
    [InlineData(1e-20, 9.2623400897984076)]
    public void NormalQuantilesAreExact(double tail, double z) => ShouldAgree(NormalDistribution.UpperQuantile(tail), z, 1e-14);

    [Theory]
    [InlineData(1e-8)]
    [InlineData(0.3)]
    [InlineData(1.7)]
    [InlineData(1.8)]
    [InlineData(40)]
    [InlineData(1e8)]
    [InlineData(1e100)]
    [InlineData(1e200)]
    public void StudentTailsAreTheClosedForms(double t)
    {
        var root = Math.Sqrt(2 + (t * t));
        ShouldAgree(new StudentDistribution(1).UpperTail(t), Math.Atan(1 / t) / Math.PI, 1e-13);
        if (double.IsFinite(root))
            ShouldAgree(new StudentDistribution(2).UpperTail(t), 1 / root / (root + t), 1e-12);
    }

    // Abramowitz and Stegun 26.7.5: the first term of the difference to the normal distribution.
    [Theory]
    [InlineData(0.5, 1e8)]
    [InlineData(3, 1e8)]
    [InlineData(10, 1e10)]
    [InlineData(30, 1e13)]
    [InlineData(35, 1e15)]
    public void StudentTailsApproachTheNormalOnes(double t, double degrees)
    {
        var density = Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI);
        var expected = NormalDistribution.UpperTail(t) + (density * ((t * t * t) + t) / (4 * degrees));

        ShouldAgree(new StudentDistribution(degrees).UpperTail(t), expected, 2e-12);
    }

    // Published tables of t (Abramowitz and Stegun, table 26.10).
    [Theory]
    [InlineData(0.025, 1, 12.706)]
    [InlineData(0.025, 10, 2.228)]
    [InlineData(0.005, 5, 4.032)]
    [InlineData(0.05, 30, 1.697)]
    [InlineData(0.0005, 3, 12.924)]
    public void StudentQuantilesAreThoseOfTables(double tail, double degrees, double t) =>
        Math.Round(new StudentDistribution(degrees).UpperQuantile(tail), 3).Should().Be(t);

    [Fact]
    public void CauchyQuantilesAreExactDownToTheSmallestTails()
    {
        foreach (var tail in new[] { 0.499999999, 0.4, 0.1, 0.025, 1e-10, 1e-100, 1e-290 })
            ShouldAgree(new StudentDistribution(1).UpperQuantile(tail), tail > 0.3 ? Math.Tan(Math.PI * (0.5 - tail)) : 1 / Math.Tan(Math.PI * tail), 2e-13);
    }

    [Fact]
    public void QuantilesInvertTails() =>
        Gen.Select(Gen.Double[-290, Math.Log10(0.5)], Gen.Double[0, 15.9]).Sample(
            (exponent, logOfDegrees) =>
            {
                var tail = Math.Pow(10, exponent);
                var distribution = new StudentDistribution(Math.Pow(10, logOfDegrees));
                ShouldAgree(distribution.UpperTail(distribution.UpperQuantile(tail)), tail, 1e-12);
                ShouldAgree(NormalDistribution.UpperTail(NormalDistribution.UpperQuantile(tail)), tail, 1e-12);
            },
            iter: 3_000,
            threads: 1);

    // For one and two degrees of freedom and more there are closed forms (Abramowitz and Stegun 26.4.4 and 26.4.5).
    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(60)]
    [InlineData(700)]
    [InlineData(1_300)]
    public void ChiSquaredTailsAreTheClosedForms(double x)
    {
        ShouldAgree(ChiSquaredDistribution.UpperTail(x, 1), 2 * NormalDistribution.UpperTail(Math.Sqrt(x)), 1e-11);
        ShouldAgree(ChiSquaredDistribution.UpperTail(x, 2), Math.Exp(-x / 2), 1e-11);
        ShouldAgree(ChiSquaredDistribution.UpperTail(x, 4), Math.Exp(-x / 2) * (1 + (x / 2)), 1e-11);
        ShouldAgree(ChiSquaredDistribution.UpperTail(x, 6), Math.Exp(-x / 2) * (1 + (x / 2) + (x * x / 8)), 1e-11);
    }

    private static void ShouldAgree(double actual, double expected, double relative) =>
        Math.Abs(actual - expected).Should().BeLessThanOrEqualTo(relative * Math.Abs(expected), "{0:R} is close to {1:R}", actual, expected);
}
