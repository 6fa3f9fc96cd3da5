using ProgressiveDelivery.Sdk.Acceptance;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Experiments;
using ProgressiveDelivery.Sdk.Json;
using ProgressiveDelivery.Sdk.Snapshots;
using ProgressiveDelivery.Sdk.Sources;
#if NET9_0_OR_GREATER
using ProgressiveDelivery.Sdk.Tests.Support;
#endif

namespace ProgressiveDelivery.Sdk.Tests.Evaluation;

/// <summary>The client's facts about its process stand in for a kind <c>host</c> that a context lacks.</summary>
public sealed class HostKindTests
{
    private static readonly EvaluationContext West = new("west-7") { ["version"] = "4.2.1", ["region"] = "west-europe" };
    private static readonly EvaluationContext User = new("u");

    private static readonly FlagDefinition Ring = Some.Flag().When(new AllCondition([
        Some.That("host:version", AttributeOperator.SemVer, ">=4.2.0"), Some.Equal("host:region", "west-europe")])) with
    { ClientVisible = true };

    [Fact]
    public void RuleSeesTheProcessInEitherFormOfContext()
    {
        var flags = Open(West, Ring);
        var stack = new StackContext("u");

        flags.IsEnabled("flag", User).Should().BeTrue();
        flags.IsEnabled("flag", EvaluationContext.Empty).Should().BeTrue();
        flags.IsEnabled("flag", User.WithKind("organization", new("acme"))).Should().BeTrue();
        flags.IsEnabled("flag", in stack, fallback: false).Should().BeTrue();
        foreach (var listed in flags.GetFrontEndFlags(User))
            listed.Variant.Should().Be("on");
    }

    [Theory]
    [InlineData("4.1.9", "west-europe")]
    [InlineData("4.2.1", "east-us")]
    [InlineData("4.2.1", null)]
    public void RuleDoesNotHoldInAnotherProcess(string version, string? region) =>
        Open(new("i") { ["version"] = version, ["region"] = region }, Ring).IsEnabled("flag", User).Should().BeFalse();

    [Fact]
    public void WithoutFactsThereIsNoHost() => Open(host: null, Ring).IsEnabled("flag", User).Should().BeFalse();

    [Fact]
    public void HostOfTheContextWinsAsAWhole()
    {
        var flags = Open(West, Ring);

        flags.IsEnabled("flag", User.WithKind("host", new("i") { ["version"] = "4.2.0", ["region"] = "east-us" })).Should().BeFalse();
        flags.IsEnabled("flag", User.WithKind("host", new("i") { ["version"] = "4.2.0" })).Should().BeFalse("facts of two hosts are not mixed");
    }

    [Fact]
    public void FactsAreNotAttributesOfOtherKinds()
    {
        var flags = Open(West, Some.Flag().When(new AnyCondition([Some.Equal("region", "west-europe"), Some.Equal("organization:region", "west-europe"), Some.Equal("/host:region", "west-europe")])));

        flags.IsEnabled("flag", User).Should().BeFalse();
        User.KindNames.Should().BeEmpty();
    }

    [Fact]
    public void RolloutByInstanceAdmitsItsShareOfInstancesWithAllTheirUsers()
    {
        var flag = Some.Flag() with { Default = Some.Rollout(2) with { By = ["host:targetingKey"], Else = "off" } };

        var admitted = Enumerable.Range(0, 5_000).Select(i => Open(new($"web-{i}"), flag)).Where(flags => flags.IsEnabled("flag", User)).ToList();

        admitted.Should().HaveCountGreaterThan(60).And.HaveCountLessThan(140);
        admitted.Should().OnlyContain(flags => Enumerable.Range(0, 20).All(user => flags.IsEnabled("flag", new EvaluationContext($"u-{user}"))));
    }

    [Fact]
    public void ExplanationShowsTheFacts()
    {
        var explanation = Open(West, Ring).Explain("flag", User);

        explanation.Variant.Should().Be("on");
        explanation.ToString().Should().Contain("host:version").And.Contain("4.2.1");
    }

    [Fact]
    public void WatchedValueSeesTheFacts() => Open(West, Ring).Look(new FeatureFlag<bool>("flag", false), User).Value.Should().BeTrue();

    [Fact]
    public void DefinitionsOfABackendWithKindsOfItsOwnSeeNoFacts()
    {
        var definition = Some.Snapshot(Ring) with { WithoutHostFacts = true };
        var flags = new FeatureSnapshot(definition.Compile().Rules, SnapshotOrigin.Source, Services(West));

        flags.IsEnabled("flag", User).Should().BeFalse();
        flags.IsEnabled("flag", User.WithKind("host", West)).Should().BeTrue();
    }

    [Fact]
    public void AssertionHasOneVerdictOnEveryMachine()
    {
        foreach (var host in new[] { West, new("east-1") { ["version"] = "4.2.1", ["region"] = "east-us" }, null })
        {
            Verdict(host, User, "on").Should().Be(AcceptanceVerdict.Refused);
            Verdict(host, User, "off").Should().Be(AcceptanceVerdict.Accepted);
            Verdict(host, User.WithKind("host", West), "on").Should().Be(AcceptanceVerdict.Accepted);
        }
    }

#if NET9_0_OR_GREATER
    [Fact]
    public void RuleOnTheProcessAllocatesNothing()
    {
        var flags = Open(West, Ring with { Rules = [.. Ring.Rules, new() { Serve = Some.Rollout(50) with { By = ["host:targetingKey"] } }] });

        Allocated.By(() => flags.IsEnabled("flag", User)).Should().Be(0);
        Allocated.By(() =>
        {
            var stack = new StackContext("u");
            flags.IsEnabled("flag", in stack, fallback: false);
        }).Should().Be(0);
    }
#endif

    private static FeatureSnapshot Open(EvaluationContext? host, FlagDefinition flag) => Some.Snapshot(flag).Open(Services(host));

    private static SnapshotServices Services(EvaluationContext? host)
    {
        var shared = Some.Services();
        return new(shared.Clock, new(new AssignmentMemory(1_000), new()) { Host = host }, shared.UnknownFlags);
    }

    private static AcceptanceVerdict Verdict(EvaluationContext? host, EvaluationContext asserted, string variant)
    {
        var services = Services(host);
        var definition = Some.Snapshot(Ring) with { Assertions = [new() { Flag = "flag", Context = asserted, Variant = variant }] };
        return new SnapshotAcceptance(services, new(), 0.25).Judge(
            SnapshotReading.OfDefinition(definition), new NativeSnapshotFormat(new()), SnapshotOrigin.Source, FeatureSnapshot.NotReady(services)).Verdict;
    }
}
