using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Client;

/// <summary>Variants that a context or a scope forces for a test.</summary>
public sealed class ForcedVariantTests : IAsyncDisposable
{
    private static readonly FeatureFlag<string> Banner = new("banner", "none");
    private static readonly EvaluationContext Ada = new("ada");
    private static readonly EvaluationContext Forced = Ada.WithForcedVariant("banner", "b", "qa@example.com");

    private readonly FakeLogCollector _logs = new();
    private readonly InMemoryEventSink _sink = new();
    private ServiceProvider? _services;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task ContextForcesAVariantForItselfAlone()
    {
        var client = await StartAsync(Environments.Development);

        client.Evaluate(Banner, Forced).Should().BeEquivalentTo(new { Value = "B", Variant = "b", Reason = EvaluationReason.Override });
        client.GetString("banner", Forced.With("country", "NL").WithPrivate("country").WithKind("device", new("d")), null).Should().Be("B");
        client.GetString("fixed", Ada.WithForcedVariant("fixed", "b", "qa"), null).Should().Be("B", "a flag with one answer can be forced too");
        VariantOf(client.GetFrontEndFlags(Forced)).Should().Be("b");
        client.Evaluate(Banner, Ada).Value.Should().Be("A");
    }

    [Fact]
    public async Task ScopeForcesAVariantUntilItEndsAndComesFirst()
    {
        var client = await StartAsync(Environments.Staging);
        using (var scope = client.BeginScope())
        {
            scope.ForceVariant("banner", "c", "qa");
            var stack = new StackContext("ada");

            scope.Get(Banner, in stack).Should().Be("C");
            scope.GetString("banner", Forced, null).Should().Be("C");
            scope.Explain("banner", Ada).Should().BeEquivalentTo(new { Variant = "c", Reason = EvaluationReason.Override });
            VariantOf(scope.GetFrontEndFlags(Ada)).Should().Be("c");
            scope.Given.Should().BeEmpty("an outcome is not due to it");
        }

        using var next = client.BeginScope();
        next.GetString("banner", Ada, null).Should().Be("A");
    }

    [Theory]
    [InlineData("Production", null, "A")]
    [InlineData("Production", true, "B")]
    [InlineData("Staging", null, "B")]
    [InlineData("Staging", false, "A")]
    [InlineData(null, null, "A")]
    [InlineData(null, true, "B")]
    public async Task ProductionAllowsItByAnOptionAlone(string? environment, bool? allows, string expected)
    {
        var client = await StartAsync(environment, options => options.AllowForcedVariants = allows);

        client.Get(Banner, Forced).Should().Be(expected);
        client.Get(Banner, Forced).Should().Be(expected);

        _logs.GetSnapshot().Count(line => line.Id.Id == 109).Should().Be(expected == "A" ? 1 : 0);
    }

    [Fact]
    public async Task ForcedVariantIsNeitherExposedNorCountedNorStored()
    {
        var store = new PlayedAssignmentStore();
        var usage = new CollectingReporter();
        var client = await StartAsync(Environments.Development, builder: flags => flags.StoreAssignmentsIn(store).ReportUsageTo(_ => usage));

        client.Get(Banner, Forced);
        client.Get(new FeatureFlag<string>("tracked", ""), Ada.WithForcedVariant("tracked", "b", "qa"));
        client.Get(Banner, new EvaluationContext("bob"));
        await _services!.DisposeAsync();

        _sink.Events.OfType<ExposureEvent>().Select(exposure => (exposure.Flag, exposure.Unit)).Should().Equal(("banner", "bob"));
        usage.Counted.Should().Be(1);
        store.Content.Keys.Should().Equal(new AssignmentKey("banner-1", "bob"));
    }

    [Fact]
    public async Task EachForcedVariantIsInTheTrailOnceAndTakesNoActsPlace()
    {
        var client = await StartAsync(Environments.Development);
        var control = _services!.GetRequiredService<ISnapshotControl>();
        await control.OverrideAsync("fixed", "b", new("ops", "INC-1"));
        for (var i = 0; i < 300; i++)
            client.Get(Banner, Ada.WithForcedVariant("banner", "b", $"qa-{i / 2}"));

        var trail = control.AuditTrail;

        trail.Where(record => record.Kind == ControlActKind.ForceVariant).Should().HaveCount(100).And.OnlyHaveUniqueItems(record => record.By)
            .And.OnlyContain(record => record.Flag == "banner" && record.ToVariant == "b");
        trail.Should().ContainSingle(record => record.Kind == ControlActKind.Override);
        _logs.GetSnapshot().Count(line => line.Id.Id == 518).Should().Be(150);
    }

