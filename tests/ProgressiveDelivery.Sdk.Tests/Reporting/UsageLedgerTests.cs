using System.Runtime.CompilerServices;
using ProgressiveDelivery.Sdk.Observation;

namespace ProgressiveDelivery.Sdk.Tests.Reporting;

public sealed class UsageLedgerTests
{
    private readonly UsageLedger _ledger = new();

    [Fact]
    public void RulesThatComeIntoForceAgainAreCountedInOnePlace()
    {
        var rules = Some.Snapshot(Some.Flag("f")).Compile().Rules;

        _ledger.Of(rules).Should().BeSameAs(_ledger.Of(rules));
        _ledger.Of(Some.Snapshot(Some.Flag("f")).Compile().Rules).Should().NotBeSameAs(_ledger.Of(rules));
    }

    [Fact]
    public void WhatWasCountedOfRulesThatAreGoneIsTakenAndTheyAreForgotten()
    {
        var rules = CountOnForgottenRules();
        for (var i = 0; i < 10 && rules.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        rules.IsAlive.Should().BeFalse("a table must not keep its rules");
        _ledger.Take().All.ToArray().Should().Contain([KeyValuePair.Create(new UsageKey("f", FlagType.Boolean, null, "off", "false", false), 1L)]).And.HaveCount(1);
        _ledger.Take().IsEmpty.Should().BeTrue();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference CountOnForgottenRules()
    {
        var rules = Some.Snapshot(Some.Flag("f")).Compile().Rules;
        _ledger.Of(rules).CountVariant(rules.Flags[0], new(1, EvaluationReason.Default));
        return new(rules);
    }
}
