using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Sources;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>Rules that the application gives in code need no start.</summary>
public sealed class RulesInMemoryTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WatchedTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DocumentInCodeIsInForceWhenTheClientIsResolved()
    {
        await using var services = Services(client => client.FromDocument(ClientUnderTest.Document(3)));
        var client = services.GetRequiredService<IFeatureClient>();

        var answer = client.EvaluateBoolean("f", EvaluationContext.Empty);

        (answer.Value, answer.Origin, answer.SnapshotVersion).Should().Be((true, SnapshotOrigin.Source, 3));
        client.Status.State.Should().Be(FeatureClientState.Ready);
        Warnings(services).Should().BeEmpty();
    }

    [Fact]
    public async Task DefinitionsInCodeAreInForceWhenTheClientIsResolvedAndStayReady()
    {
        await using var services = Services(client => client.FromSnapshot(new SnapshotDefinition { Version = 7 }));
        var client = services.GetRequiredService<IFeatureClient>();
        client.Status.State.Should().Be(FeatureClientState.Ready);

        var status = await client.WaitUntilReadyAsync(Timeout.InfiniteTimeSpan);

        status.Should().BeEquivalentTo(new { State = FeatureClientState.Ready, SnapshotVersion = 7, Cause = (FeatureClientFault?)null });
        Warnings(services).Should().BeEmpty();
        services.GetFakeLogCollector().GetSnapshot().Should().ContainSingle(record => record.Id.Id == 204);
    }

    [Fact]
    public async Task NewRulesInMemoryAreFollowedThoughTheClientWasNeverStarted()
    {
        var memory = new InMemorySnapshotSource(ClientUnderTest.Document(1));
        await using var services = Services(client => client.From(_ => memory));
        var client = services.GetRequiredService<IFeatureClient>();
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();

        memory.Set(ClientUnderTest.Document(2, on: false));

        await Until.HoldsAsync(() => client.Status.SnapshotVersion == 2);
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeFalse();
    }

    [Fact]
    public async Task RulesInMemoryStayConfirmedThoughTheClientWasNeverStarted()
    {
        await using var services = Services(client => client
            .FromDocument(ClientUnderTest.Document(1)).Configure(options => options.MaxStaleness = TimeSpan.FromMinutes(1)));
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(10);

        await _time.WithoutPausesAsync(() =>
        {
            services.GetRequiredService<IFeatureClient>();
            return Until.HoldsAsync(() => _time.GetUtcNow() > end);
        });

        services.GetRequiredService<IFeatureClient>().Status.State.Should().Be(FeatureClientState.Ready);
        Warnings(services).Should().BeEmpty();
    }

    [Fact]
    public async Task BundledFileOfAHigherVersionTakesOverAsAtAnyStart()
    {
        await File.WriteAllTextAsync(_folder.File("flags.json"), ClientUnderTest.Document(2, on: false));
        await using var services = Services(client => client.FromDocument(ClientUnderTest.Document(1)).FallBackToFile(_folder.File("flags.json")));
        var client = services.GetRequiredService<IFeatureClient>();
        client.IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();

        await client.WaitUntilReadyAsync();

        client.Status.SnapshotVersion.Should().Be(2);
        client.Status.Cause!.Message.Should().Contain("PD1005");
    }

    // A version that an operator holds would otherwise be passed over for a moment.
    [Fact]
    public async Task WhatIsKeptOnDiskComesBeforeRulesInMemory()
    {
        await using (var before = Services(Kept(1)))
        {
            await before.GetRequiredService<IFeatureClient>().WaitUntilReadyAsync();
            var control = before.GetRequiredService<ISnapshotControl>();
            (await control.HoldAsync(new("Ann", "Because.") { SurvivesRestart = true })).Result.Should().Be(ControlResult.Done);
        }

        await using var after = Services(Kept(2, on: false));
        var client = after.GetRequiredService<IFeatureClient>();
        client.Status.State.Should().Be(FeatureClientState.NotReady);

        var status = await client.WaitUntilReadyAsync();

        (status.SnapshotVersion, status.Control!.Hold!.Version, client.IsEnabled("f", EvaluationContext.Empty)).Should().Be((1, 1, true));
    }

    [Fact]
    public async Task RulesInMemoryThatAreRefusedAreReportedByTheLoop()
    {
        var memory = new InMemorySnapshotSource("no JSON");
        await using var services = Services(client => client.From(_ => memory));
        var client = services.GetRequiredService<IFeatureClient>();
        client.Status.State.Should().Be(FeatureClientState.NotReady);

        client.IsEnabled("f", EvaluationContext.Empty);

        await Until.HoldsAsync(() => client.Status.Cause is not null);
        client.Status.Cause!.Should().BeEquivalentTo(new { Kind = FeatureClientFaultKind.InvalidSnapshot, NeedsAction = true });
    }

    [Fact]
    public async Task RulesInMemoryBehindAnotherSourceWaitForTheirTurn()
    {
        var preferred = new ScriptedSource();
        await using var services = Services(client => client.From(_ => preferred).FromDocument(ClientUnderTest.Document(1)));
        var client = services.GetRequiredService<IFeatureClient>();
        client.Status.State.Should().Be(FeatureClientState.NotReady);

        preferred.Then(ScriptedSource.Throw(new SnapshotSourceException("Down.")));

        (await client.WaitUntilReadyAsync()).Should().BeEquivalentTo(new { State = FeatureClientState.Ready, Source = "memory" });
    }

    [Fact]
    public async Task DocumentToStartFromIsInForceUntilTheSourceIsRead()
    {
        var source = new ScriptedSource();
        await using var services = Services(client => client.From(_ => source).FallBackToDocument(ClientUnderTest.Document(3)));
        var client = services.GetRequiredService<IFeatureClient>();

        var answer = client.EvaluateBoolean("f", EvaluationContext.Empty);

        (answer.Value, answer.Origin, answer.SnapshotVersion).Should().Be((true, SnapshotOrigin.Bundled, 3));
        source.Then(ScriptedSource.Throw(new SnapshotSourceException("Down.")));
        (await client.WaitUntilReadyAsync()).Should().BeEquivalentTo(new { SnapshotVersion = 3, Origin = SnapshotOrigin.Bundled });
        client.Status.Cause!.Message.Should().Contain("Down.");
    }

    [Fact]
    public async Task DocumentToStartFromThatIsRejectedIsLoggedAndTheSourceRead()
    {
        var source = new InMemorySnapshotSource("no JSON");
        await using var services = Services(client => client.From(_ => source).FallBackToDocument("{}"));
        var client = services.GetRequiredService<IFeatureClient>();

        client.IsEnabled("f", EvaluationContext.Empty, fallback: true).Should().BeTrue();

        Warnings(services).Should().Contain(record => record.Message.Contains("The document of FallBackToDocument is not used: PD1002", StringComparison.Ordinal));
        source.Set(ClientUnderTest.Document(1));
        await Until.HoldsAsync(() => client.Status.SnapshotVersion == 1);
    }

    [Fact]
    public async Task DocumentToStartFromHasNoPlaceBesideAFolderOrKeys()
    {
        await using var services = Services(client => client
            .FromDocument(ClientUnderTest.Document(1)).FallBackToDocument("{}").KeepLastKnownGoodIn(_folder.Path).TrustKeys(_ => { }));

        services.Invoking(all => all.GetRequiredService<IFeatureClient>()).Should().Throw<Microsoft.Extensions.Options.OptionsValidationException>()
            .WithMessage("*FallBackToDocument is in force at once, and KeepLastKnownGoodIn must be read first*").WithMessage("*FallBackToDocument gives unsigned rules*");
    }

    [Fact]
    public async Task ThousandClientsThatAreNeverStartedLeaveNothingBehind()
    {
        for (var i = 0; i < 1000; i++)
        {
            await using var services = Services(client => client.FromDocument(ClientUnderTest.Document(1)));
            services.GetRequiredService<IFeatureClient>().IsEnabled("f", EvaluationContext.Empty).Should().BeTrue();
        }

        await Until.HoldsAsync(() => _time.Timers == 0);
    }

    private Action<ProgressiveDeliveryBuilder> Kept(long version, bool on = true) => client => client
        .FromDocument(ClientUnderTest.Document(version, on)).KeepLastKnownGoodIn(_folder.Path);

    private ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure) => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging())
        .AddSingleton<TimeProvider>(_time)
        .AddProgressiveDelivery(configure)
        .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

    private static IEnumerable<FakeLogRecord> Warnings(ServiceProvider services) =>
        services.GetFakeLogCollector().GetSnapshot().Where(record => record.Level >= LogLevel.Warning);
}
