using ProgressiveDelivery.Sdk.Canary.Statistics;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

public sealed class GuardArgumentsTests
{
    public static TheoryData<double> NoShares => [0, 1, -0.1, 1.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    public static TheoryData<double> NoThresholds => [1, 0, -5, double.NaN, double.PositiveInfinity];

    [Theory]
    [MemberData(nameof(NoShares))]
    public void LimitIsAboveZeroAndBelowOne(double limit)
    {
        Refused(() => new LifetimeLimit(limit, alpha: 0.01));
        Refused(() => new StandingLimit(limit, threshold: 1e8));
    }

    [Theory]
    [MemberData(nameof(NoShares))]
    public void AlphaIsAboveZeroAndBelowOne(double alpha)
    {
        Refused(() => new LifetimeLimit(0.01, alpha));
        Refused(() => new LifetimeBlocks(new(ComparisonNull.Default), alpha));
        Refused(() => ShareIntervals.Of(10, 1, alpha));
        Refused(() => ShareIntervals.Difference(10, 1, 10, 1, alpha));
    }

    [Theory]
    [MemberData(nameof(NoThresholds))]
    public void ThresholdIsFiniteAndAboveOne(double threshold)
    {
        Refused(() => new StandingLimit(0.01, threshold));
        Refused(() => new StandingBlocks(new(ComparisonNull.Default), threshold));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void OddsRatiosAreFiniteAndAboveOne(double ratio)
    {
        Refused(() => new LifetimeLimit(0.01, 0.01, LimitSide.Above, [2, ratio]));
        Refused(() => new StandingLimit(0.01, 1e8, DetectorKind.Cusum, [2, ratio]));
        Refused(() => new BlockFactors(ComparisonNull.Default, ControlPrior.Default, [2, ratio]));
    }

    [Fact]
    public void ThereIsAnOddsRatio() => Refused(() => new LifetimeLimit(0.01, 0.01, LimitSide.Above, []));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(33, 1)]
    [InlineData(1, 33)]
    public void SizesAreFromOneTo32(int control, int treatment) => Refused(() => new BlockSizes(control, treatment));

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0)]
    [InlineData(double.NaN, 0.5)]
    public void PriorIsAboveZero(double bad, double good) => Refused(() => new ControlPrior(bad, good));

    [Fact]
    public void KindIsKnown() => Refused(() => new StandingBlocks(new(ComparisonNull.Default), 1e8, (DetectorKind)7));

    [Fact]
    public void SmallestAndLargestSharesAreAccepted()
    {
        foreach (var share in (double[])[double.Epsilon, 1 - 1.2e-16])
        {
            var (lifetime, standing) = (new LifetimeLimit(share, share), new StandingLimit(share, 1.0000001));
            lifetime.Add(isBad: true);
            standing.Add(isBad: true);
            (double.IsFinite(lifetime.LogEvidence) && double.IsFinite(standing.LogEvidence)).Should().BeTrue();
        }
    }

    [Fact]
    public void NegativeRunIsRefused()
    {
        Refused(() => new LifetimeLimit(0.01, 0.01).AddGood(-1));
        Refused(() => new StandingLimit(0.01, 1e8).AddGood(-1));
    }

    private static void Refused(Action call) => call.Should().Throw<ArgumentException>();

    private static void Refused<T>(Func<T> call) => call.Should().Throw<ArgumentException>();
}
