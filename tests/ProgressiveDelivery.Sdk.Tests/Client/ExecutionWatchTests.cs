using System.IO.Hashing;
using System.Runtime.InteropServices;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.Tests.Canary;
using ProgressiveDelivery.Sdk.Tests.Observation;
using static ProgressiveDelivery.Sdk.Tests.Client.ExecutionUnderTest;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>Watches get the outcomes that are evidence about the rules that gave the variant, and no others.</summary>
public sealed class ExecutionWatchTests
{
    private readonly ExecutionUnderTest _test = new();

    [Theory]
    [InlineData(EvaluationReason.Override)]
    [InlineData(EvaluationReason.Killed)]
    [InlineData(EvaluationReason.Guarded)]
    public void VariantThatAnOverlayServesIsCountedAndNotWatched(EvaluationReason reason)
    {
        var features = _test.Put(Flag("off"), new("checkout", new Sdk.Definitions.VariantOutcome("on"), reason));

        Run(features, Ada).Should().Be("treatment");

        _test.Calls.Should().Equal("checkout on ok 1");
        _test.On.Noted.Should().BeEmpty();
    }

    [Theory]
    [InlineData(EvaluationReason.Guarded, 1)]
    [InlineData(EvaluationReason.Override, 0)]
    public void ShareThatAGuardProbesWithIsWatched(EvaluationReason reason, int expected)
    {
        var features = _test.Put(Flag("on"), new("checkout", new RolloutOutcome { To = "on", Percent = 100, Else = "off" }, reason));

        Run(features, Ada).Should().Be("treatment");

        _test.On.Noted.Should().HaveCount(expected);
    }

    [Fact]
    public void VariantThatIsForcedForATestIsNoOutcome()
    {
        Run(_test.Put(Flag("off")), Ada.WithForcedVariant("checkout", "on", "qa")).Should().Be("treatment");

        _test.Calls.Should().BeEmpty();
        _test.On.Noted.Should().BeEmpty();
    }

    [Fact]
    public async Task OutcomeBelongsToTheRulesThatGaveTheVariant()
    {
        var pending = new TaskCompletionSource<string>();
        var running = _test.Features.ExecuteAsync(Checkout, Ada, _ => new ValueTask<string>(pending.Task), static _ => new("control")).AsTask();
        var newer = new NotedWatch();
        _test.Watcher["checkout", "on"] = [newer];
        var next = _test.Put(Flag("on"));

        pending.SetResult("treatment");
        await running;
        Run(next, Ada);

        (_test.On.Noted.Length, newer.Noted.Length).Should().Be((1, 1));
        _test.Calls.Should().Equal(["checkout on ok 2"], "counts belong to the variant of any rules");
    }

    [Fact]
    public void WatchThatThrowsHarmsNeitherTheCallerNorOthersAndIsReportedOnce()
    {
        var (broken, behind) = (new NotedWatch { Fault = new InvalidOperationException("broken") }, new NotedWatch());
        _test.Watcher["checkout", "on"] = [broken, behind];
        var features = _test.Put(Flag("on"));

        Run(features, Ada).Should().Be("treatment");
        Run(features, Ada).Should().Be("treatment");

        behind.Noted.Should().HaveCount(2);
        _test.Faults.Should().Equal(broken.Fault);
    }

    [Fact]
    public void WatchesAreCalledInOrder()
    {
        var order = new List<int>();
        _test.Watcher["checkout", "on"] = [new NotedWatch { Observed = () => order.Add(1) }, new NotedWatch("ms") { Observed = () => order.Add(0) }, new NotedWatch { Observed = () => order.Add(2) }];

        Run(_test.Put(Flag("on")), Ada);

        order.Should().Equal(1, 2);
    }

    [Fact]
    public void UnitIsHashedForAWatchThatNeedsItAlone()
    {
        var test = new ExecutionUnderTest(needsUnit: true);

        Run(_test.Features, Ada);
        Run(test.Features, Ada);
        Run(test.Features, EvaluationContext.Empty);
        Run(test.Put(Flag(Some.Experiment("checkout-test", ("on", 1)) with { By = ["account"] })), Ada);

        _test.On.Noted.Single().Unit.Should().Be(0);
        test.On.Noted.Select(outcome => outcome.Unit).Should().Equal(HashOf("ada"), 0UL, HashOf("acme"));
    }

    [Fact]
    public async Task ScopeThatEndsDuringACallDoesNotDisturbIt()
    {
        var pending = new TaskCompletionSource<string>();
        var scope = _test.Scopes.Begin(_test.Features);
        var running = scope.ExecuteAsync(Checkout, Ada, _ => new ValueTask<string>(pending.Task), static _ => new("control"), new() { FallsBackToControl = true }).AsTask();

        scope.Given.Select(given => given.Variant).Should().Equal("on");
        scope.Dispose();
        pending.SetException(new IOException("down"));

        (await running).Should().Be("control");
        _test.Calls.Should().Equal("checkout on failed 1");
        _test.On.Noted.Should().HaveCount(1);
        FluentActions.Invoking(() => scope.Execute(Checkout, Ada, static _ => 1, static _ => 2)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void OtherEvaluatorChoosesTheCodeAndNothingIsRecorded()
    {
        var stage = new FeatureFlag<string>("stage", "off");

        new StageFlag("live").Execute(stage, Ada, 0, static (value, _, _) => value).Should().Be("live");
        _test.Features.Execute(new FeatureFlag<bool>("missing", true), Ada, static _ => throw new IOException("down"), static _ => "control", new() { FallsBackToControl = true }).Should().Be("control");

        _test.Calls.Should().BeEmpty();
    }

    private static string Run(IFeatureEvaluator features, EvaluationContext context) => features.Execute(Checkout, context, static _ => "treatment", static _ => "control");

    private static ulong HashOf(string unit) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(unit.AsSpan()));
}
