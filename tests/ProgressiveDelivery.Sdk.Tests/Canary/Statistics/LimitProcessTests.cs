using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

public sealed class LimitProcessTests
{
    private const int Outcomes = 10;
    private const int MaxOutcomes = 100_000;
    private const double Rounding = 1e-12;

    public static TheoryData<double, double> AtOrBelowLimits => new()
    {
        { 0.001, 0.001 }, { 0.001, 0 }, { 0.01, 0.01 }, { 0.01, 0.009 }, { 0.1, 0.1 }, { 0.5, 0.5 }, { 0.5, 0.2 }, { 0.99, 0.99 },
    };

    public static TheoryData<double> Limits => [1e-9, 0.001, 0.01, 0.1, 0.5, 0.999];

    [Theory]
    [MemberData(nameof(AtOrBelowLimits))]
    public void MeanEvidenceOfLifetimeNeverExceedsOne(double limit, double chance)
    {
        var mean = MeanOverAllPaths(() => new LifetimeLimit(limit, alpha: 0.01), chance);

        mean.Should().BeLessThanOrEqualTo(1 + Rounding);
        if (chance == limit)
            mean.Should().BeApproximately(1, Rounding, "at the limit it is a fair game");
    }

    [Theory]
    [MemberData(nameof(AtOrBelowLimits))]
    public void MeanEvidenceOfOtherSideNeverExceedsOne(double limit, double chance)
    {
        // Mirrored: the chance is at the limit or above.
        var mean = MeanOverAllPaths(() => new LifetimeLimit(1 - limit, alpha: 0.01, LimitSide.Below), 1 - chance);

        mean.Should().BeLessThanOrEqualTo(1 + Rounding);
        if (chance == limit)
            mean.Should().BeApproximately(1, Rounding, "at the limit it is a fair game");
    }

    [Theory]
    [MemberData(nameof(AtOrBelowLimits))]
    public void MeanEvidenceOfStandingNeverExceedsItsSteps(double limit, double chance)
    {
        var mean = MeanOverAllPaths(() => Standing(limit, DetectorKind.ShiryaevRoberts), chance);

        mean.Should().BeLessThanOrEqualTo(Outcomes * (1 + Rounding));
        if (chance == limit)
            mean.Should().BeApproximately(Outcomes, Outcomes * Rounding, "each step adds one and then plays a fair game");
        MeanOverAllPaths(() => Standing(limit, DetectorKind.Cusum), chance).Should().BeLessThanOrEqualTo(mean * (1 + Rounding));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void RunOfGoodOutcomesIsTheSameAtOnceAndOneByOne(double limit)
    {
        foreach (var create in Processes(limit))
        {
            var (stepped, atOnce) = (create(), create());
            foreach (var count in (long[])[1, 2, 0, 3, 17, 400, 1, 20_000, 5])
            {
                for (var i = 0; i < count; i++)
                    stepped.Add(isBad: false);
                atOnce.AddGood(count);
                if (stepped.LogEvidence != atOnce.LogEvidence)
                    atOnce.LogEvidence.Should().BeApproximately(stepped.LogEvidence, 1e-10, $"of {stepped} after {count} good ones");
                stepped.Add(isBad: true);
                atOnce.Add(isBad: true);
            }
        }
    }

    [Fact]
    public void DetectorSettlesAfterGoodOutcomesWhereFactorsNearlyVanish()
    {
        var detector = new StandingLimit(1e-12, threshold: 1e50, DetectorKind.ShiryaevRoberts, [1.1]);

        detector.AddGood(1_000_000);

        // Each step multiplies by one less 1e-13, whose digits a difference to 1 loses: the sum of that series to its second term.
        Math.Exp(detector.LogEvidence).Should().BeApproximately(1e6 - (0.1e-12 * 1e6 * 1_000_001 / 2), 1e-8);
    }

    [Fact]
    public void ProofNeedsAsManyBadOutcomesAsDocumented()
    {
        OutcomesToProof(new LifetimeLimit(0.01, alpha: 0.001), isBad: true).Should().Be(2);
        OutcomesToProof(new StandingLimit(0.01, threshold: 1e8), isBad: true).Should().Be(5);
    }

    [Fact]
    public void StandingDoesNotGrowDeaf()
    {
        var (lifetime, standing) = (new LifetimeLimit(0.01, alpha: 0.01), new StandingLimit(0.01, threshold: 1e8));

        lifetime.AddGood(100_000);
        standing.AddGood(100_000);

        OutcomesToProof(standing, isBad: true).Should().BeLessThanOrEqualTo(6);
        OutcomesToProof(lifetime, isBad: true).Should().BeGreaterThan(100);
    }

    [Fact]
    public void OtherSideIsProvenByGoodOutcomes()
    {
        var test = new LifetimeLimit(0.001, alpha: 0.05, LimitSide.Below);

        OutcomesToProof(test, isBad: false).Should().Be(3_778, "that is how long a proof takes without a single bad outcome");
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void HugeCountsStayFinite(double limit)
    {
        foreach (var create in Processes(limit))
        {
            var process = create();
            for (var i = 0; i < 50_000; i++)
                process.Add(isBad: true);
            double.IsFinite(process.LogEvidence).Should().BeTrue();
            process.IsProof.Should().BeTrue();

            process.AddGood(1_000_000_000);
            process.AddGood(long.MaxValue / 4);
            process.Add(isBad: true);
            double.IsFinite(process.LogEvidence).Should().BeTrue($"of {process}");
        }
    }

    [Fact]
    public void ResetBeginsAnew()
    {
        foreach (var create in Processes(0.01))
        {
            var (fresh, used) = (create(), create());
            used.Add(isBad: true);
            used.AddGood(10);

            used.Reset();

            used.LogEvidence.Should().Be(fresh.LogEvidence);
        }
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        foreach (var create in Processes(0.01))
        {
            var process = create();
            Allocated.By(() =>
            {
                process.AddGood(7);
                process.Add(isBad: true);
                _ = process.IsProof;
            }).Should().Be(0);
        }
    }

    private static StandingLimit Standing(double limit, DetectorKind kind) => new(limit, threshold: 1e8, kind, OddsRatios.Grid);

    private static Func<LimitProcess>[] Processes(double limit) =>
    [
        () => new LifetimeLimit(limit, alpha: 0.01),
        () => Standing(limit, DetectorKind.ShiryaevRoberts),
        () => Standing(limit, DetectorKind.Cusum),
    ];

    private static int OutcomesToProof(LimitProcess process, bool isBad)
    {
        var count = 0;
        for (; !process.IsProof && count < MaxOutcomes; count++)
            process.Add(isBad);
        return count;
    }

    private static double MeanOverAllPaths(Func<LimitProcess> create, double chance)
    {
        var mean = 0.0;
        for (var path = 0; path < 1 << Outcomes; path++)
        {
            var (process, weight) = (create(), 1.0);
            for (var i = 0; i < Outcomes; i++)
            {
                var isBad = (path >> i & 1) == 1;
                process.Add(isBad);
                weight *= isBad ? chance : 1 - chance;
            }

            mean += weight * Math.Exp(process.LogEvidence);
        }

        return mean;
    }
}
