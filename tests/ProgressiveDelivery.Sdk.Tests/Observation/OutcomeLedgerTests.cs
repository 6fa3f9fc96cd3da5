using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Observation;

/// <summary>Counts grow with each call, and the places of outcomes come with the first one.</summary>
public sealed class OutcomeLedgerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void CallsOfSeveralThreadsAreAllCounted()
    {
        const int calls = 20_000;
        var ledger = new OutcomeLedger();
        var slot = SlotOf(ledger);

        Parallel.For(0, calls, call => slot.Record((OutcomeResult)(call % 3 == 2 ? 2 : call % 2), Second));

        ledger.Calls.Sum(entry => entry.Count).Should().Be(calls);
        ledger.Calls.Should().OnlyContain(entry => entry.Count > 6_000).And.HaveCount(3);
    }

    [Fact]
    public void VariantWithoutACallHasNoCounts()
    {
        var ledger = new OutcomeLedger();
        SlotOf(ledger);

        ledger.Calls.Should().BeEmpty();
        ledger.Fallbacks.Should().BeEmpty();
    }

    [Fact]
    public void CountsOfAVariantOutliveItsRules()
    {
        var ledger = new OutcomeLedger();

        SlotOf(ledger).Record(OutcomeResult.Success, Second);
        SlotOf(ledger).Record(OutcomeResult.Success, Second);

        ledger.Calls.Should().Contain(("flag", "on", "ok", 2L));
    }

    [Fact]
    public void BeyondItsLimitVariantsShareOneCount()
    {
        var ledger = new OutcomeLedger(maxSeries: 2);

        foreach (var variant in new[] { "a", "b", "c", "d", "a" })
            new OutcomeSlot(ledger, "flag", variant, []).Record(OutcomeResult.Failure, Second);

        ledger.Calls.Where(entry => entry.Count > 0).Should().BeEquivalentTo(new[] { ("flag", "a", "failed", 2L), ("flag", "b", "failed", 1L), ("(others)", "(others)", "failed", 2L) });
    }

    [Fact]
    public void EachRulesetAsksForTheWatchesWhenItComesIntoForceAndNotLater()
    {
        var (first, second) = (new NotedWatch(), new NotedWatch());
        var watcher = new PlayedWatcher { ["flag", "on"] = [first] };
        var ledger = new OutcomeLedger(watcher);
        var rules = Some.Snapshot(Some.Flag()).Compile().Rules;
        var old = ledger.TableOf(rules);
        watcher["flag", "on"] = [second];

        old.Of(rules.Flags[0], 0).Record(OutcomeResult.Success, Second);
        ledger.TableOf(rules).Of(rules.Flags[0], 0).Record(OutcomeResult.Success, Second);

        (first.Noted.Length, second.Noted.Length).Should().Be((1, 1));
    }

    [Fact]
    public void PlaceOfAVariantIsOneForAllThreads()
    {
        var rules = Some.Snapshot(Some.Flag()).Compile().Rules;

        for (var i = 0; i < 100; i++)
        {
            var table = new OutcomeLedger().TableOf(rules);
            var slots = new OutcomeSlot[4];
            Parallel.For(0, slots.Length, thread => slots[thread] = table.Of(rules.Flags[0], 1));
            slots.Distinct().Should().ContainSingle();
        }
    }

    [Fact]
    public void FlagOfOtherRulesHasNoPlace()
    {
        var (rules, others) = (Some.Snapshot(Some.Flag()).Compile().Rules, Some.Snapshot(Some.Flag(), Some.Flag("b")).Compile().Rules);
        var table = new OutcomeLedger(new PlayedWatcher { ["flag", "on"] = [new NotedWatch()] }).TableOf(rules);

        table.Find(rules.Flags[0], 0).Should().NotBeNull();
        table.Find(others.Flags[0], 0).Should().BeNull();
        table.Find(others.Flags[1], 0).Should().BeNull();
    }

    [Fact]
    public void RecordingAllocatesNothing()
    {
        var ledger = new OutcomeLedger();
        var (plain, watched) = (SlotOf(ledger), new OutcomeSlot(ledger, "flag", "off", [new SilentWatch()]));

        Allocated.By(() => plain.Record(OutcomeResult.Success, Second)).Should().Be(0);
        Allocated.By(() => watched.Record(OutcomeResult.Failure, Second, unit: 7)).Should().Be(0);

        ledger.Calls.Single(entry => entry.Variant == "off" && entry.Result == "failed").Count.Should().Be(400);
    }

    private static OutcomeSlot SlotOf(OutcomeLedger ledger)
    {
        var rules = Some.Snapshot(Some.Flag()).Compile().Rules;
        return ledger.TableOf(rules).Of(rules.Flags[0], rules.Flags[0].IndexOfVariant("on"));
    }
}
