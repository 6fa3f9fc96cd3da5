using ProgressiveDelivery.Sdk.Diagnostics;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;
using static ProgressiveDelivery.Sdk.Tests.Refresh.ScriptedSource;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>The answers that are counted for operators, from the moment they ask for it.</summary>
public sealed class ServedCountTests
{
    private static readonly EvaluationContext Ada = new("ada") { ["plan"] = "pro" };

    [Fact]
    public async Task AnswersAreCountedFromTheMomentItIsAskedFor()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Client.IsEnabled("f", Ada);
        test.Diagnostics.Served.Should().BeEmpty();

        test.Diagnostics.CountServed();
        test.Client.IsEnabled("f", Ada);
        test.Client.EvaluateBoolean("f", EvaluationContext.Empty);
        test.Client.GetString("f", Ada, "x");
        test.Client.IsEnabled("missing", Ada);
        test.Client.Explain("f", Ada);

        test.Diagnostics.Served.Should().BeEquivalentTo([
            new ServedCount("f", "on", EvaluationReason.RuleMatch, 1), new ServedCount("f", "off", EvaluationReason.Default, 1), new ServedCount("f", null, EvaluationReason.TypeMismatch, 1)]);
        test.Diagnostics.CountServed();
        test.Client.IsEnabled("f", Ada);
        test.Diagnostics.Served.Should().Contain(new ServedCount("f", "on", EvaluationReason.RuleMatch, 2));
    }

    [Fact]
    public async Task AskedBeforeTheStartItCountsFromTheFirstAnswer()
    {
        await using var test = new ClientUnderTest();
        test.Diagnostics.CountServed();
        test.Client.IsEnabled("f", Ada);
        await test.PlayAsync(Rules(1));

        test.Client.IsEnabled("f", Ada);

        test.Diagnostics.Served.Should().Equal(new ServedCount("f", "on", EvaluationReason.RuleMatch, 1));
    }

    [Fact]
    public async Task CountsOutliveTheirRules()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Diagnostics.CountServed();
        test.Client.IsEnabled("f", Ada);
        await test.PlayAsync(Rules(2));
        test.Client.IsEnabled("f", Ada);
        await test.Control.OverrideAsync("f", "off", new("ada", "why"));
        test.Client.IsEnabled("f", Ada);

        test.Diagnostics.Served.Should().BeEquivalentTo([new ServedCount("f", "on", EvaluationReason.RuleMatch, 2), new ServedCount("f", "off", EvaluationReason.Override, 1)]);
    }

    [Fact]
    public async Task RulesInForceStayTheSame()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        await test.Control.HoldAsync(new("ada", "why"));
        var changes = 0;
        using var listening = test.Client.OnChange(_ => changes++);
        await Until.HoldsAsync(() => changes == 1);
        var (before, trail, revision) = ((FeatureSnapshot)test.Client.GetSnapshot(), test.Control.AuditTrail, test.Control.State.Revision);
        test.Time.Advance(TimeSpan.FromMinutes(1));

        test.Diagnostics.CountServed();

        var after = (FeatureSnapshot)test.Client.GetSnapshot();
        after.Should().NotBeSameAs(before);
        (after.Rules, after.Definition, after.IsHeld, after.Age, after.Cause).Should().Be((before.Rules, before.Definition, true, TimeSpan.FromMinutes(1), before.Cause));
        (changes, test.Control.State.Revision).Should().Be((1, revision));
        test.Control.AuditTrail.Should().Equal(trail);
        (await test.Control.ReleaseAsync(new("ada", "why"))).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task CountsBesideReportsOfUsageAndTheMeter()
    {
        await using var reported = new ClientUnderTest(client => client.ReportUsageTo(_ => new NotedReporter()));
        await using var metered = new ClientUnderTest(client => client.CountEvaluations());
        foreach (var test in (ClientUnderTest[])[reported, metered])
        {
            await test.PlayAsync(Rules(1));
            using var scope = test.Client.BeginScope();
            test.Client.IsEnabled("f", Ada);
            scope.IsEnabled("f", Ada);

            test.Diagnostics.CountServed();
            test.Client.IsEnabled("f", Ada);

            test.Diagnostics.Served.Should().Equal(new ServedCount("f", "on", EvaluationReason.RuleMatch, 1));
        }
    }

    [Fact]
    public async Task UnitOfWorkThatBeganBeforeFinishesUncounted()
    {
        await using var test = new ClientUnderTest(client => client.ReportUsageTo(_ => new NotedReporter()));
        await test.PlayAsync(Rules(1));
        using var scope = test.Client.BeginScope();
        test.Diagnostics.CountServed();

        scope.IsEnabled("f", Ada);

        test.Diagnostics.Served.Should().BeEmpty();
        using var next = test.Client.BeginScope();
        next.IsEnabled("f", Ada);
        test.Diagnostics.Served.Should().ContainSingle();
    }

    [Fact]
    public async Task ClientThatIsNotAskedHasNoObserver()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));

        ObserverOf(test).Should().BeNull();
        test.Diagnostics.CountServed();
        ObserverOf(test).Should().NotBeNull();
    }

    [Fact]
    public async Task CountingAllocatesNothing()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Diagnostics.CountServed();
        var flag = new FeatureFlag<bool>("f", false);

        Allocated.By(() =>
        {
            test.Client.IsEnabled("f", Ada);
            test.Client.IsEnabled("f", EvaluationContext.Empty);
            test.Client.GetInteger("f", Ada, 7);
            test.Client.Evaluate(flag, Ada);
        }).Should().Be(0);
        test.Diagnostics.Served.Sum(one => one.Count).Should().BeGreaterThan(1_000);
    }

    [Fact]
    public async Task NoAnswerIsLostWhileManyThreadsAsk()
    {
        await using var test = new ClientUnderTest();
        await test.PlayAsync(Rules(1));
        test.Diagnostics.CountServed();

        var askers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                test.Client.IsEnabled("f", Ada);
                if (i % 100 == 0)
                    test.Diagnostics.Served.Should().HaveCountLessThan(2);
            }
        })).ToArray();
        await test.PlayAsync(Rules(2), Rules(3));
        await Task.WhenAll(askers).WaitAsync(Until.Patience);

        test.Diagnostics.Served.Should().Equal(new ServedCount("f", "on", EvaluationReason.RuleMatch, 40_000));
    }

    private static object? ObserverOf(ClientUnderTest test) =>
        typeof(FeatureSnapshot).GetField("_observer", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(test.Client.GetSnapshot());

    private static Turn Rules(long version) => Document($$"""
        { "schema": "progressive-delivery/1", "version": {{version}},
          "flags": { "f": { "type": "boolean", "variants": { "on": true, "off": false },
                            "rules": [ { "when": { "attribute": "plan", "equals": "pro" }, "serve": "on" } ], "default": "off" } } }
        """);
}