    [Fact]
    public async Task WhatTheRulesLackIsIgnoredAndLoggedOnce()
    {
        var client = await StartAsync(Environments.Development);
        var context = Ada.WithForcedVariant("banner", "zebra", "qa").WithForcedVariant("gone", "b", "qa");

        for (var i = 0; i < 3; i++)
            client.Get(Banner, context).Should().Be("A");

        _logs.GetSnapshot().Where(line => line.Id.Id == 110).Should().HaveCount(2);
    }

    [Fact]
    public async Task OperatorsOverrideOutranksIt()
    {
        var client = await StartAsync(Environments.Development);
        await _services!.GetRequiredService<ISnapshotControl>().OverrideAsync("banner", "c", new("ops", "INC-1"));

        client.Get(Banner, Forced).Should().Be("C");
    }

    [Fact]
    public async Task ExplanationAndWatchedValueShowItWithoutAnEntryInTheTrail()
    {
        var client = await StartAsync(Environments.Development);
        var seen = new List<string>();
        using var watching = client.OnChange(Banner, Forced, change => seen.Add(change.Current.Value));

        var explanation = client.Explain("banner", Forced);

        explanation.ToString().Should().Contain("Forced b: forced for a test by qa@example.com");
        _services!.GetRequiredService<ISnapshotControl>().AuditTrail.Should().BeEmpty();
    }

    [Fact]
    public void ForcedVariantsArePartOfAContextsEquality()
    {
        Forced.Should().Be(Ada.WithForcedVariant("banner", "b", "qa@example.com")).And.NotBe(Ada);
        Forced.WithForcedVariant("banner", "c", "qa").ForcedVariants.Should().Equal(new ForcedVariant("banner", "c", "qa"));
        Ada.ForcedVariants.Should().BeEmpty();
        Ada.Invoking(context => context.WithForcedVariant("banner", "b", " ")).Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task ForcedAnswerCostsNoMemoryBesideItsFirst()
    {
        var client = await StartAsync(Environments.Development);
        client.Get(Banner, Forced).Should().NotBe(client.Get(Banner, Ada));

        Allocated.By(() => client.Get(Banner, Forced)).Should().Be(0);
    }

    private async Task<IFeatureClient> StartAsync(string? environment, Action<ProgressiveDeliveryOptions>? options = null, Action<ProgressiveDeliveryBuilder>? builder = null)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(_logs)));
        if (environment is not null)
            services.AddSingleton<IHostEnvironment>(new PlayedEnvironment { EnvironmentName = environment });
        _services = services.AddProgressiveDelivery(flags =>
        {
            flags.FromSnapshot(Rules()).SendEventsTo(_sink).Configure(options ?? (_ => { }));
            builder?.Invoke(flags);
        }).BuildServiceProvider();
        var client = _services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync();
        return client;
    }

    private static string? VariantOf(FrontEndFlags flags)
    {
        foreach (var flag in flags)
        {
            if (flag.Key == "banner")
                return flag.Variant;
        }

        return null;
    }

    private static SnapshotDefinition Rules() => Some.Snapshot(
        Text("banner") with { ClientVisible = true, Default = Some.Experiment("banner-1", ("a", 1), ("b", 0), ("c", 0)) with { Sticky = new() { Version = 1 } } },
        Text("fixed"),
        Text("tracked") with { Track = true });

    private static FlagDefinition Text(string key) =>
        Some.Of(key, FlagType.String, [.. "abc".Select(name => new VariantDefinition { Name = $"{name}", Value = $"{char.ToUpperInvariant(name)}" })]);

    private sealed class CollectingReporter : IUsageReporter
    {
        public long Counted { get; private set; }

        public string Name => "collecting";

        public ValueTask AnnounceAsync(CancellationToken cancellationToken) => default;

        public ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken)
        {
            Counted += report.Flags.Sum(flag => flag.Variants.Sum(variant => variant.Count));
            return default;
        }
    }

    private sealed class PlayedEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
