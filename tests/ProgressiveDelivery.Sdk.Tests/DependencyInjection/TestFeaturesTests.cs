using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using ProgressiveDelivery.Sdk.Definitions;
using ProgressiveDelivery.Sdk.DependencyInjection;
using ProgressiveDelivery.Sdk.Observation;
using ProgressiveDelivery.Sdk.Reporting;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.DependencyInjection;

/// <summary>An application's own client that serves flags of an integration test.</summary>
public sealed partial class TestFeaturesTests : IAsyncLifetime
{
    private const string Document = """
        {"schema": "progressive-delivery/1", "version": 7, "flags": {
          "checkout": {"type": "boolean", "variants": {"on": true, "off": false}, "rules": [{"when": {"attribute": "targetingKey", "in": ["ada"]}, "serve": "on"}], "default": "off"},
          "banner": {"type": "string", "variants": {"r": "red", "g": "green"}, "enabled": false, "offVariant": "g", "default": "g", "track": true},
          "limit": {"type": "number", "variants": {"low": 1.0, "high": 2.5}, "default": "low"}},
         "assertions": [{"flag": "checkout", "context": {"targetingKey": "bob"}, "variant": "off"}]}
        """;

    private static readonly EvaluationContext Ada = new("ada");
    private static readonly EvaluationContext Bob = new("bob");

    private readonly TempFolder _folder = new();
    private ServiceProvider? _services;

    private TestFeatures Features => _services!.GetRequiredService<TestFeatures>();

    private IFeatureClient Client => _services!.GetRequiredService<IFeatureClient>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void FlagIsServedToEverybodyFromTheFirstQuestion()
    {
        Start(features => features.Set("checkout", true).Set("banner", "red").Set("limit", 3).Set("ratio", 0.5).SetVariant("paint", "blue").SetVariant("fast", "on"));

        Client.IsEnabled("checkout", Bob).Should().BeTrue();
        Client.EvaluateString("banner", Bob, null).Should().BeEquivalentTo(new { Value = "red", Variant = "red" });
        Client.GetInteger("limit", Bob, 0).Should().Be(3);
        Client.GetNumber("ratio", Bob, 0).Should().Be(0.5);
        Client.GetString("paint", Bob, null).Should().Be("blue");
        Client.EvaluateBoolean("fast", Bob).Should().BeEquivalentTo(new { Value = true, Variant = "on" });
        Client.IsEnabled("unset", Bob).Should().BeFalse();
    }

    [Fact]
    public void DeclaredFlagIsServedAsItsType()
    {
        var (on, text, whole, few, number) = (new FeatureFlag<bool>("on", false), new FeatureFlag<string>("text", ""), new FeatureFlag<long>("whole", 0), new FeatureFlag<int>("few", 0), new FeatureFlag<double>("number", 0));
        var size = new FeatureFlag<Size>("size", new(0, 0), Types.Default.Size);

        Start(features => features.Set(on, true).Set(text, "").Set(whole, 5L).Set(few, 6).Set(number, 1).Set(size, new(3, 4)));

        (Client.Get(on, Bob), Client.Get(text, Bob), Client.Get(whole, Bob), Client.Get(few, Bob), Client.Get(number, Bob), Client.Get(size, Bob)).Should().Be((true, "", 5, 6, 1, new Size(3, 4)));
    }

    [Fact]
    public void OtherFlagsFollowTheDocument()
    {
        Start(features => features.Load(Document).Set("banner", "red").Set("limit", 1));

        Client.IsEnabled("checkout", Ada).Should().BeTrue();
        Client.IsEnabled("checkout", Bob).Should().BeFalse();
        Client.EvaluateString("banner", Bob, null).Should().BeEquivalentTo(new { Value = "red", Variant = "r" }, "a flag that is off is served too");
        Client.GetNumber("limit", Bob, 0).Should().Be(1);
    }

