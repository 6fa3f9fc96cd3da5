using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Canary.Statistics;

public sealed class BlockProcessTests
{
    private static readonly BlockSizes Sizes = new(2, 1);

    [Theory]
    [InlineData(0.5, 4, 4)]
    [InlineData(0.25, 4, 1)]
    [InlineData(0.1, 4, 1)]
    [InlineData(0.05, 9, 1)]
    [InlineData(0.03, 16, 1)]
    [InlineData(0.0001, 16, 1)]
    [InlineData(0, 16, 1)]
    [InlineData(0.4, 4, 3)]
    [InlineData(0.6, 3, 4)]
    [InlineData(0.75, 1, 4)]
    [InlineData(1, 1, 16)]
    public void SizesFollowThePlannedShare(double share, int control, int treatment) => BlockSizes.For(share).Should().Be(new BlockSizes(control, treatment));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void ImpossibleShareIsRejected(double share)
    {
        var sizes = () => BlockSizes.For(share);

        sizes.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void OpenBlockCountsEachVariantUpToItsSize()
    {
        var (largest, block) = (new BlockSizes(BlockSizes.Max, BlockSizes.Max), default(OpenBlock));
        for (var i = 0; i < BlockSizes.Max; i++)
        {
            block.HasRoom(largest, isTreatment: true).Should().BeTrue();
            block = block.With(isTreatment: true, isBad: true).With(isTreatment: false, isBad: i % 2 == 0);
            block.IsFull(largest).Should().Be(i == BlockSizes.Max - 1);
        }

        block.HasRoom(largest, isTreatment: true).Should().BeFalse();
        block.HasRoom(largest, isTreatment: false).Should().BeFalse();
        (block.Control, block.ControlBad, block.Treatment, block.TreatmentBad).Should().Be((32, 16, 32, 32));
    }

    [Fact]
    public void OutcomeWithoutRoomIsSurplusAndStillPartOfTheNextEstimate()
    {
        var process = new RecordedBlocks();
        var outcomes = new BlockSequence(process, Sizes);

        outcomes.Add(isTreatment: false, isBad: true).Should().BeFalse();
        outcomes.Add(isTreatment: false, isBad: false).Should().BeFalse();
        outcomes.Add(isTreatment: false, isBad: true).Should().BeFalse("the control's places are taken");
        outcomes.Add(isTreatment: true, isBad: true).Should().BeTrue("the block is full");
        outcomes.Add(isTreatment: true, isBad: false).Should().BeFalse();
        outcomes.Add(isTreatment: true, isBad: true).Should().BeFalse();
        outcomes.Add(isTreatment: false, isBad: false).Should().BeFalse();
        outcomes.Add(isTreatment: false, isBad: false).Should().BeTrue();

        process.Blocks.Should().Equal(new ClosedBlock(Sizes, 1, 1, 0, 0), new ClosedBlock(Sizes, 0, 0, 3, 2));
        (outcomes.Blocks, outcomes.Surplus).Should().Be((2, 2));
    }

    [Fact]
    public void OrderWithinABlockDoesNotMatter()
    {
        var (one, other) = (Lifetime(), Lifetime());
        var (inOrder, reversed) = (new BlockSequence(one, Sizes), new BlockSequence(other, Sizes));
        (bool IsTreatment, bool IsBad)[] block = [(false, true), (true, true), (false, false)];

        foreach (var (isTreatment, isBad) in block)
            inOrder.Add(isTreatment, isBad);
        foreach (var (isTreatment, isBad) in Enumerable.Reverse(block))
            reversed.Add(isTreatment, isBad);

        one.LogEvidence.Should().NotBe(0).And.Be(other.LogEvidence);
    }

    [Fact]
    public void StandingComparisonDoesNotGrowDeaf()
    {
        var factors = new BlockFactors(ComparisonNull.Default);
        var (lifetime, standing) = (new LifetimeBlocks(factors, alpha: 0.01), new StandingBlocks(factors, threshold: 1e8));
        var (sizes, seen) = (new BlockSizes(4, 1), 0L);
        for (; seen < 100_000; seen += sizes.Control)
            Close(controlBad: seen % 100 == 0 ? 1 : 0, treatmentBad: 0);

        var (toLifetime, toStanding) = (0, 0);
        while (!lifetime.IsProof && toLifetime < 10_000)
        {
            toStanding += standing.IsProof ? 0 : 1;
            toLifetime++;
            Close(controlBad: 0, treatmentBad: 1);
        }

        toStanding.Should().BeLessThan(10).And.BeLessThan(toLifetime / 2);

        void Close(int controlBad, int treatmentBad)
        {
            var block = new ClosedBlock(sizes, controlBad, treatmentBad, seen, seen / 100);
            lifetime.Close(block);
            standing.Close(block);
        }
    }

    [Fact]
    public void EvidenceStaysFiniteAfterABillionOutcomesAndManyBadBlocks()
    {
        foreach (var process in Processes())
        {
            for (var i = 0; i < 5_000; i++)
                process.Close(new(new(32, 32), 0, 32, 1_000_000_000, 0));
            double.IsFinite(process.LogEvidence).Should().BeTrue();
            process.IsProof.Should().BeTrue();

            for (var i = 0; i < 5_000; i++)
                process.Close(new(new(32, 32), 32, 0, 1_000_000_000, 1_000_000_000));
            double.IsNaN(process.LogEvidence).Should().BeFalse();
        }
    }

    [Fact]
    public void ResetBeginsAnew()
    {
        foreach (var process in Processes())
        {
            var before = process.LogEvidence;
            process.Close(new(Sizes, 0, 1, 100, 1));
            process.LogEvidence.Should().NotBe(before);

            process.Reset();

            process.LogEvidence.Should().Be(before);
        }
    }

    [Fact]
    public void StepsAllocateNothing()
    {
        foreach (var process in Processes())
        {
            Allocated.By(() =>
            {
                process.Close(new(Sizes, 1, 0, 1_000, 10));
                _ = process.IsProof;
            }).Should().Be(0);
        }
    }

    private static LifetimeBlocks Lifetime() => new(new(ComparisonNull.Default), alpha: 0.01);

    private static BlockProcess[] Processes()
    {
        var factors = new BlockFactors(new ComparisonNull(1.2, 0.001));
        return [Lifetime(), new LifetimeBlocks(factors, alpha: 0.01), new StandingBlocks(factors, threshold: 1e8), new StandingBlocks(factors, threshold: 1e8, DetectorKind.Cusum)];
    }
}
