using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

public sealed class ComparisonNullTests
{
    private static readonly BlockSizes Sizes = new(9, 2);

    [Theory]
    [InlineData(1, 0, 0.01, 0.3)]
    [InlineData(1, 0.05, 0.01, 0.3)]
    [InlineData(2, 0.05, 1e-9, 0.2)]
    [InlineData(0.3, 0.1, 0.5, 0.9)]
    [InlineData(0.3, 0.1, 0.999, 0.9999)]
    [InlineData(1.5, 0, 0.6, 0.999)]
    public void NearestPairIsOnTheEdgeAndHasTheLeastDivergence(double ratio, double margin, double control, double treatment)
    {
        var hypothesis = new ComparisonNull(ratio, margin);
        var (nearestTreatment, nearest) = hypothesis.Nearest(Sizes, Chance.Of(treatment), Chance.Of(control));

        nearestTreatment.Bad.Should().BeApproximately((ratio * nearest.Bad) + margin, 1e-15);
        nearest.Bad.Should().BeGreaterThan(control);
        var least = Divergence(nearest.Bad);
        for (var i = 1; i < 1_000; i++)
            Divergence(control + ((Math.Min(1, (treatment - margin) / ratio) - control) * i / 1_000)).Should().BeGreaterThanOrEqualTo(least - 1e-13);

        double Divergence(double point) =>
            (Sizes.Treatment * Between(treatment, (ratio * point) + margin)) + (Sizes.Control * Between(control, point));
    }

    [Fact]
    public void RootAgreesWithTheClosedForm()
    {
        var (treatment, control) = (Chance.Of(0.3), Chance.Of(0.01));

        var (nearly, _) = new ComparisonNull(1, 1e-300).Nearest(Sizes, treatment, control);

        nearly.Bad.Should().BeApproximately(ComparisonNull.Default.Nearest(Sizes, treatment, control).Treatment.Bad, 1e-15);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1)]
    [InlineData(1, double.NaN)]
    public void ImpossibleHypothesisIsRejected(double ratio, double margin)
    {
        var create = () => new ComparisonNull(ratio, margin);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double Between(double p, double q) => (p * Math.Log(p / q)) + ((1 - p) * Math.Log((1 - p) / (1 - q)));
}