    [Fact]
    public void FlagThatIsSetHasNoPrerequisitesAndItsDependentsSeeIt()
    {
        Start(features => features
            .Load(Some.Snapshot(Some.Flag("a"), Some.Flag("b").Requiring("a", "on") with { Default = "on", OffVariant = "off" }, Some.Flag("c").Requiring("b", "on") with { Default = "on", OffVariant = "off" }))
            .SetVariant("b", "on"));

        Client.IsEnabled("b", Bob).Should().BeTrue();
        Client.IsEnabled("c", Bob).Should().BeTrue();
    }

    [Fact]
    public async Task ChangeOfARunningHostIsInForceOnceItIsAwaited()
    {
        Start(features => features.Load(Document).Set("checkout", true));
        Client.IsEnabled("checkout", Bob).Should().BeTrue();

        for (var i = 0; i < 20; i++)
        {
            await Features.Set("checkout", i % 2 == 0).AppliedAsync();
            Client.IsEnabled("checkout", Bob).Should().Be(i % 2 == 0);
        }

        await Features.Reset("checkout").AppliedAsync();
        Client.IsEnabled("checkout", Ada).Should().BeTrue();
        Client.IsEnabled("checkout", Bob).Should().BeFalse();
    }

    [Fact]
    public async Task WaitEndsWithItsToken()
    {
        Start(features => features.Set("checkout", true));
        Client.IsEnabled("checkout", Bob);
        await _services!.GetRequiredService<ISnapshotControl>().HoldAsync(new("test", "hold"));
        using var stop = new CancellationTokenSource();

        var waiting = Features.Set("checkout", false).AppliedAsync(stop.Token);
        await stop.CancelAsync();

        await waiting.Invoking(one => one).Should().ThrowAsync<OperationCanceledException>();
        Client.IsEnabled("checkout", Bob).Should().BeTrue("an operator holds the rules");
    }

    [Fact]
    public async Task MistakesOfATestAreErrorsAndChangeNothing()
    {
        Start(features => features.Load(Document).Set("banner", "red"));

        Features.Invoking(one => one.Set("banner", "blue")).Should().Throw<ArgumentException>().WithMessage("*'banner' has no variant with the value \"blue\"*'r' (\"red\")*");
        Features.Invoking(one => one.Set("banner", default(VariantValue))).Should().Throw<ArgumentException>().WithMessage("*no value*");
        Features.Invoking(one => one.SetVariant("banner", "x")).Should().Throw<ArgumentException>().WithMessage("*no variant 'x'*");
        Features.Invoking(one => one.Load("{")).Should().Throw<ArgumentException>().WithMessage("*has an error*");
        Features.Invoking(one => one.Load(Document.Replace("\"in\"", "\"is\"", StringComparison.Ordinal))).Should().Throw<ArgumentException>().WithMessage("*checkout*");
        Features.Invoking(one => one.Load(Some.Snapshot(Some.Text("banner", "blue")))).Should().Throw<ArgumentException>().WithMessage("*no variant with the value \"red\"*");
        Features.Invoking(one => one.Set("", true)).Should().Throw<ArgumentException>();
        await Features.AppliedAsync();

        Client.GetString("banner", Bob, null).Should().Be("red");
        Client.IsEnabled("checkout", Ada).Should().BeTrue();
    }

