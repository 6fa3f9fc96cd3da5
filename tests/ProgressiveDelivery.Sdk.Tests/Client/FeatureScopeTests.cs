using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>A unit of work has one ruleset, and remembers what it gave.</summary>
public sealed class FeatureScopeTests : IAsyncDisposable
{
    private static readonly EvaluationContext Ada = new("ada") { ["account"] = 17, ["plan"] = "pro" };
    private static readonly FeatureFlag<bool> Checkout = new("checkout", false);

    private readonly InMemoryEventSink _sink = new();
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public void VariantsAreRememberedOnceForAUnitInOrder()
    {
        var features = Client(Some.Flag("checkout") with { Default = Experiment("checkout-test") }, Some.Text("theme", "dark"), Some.Flag("broken"));
        using var scope = features.BeginScope();
        var stack = new StackContext("eve");

        for (var i = 0; i < 2; i++)
        {
            scope.IsEnabled("checkout", Ada);
            scope.Get(Checkout, Ada);
            scope.Evaluate(Checkout, in stack);
            scope.GetString("theme", EvaluationContext.Empty, "light");
        }

        scope.Given.Should().Equal(
            new GivenVariant { Flag = "checkout", Variant = "on", Experiment = "checkout-test", Unit = "ada" },
            new GivenVariant { Flag = "checkout", Variant = "on", Experiment = "checkout-test", Unit = "eve" },
            new GivenVariant { Flag = "theme", Variant = "dark" });
        scope.Given.Should().BeSameAs(scope.Given);
    }

    [Fact]
    public void FallbacksListingsAndExplanationsAreNotRemembered()
    {
        var features = Client(Some.Flag("checkout") with { ClientVisible = true }, Some.Text("theme", "dark"));
        using var scope = features.BeginScope();

        scope.IsEnabled("missing", Ada).Should().BeFalse();
        scope.GetInteger("theme", Ada, 7).Should().Be(7);
        scope.Explain("checkout", Ada);
        scope.GetFrontEndFlags(Ada).ToJson();

        scope.Given.Should().BeEmpty();
    }

    [Fact]
    public void UnitIsTheExperimentsAndAPrivateOneIsAHash()
    {
        var features = Client(Some.Flag("a") with { Default = Experiment("by-account") with { By = ["account"] } }, Some.Flag("b"));
        using var scope = features.BeginScope();

        scope.IsEnabled("a", Ada);
        scope.IsEnabled("b", Ada.WithPrivate("targetingKey"));

        // The first 16 bytes of SHA-256 of "ada", from coreutils' sha256sum.
        scope.Given.Select(given => (given.Unit, given.UnitKind)).Should().Equal(("17", "account"), ("sha256:fdee430d40bd57deeac186cd9790033d", "targetingKey"));
    }

    [Fact]
    public void BeyondSixtyFourVariantsAnswersAreCounted()
    {
        var features = Client(Some.Flag("checkout"));
        using var scope = features.BeginScope();

        for (var i = 0; i < 70; i++)
            scope.IsEnabled("checkout", new EvaluationContext($"unit-{i}"));
        scope.IsEnabled("checkout", new EvaluationContext("unit-3"));

        scope.Given.Should().HaveCount(GivenVariants.Max);
        scope.Omitted.Should().Be(6);
    }

    [Fact]
    public async Task OutcomeCarriesTheVariantsOfItsScopeOnlyAndAcrossAwait()
    {
        var features = Client(Some.Flag("checkout") with { Default = Experiment("checkout-test") }, Some.Flag("other"));
        using var scope = features.BeginScope();
        using var parallel = features.BeginScope();
        scope.IsEnabled("checkout", Ada);
        await Task.Yield();
        parallel.IsEnabled("other", Ada);

        await Task.Run(() => scope.Track("purchase", Ada, 12.5));
        features.Track("visit", Ada);
        await _services!.DisposeAsync();

        var outcomes = _sink.Events.OfType<OutcomeEvent>().ToDictionary(outcome => outcome.Metric);
        outcomes["purchase"].Variants.Should().Equal(new GivenVariant { Flag = "checkout", Variant = "on", Experiment = "checkout-test", Unit = "ada" });
        outcomes["visit"].Variants.Should().BeEmpty();
    }

