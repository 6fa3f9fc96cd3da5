using ProgressiveDelivery.Sdk.Canary.Guards;
using ProgressiveDelivery.Sdk.Canary.Statistics;
using ProgressiveDelivery.Sdk.Definitions;

namespace ProgressiveDelivery.Sdk.Tests.Canary;

/// <summary>A guard that compares two variants takes their outcomes in blocks.</summary>
public sealed class GuardPairTests : IDisposable
{
    private readonly CanaryUnderTest _canary = new();

    public void Dispose() => _canary.Dispose();

    [Fact]
    public void WorseVariantTripsAndTheEvidenceNamesBoth()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair()));

        for (var i = 0; i < 400; i++)
        {
            _canary.Good(variant: "off");
            _canary.Bad();
        }

        _canary.Tripped.Should().ContainSingle().Which.Evidence.Should().MatchRegex("^([0-9]+) of \\1 outcomes of 'on' were errors, against 0 of [0-9]+ of 'off'$");
    }

    [Fact]
    public void EqualVariantsDoNotTripHoweverBad()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair()));

        Play(new(3), outcomes: 20_000, share: 0.3, chance: 0.4, chanceOfOther: 0.4);

        _canary.Tripped.Should().BeEmpty();
        _canary.Guard.Difference!.Low.Should().BeNegative();
    }

    [Fact]
    public void RateBeyondTheMarginTrips()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair() with { Margin = 0.1, Ratio = 2 }));

        Play(new(3), outcomes: 20_000, share: 0.5, chance: 0.25, chanceOfOther: 0.1);
        _canary.Tripped.Should().BeEmpty();
        Play(new(4), outcomes: 20_000, share: 0.5, chance: 0.5, chanceOfOther: 0.1);

        _canary.Tripped.Should().ContainSingle().Which.Evidence.Should().EndWith("of 'off' times 2 and a margin of 10 %");
    }

    [Fact]
    public void FirstBlockHasFourPlacesForEachAndTheRestIsSurplus()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair()));

        _canary.Good(10);
        (_canary.Guard.Outcomes, _canary.Guard.Surplus).Should().Be((10, 6));
        _canary.Good(4, variant: "off");
        _canary.Good(1);

        (_canary.Guard.Outcomes, _canary.Guard.AgainstOutcomes, _canary.Guard.Surplus).Should().Be((11, 4, 6));
    }

    [Fact]
    public void EvidenceIsThatOfClosedBlocks()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair() with { Mode = GuardMode.Lifetime }));
        _canary.Bad(2);
        _canary.Good(2);
        _canary.Bad(1, variant: "off");
        _canary.Good(2, variant: "off");
        _canary.Guard.LogEvidence.Should().Be(0, "a block that is not full is no evidence");
        var one = new LifetimeBlocks(new(ComparisonNull.Default), 0.01);
        one.Close(new(new(4, 4), ControlBad: 1, TreatmentBad: 2, ControlBefore: 0, ControlBadBefore: 0));

        _canary.Good(1, variant: "off");

        _canary.Guard.LogEvidence.Should().BeApproximately(one.LogEvidence, 1e-12);
    }

    [Fact]
    public void NoOutcomesOfTheOtherAreNoData()
    {
        _canary.Publish(SomeGuard.Guarded(SomeGuard.Pair()));

        _canary.Good(100);
        _canary.Guard.Result.Should().Be(GuardResult.NoData);
        _canary.Good(1, variant: "off");

        _canary.Guard.Result.Should().Be(GuardResult.Fine);
    }

    [Fact]
    public void PlanFollowsTheShareOfRecentOutcomes()
    {
        var plan = new BlockPlan();

        plan.Next(new(0, 0)).Should().Be(new BlockSizes(4, 4));
        plan.Next(new(50, 0, 950, 0)).Should().Be(new BlockSizes(9, 1), "5 % of outcomes are the variant's");
        plan.Next(new(60, 0, 960, 0)).Should().Be(new BlockSizes(9, 1), "20 outcomes show no other share");

        plan.Next(new(550, 0, 1_450, 0)).Should().Be(new BlockSizes(4, 4), "since then it was half of them");
    }

    [Fact]
    public void WordHoldsABlockAndItsSizes()
    {
        var word = BlockWord.Empty(new(32, 1));

        for (var i = 0; i < 32; i++)
        {
            word.HasRoom(isTreatment: false).Should().BeTrue();
            word = word.With(isTreatment: false, isBad: i % 2 == 0);
        }

        (word.HasRoom(isTreatment: false), word.IsFull).Should().Be((false, false));
        word = word.With(isTreatment: true, isBad: true);
        (word.IsFull, word.Counts.Control, word.Counts.ControlBad, word.Counts.Treatment, word.Counts.TreatmentBad).Should().Be((true, 32, 16, 1, 1));
        word.Sizes.Should().Be(new BlockSizes(32, 1));
    }

    private void Play(Random random, int outcomes, double share, double chance, double chanceOfOther)
    {
        for (var i = 0; i < outcomes; i++)
        {
            var variant = random.NextDouble() < share ? "on" : "off";
            if (random.NextDouble() < (variant == "on" ? chance : chanceOfOther))
                _canary.Bad(variant: variant);
            else
                _canary.Good(variant: variant);
        }
    }
}