    [Fact]
    public async Task SourcesFilesAndReceiversOfTheApplicationAreLeftAlone()
    {
        var (sink, reporter, store) = (new InMemoryEventSink(), new RefusingReporter(), new PlayedAssignmentStore());
        Start(
            features => features.Load(Document).Set("banner", "red"),
            flags => flags
                .From(_ => throw new InvalidOperationException("The source of the application is used."))
                .FromHttp("not even an address")
                .FallBackToFile(Path.Combine(_folder.Path, "missing.json"))
                .KeepLastKnownGoodIn(Path.Combine(_folder.Path, "kept"))
                .TrustKeys(keys => keys.Add("a", "no key"))
                .SendEventsTo(sink)
                .ReportUsageTo(_ => reporter)
                .StoreAssignmentsIn(store)
                .ConfigureEvents(events => events.SpillFolder = Path.Combine(_folder.Path, "spilled")));

        Client.GetString("banner", Ada, null).Should().Be("red");
        Client.Track("purchase", Ada, 2);
        var events = await Features.GetEventsAsync();
        await _services!.DisposeAsync();

        events.OfType<ExposureEvent>().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Flag = "banner", Variant = "r", Unit = "ada" });
        events.OfType<OutcomeEvent>().Should().ContainSingle().Which.Value.Should().Be(2);
        sink.Events.Should().BeEmpty();
        reporter.Calls.Should().Be(0);
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task ScopesAndHostsKeepToThemselves()
    {
        await using var other = Build(features => features.Set("checkout", false));
        Start(features => features.Set("checkout", true));

        await using var scope = _services!.CreateAsyncScope();
        var binding = scope.ServiceProvider.GetRequiredService<FeatureScopeBinding>();
        binding.Begin(null);
        await Features.Set("checkout", false).AppliedAsync();

        scope.ServiceProvider.GetRequiredService<IFeatureClient>().IsEnabled("checkout").Should().BeTrue("its rules are frozen");
        await other.GetRequiredService<TestFeatures>().Set("checkout", true).AppliedAsync();
        other.GetRequiredService<IFeatureClient>().IsEnabled("checkout").Should().BeTrue();
        Client.IsEnabled("checkout").Should().BeFalse();
    }

    [Fact]
    public async Task SecondCallConfiguresTheSameFlagsFurther()
    {
        var services = Application(static _ => { });

        services.UseTestFeatures(features => features.Load(Document)).UseTestFeatures(features => features.Set("checkout", true));
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<TestFeatures>().Should().ContainSingle();
        provider.GetRequiredService<IFeatureClient>().IsEnabled("checkout", Bob).Should().BeTrue();
        provider.GetRequiredService<IFeatureClient>().GetString("banner", Bob, null).Should().Be("green");
    }

    [Fact]
    public async Task NamedClientHasFlagsOfItsOwn()
    {
        var services = Application(static _ => { }).AddProgressiveDelivery("other", flags => flags.FromFile("missing.json"));

        services.UseTestFeatures(features => features.Set("checkout", true)).UseTestFeatures("other", features => features.Set("checkout", false));
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IFeatureClient>().IsEnabled("checkout", Bob).Should().BeTrue();
        provider.GetRequiredKeyedService<IFeatureClient>("other").EvaluateBoolean("checkout", Bob, true).Value.Should().BeFalse();
        provider.GetRequiredKeyedService<TestFeatures>("other").Should().NotBeSameAs(provider.GetRequiredService<TestFeatures>());
    }

    [Fact]
    public void CallBeforeTheApplicationsRegistrationIsAnError()
    {
        new ServiceCollection().Invoking(one => one.UseTestFeatures()).Should().Throw<InvalidOperationException>().WithMessage("*'default' is not registered*ConfigureTestServices*");
        Application(static _ => { }).Invoking(one => one.UseTestFeatures("gone")).Should().Throw<InvalidOperationException>().WithMessage("*'gone'*");
    }

    private void Start(Action<TestFeatures> configure, Action<ProgressiveDeliveryBuilder>? application = null) => _services = Build(configure, application);

    private static ServiceProvider Build(Action<TestFeatures> configure, Action<ProgressiveDeliveryBuilder>? application = null) =>
        Application(application ?? (static flags => flags.FromFile("missing.json"))).UseTestFeatures(configure).BuildServiceProvider();

    private static IServiceCollection Application(Action<ProgressiveDeliveryBuilder> configure) => new ServiceCollection().AddProgressiveDelivery(flags =>
    {
        flags.BindScopes();
        configure(flags);
    });

    internal sealed record Size(int Width, int Height);

    [JsonSerializable(typeof(Size))]
    internal sealed partial class Types : JsonSerializerContext;

    private sealed class RefusingReporter : IUsageReporter
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public string Name => "refusing";

        public ValueTask AnnounceAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return default;
        }

        public ValueTask ReportAsync(UsageReport report, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return default;
        }
    }
}