    [Fact]
    public async Task ScopeKeepsItsRulesWhateverComes()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag("checkout") with { Default = "on" }) with { Version = 1 });
        var features = Client(flags => flags.From(_ => source));
        await features.WaitUntilReadyAsync();
        using var scope = features.BeginScope();

        source.Set(Some.Snapshot(Some.Flag("checkout")) with { Version = 2 });
        await Refresh.Until.HoldsAsync(() => features.Status.SnapshotVersion == 2);

        (scope.Version, scope.IsEnabled("checkout", Ada)).Should().Be((1L, true));
        using var next = features.BeginScope();
        (next.Version, next.IsEnabled("checkout", Ada)).Should().Be((2L, false));
    }

    [Fact]
    public void EndedScopeForgetsAndAnswersNoMore()
    {
        var features = Client(Some.Flag("checkout"));
        var ended = features.BeginScope();
        ended.IsEnabled("checkout", Ada);
        ended.Dispose();

        FluentActions.Invoking(() => ended.IsEnabled("checkout", Ada)).Should().Throw<ObjectDisposedException>().WithMessage("*BeginScope*");
        FluentActions.Invoking(() => ended.Given).Should().Throw<ObjectDisposedException>();
        ended.Dispose();
        using var one = features.BeginScope();
        using var two = features.BeginScope();

        one.Should().NotBeSameAs(two, "a scope that ended twice serves one unit of work");
        one.Given.Should().BeEmpty();
    }

    [Fact]
    public async Task ScopeOfTheContainerHasTheSnapshotOfTheContainersScope()
    {
        var source = new InMemorySnapshotSource(Some.Snapshot(Some.Flag("checkout")) with { Version = 1 });
        var features = Client(flags => flags.From(_ => source));
        await features.WaitUntilReadyAsync();
        IFeatureScope scope;
        await using (var request = _services!.CreateAsyncScope())
        {
            request.ServiceProvider.GetRequiredService<IFeatureSnapshot>().Version.Should().Be(1);
            source.Set(Some.Snapshot(Some.Flag("checkout")) with { Version = 2 });
            await Refresh.Until.HoldsAsync(() => features.Status.SnapshotVersion == 2);
            scope = request.ServiceProvider.GetRequiredService<IFeatureScope>();
            scope.Version.Should().Be(1);
        }

        FluentActions.Invoking(() => scope.Version).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void ManyThreadsInOneScopeAreRememberedOnce()
    {
        var features = Client(Some.Flag("checkout"));
        using var scope = features.BeginScope();

        Parallel.For(0, 64, new() { MaxDegreeOfParallelism = 64 }, i =>
        {
            for (var unit = 0; unit < 60; unit++)
                scope.IsEnabled("checkout", new EvaluationContext($"unit-{unit}"));
        });

        scope.Given.Should().HaveCount(60);
        scope.Omitted.Should().Be(0);
    }

    [Fact]
    public void ScopesOnManyThreadsAreNeverShared()
    {
        var features = Client(Some.Flag("checkout"));

        Parallel.For(0, 5_000, i =>
        {
            using var scope = features.BeginScope();
            scope.IsEnabled("checkout", new EvaluationContext($"unit-{i}"));
            scope.Given.Single().Unit.Should().Be($"unit-{i}");
        });
    }

    [Fact]
    public void UnitOfWorkAllocatesNothing()
    {
        var features = Client(Some.Flag("checkout") with { Default = Experiment("checkout-test") }, Some.Flag("by-account") with { Default = Experiment("by-account") with { By = ["account"] } }, Some.Text("theme", "dark"));
        Work(features);

        Allocated.By(() => Work(features)).Should().Be(0);
    }

    private static void Work(IFeatureClient features)
    {
        using var scope = features.BeginScope();
        var stack = new StackContext("eve");
        stack.Set("account", 18);
        scope.IsEnabled("checkout", Ada);
        scope.Get(Checkout, Ada);
        scope.IsEnabled("by-account", in stack);
        scope.IsEnabled("by-account", Ada);
        scope.EvaluateString("theme", Ada, null);
    }

    private static ExperimentOutcome Experiment(string key) => (ExperimentOutcome)Some.Experiment(key, ("on", 1));

    private IFeatureClient Client(params FlagDefinition[] flags) => Client(builder => builder.FromSnapshot(Some.Snapshot(flags)));

    private IFeatureClient Client(Action<ProgressiveDeliveryBuilder> configure)
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(Some.Monday))
            .AddProgressiveDelivery(flags =>
            {
                configure(flags);
                flags.SendEventsTo(_sink);
            })
            .BuildServiceProvider();
        return _services.GetRequiredService<IFeatureClient>();
    }
}
