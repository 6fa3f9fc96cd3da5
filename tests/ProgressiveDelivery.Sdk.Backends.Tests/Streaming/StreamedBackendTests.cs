using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;
using ProgressiveDelivery.Sdk.Backends.Unleash;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Streaming;

/// <summary>Backends that stream, over a real connection.</summary>
public sealed class StreamedBackendTests : IAsyncDisposable
{
    private const string Key = "key-of-the-test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly EvaluationContext Someone = new("ada");

    private readonly ScriptedHttpServer _server = new();
    private ServiceProvider? _services;

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task LaunchDarklysPutPatchAndDeleteArriveInTheOrderOfTheirVersions()
    {
        var feed = new EventFeed()
            .Event("put", $$"""{"path":"/","data":{"flags":{"f":{{LaunchDarkly(2, on: false)}},"g":{{LaunchDarkly(1, on: true)}} },"segments":{} } }""");
        _server.Then(feed.Reply());
        var client = await StartAsync(flags => flags.FromLaunchDarklyStream(options => (options.Address, options.SdkKey, options.Filter, options.ReportsUsage) = (Base, Key, "web", false)));
        client.IsEnabled("f", Someone).Should().BeFalse();
        client.IsEnabled("g", Someone).Should().BeTrue();

        feed.Event("patch", $$"""{"path":"/flags/f","data":{{LaunchDarkly(1, on: true)}} }""")
            .Event("patch", """{"path":"/triggers/f","data":{"version":9} }""")
            .Event("delete", """{"path":"/flags/g","version":5}""")
            .Event("patch", $$"""{"path":"/flags/g","data":{{LaunchDarkly(4, on: true)}} }""");
        await Until.HoldsAsync(() => client.EvaluateBoolean("g", Someone).Reason == EvaluationReason.FlagNotFound);
        client.IsEnabled("f", Someone).Should().BeFalse("a patch of an older version changes nothing");
        feed.Event("patch", $$"""{"path":"/flags/f","data":{{LaunchDarkly(3, on: true)}} }""");
        await Until.HoldsAsync(() => client.IsEnabled("f", Someone));

        client.EvaluateBoolean("g", Someone).Reason.Should().Be(EvaluationReason.FlagNotFound, "it was deleted after that");
        var request = await _server.RequestAsync();
        request.Target.Should().Be("/base/all?filter=web");
        (request["Authorization"], request["Accept"]).Should().Be((Key, "text/event-stream"));
        client.Status.ToString().Should().NotContain(Key);
    }

    [Fact]
    public async Task PatchesOfLaunchDarklyAreTakenAfterTheFirstFlagIsDeleted()
    {
        var feed = new EventFeed().Event("put", $$"""{"data":{"flags":{"f":{{LaunchDarkly(1, on: true)}},"g":{{LaunchDarkly(1, on: false)}} },"segments":{} } }""");
        _server.Then(feed.Reply());
        var client = await StartAsync(flags => flags.FromLaunchDarklyStream(options => (options.Address, options.SdkKey, options.ReportsUsage) = (Base, Key, false)));

        feed.Event("delete", """{"path":"/flags/f","version":2}""");
        await Until.HoldsAsync(() => client.EvaluateBoolean("f", Someone).Reason == EvaluationReason.FlagNotFound);
        feed.Event("patch", $$"""{"path":"/flags/g","data":{{LaunchDarkly(2, on: true)}} }""");

        await Until.HoldsAsync(() => client.IsEnabled("g", Someone));
    }

    [Fact]
    public async Task LaunchDarklysPatchOfTheSameVersionChangesNothing()
    {
        var feed = new EventFeed().Event("put", $$"""{"data":{"flags":{"f":{{LaunchDarkly(5, on: false)}},"g":{{LaunchDarkly(5, on: true)}},"h":{{LaunchDarkly(1, on: false)}} },"segments":{} } }""");
        _server.Then(feed.Reply());
        var client = await StartAsync(flags => flags.FromLaunchDarklyStream(options => (options.Address, options.SdkKey, options.ReportsUsage) = (Base, Key, false)));

        feed.Event("patch", $$"""{"path":"/flags/f","data":{{LaunchDarkly(5, on: true)}} }""")
            .Event("delete", """{"path":"/flags/g","version":5}""")
            .Event("delete", """{"path":"/flags/gone","version":3}""")
            .Event("patch", $$"""{"path":"/flags/gone","data":{{LaunchDarkly(3, on: true)}} }""")
            .Event("patch", $$"""{"path":"/flags/h","data":{{LaunchDarkly(2, on: true)}} }""");
        await Until.HoldsAsync(() => client.IsEnabled("h", Someone));

        client.IsEnabled("f", Someone).Should().BeFalse();
        client.IsEnabled("g", Someone).Should().BeTrue();
        client.EvaluateBoolean("gone", Someone).Reason.Should().Be(EvaluationReason.FlagNotFound);
    }

    [Fact]
    public async Task OneMalformedFlagOfAStreamCostsNoOther()
    {
        var feed = new EventFeed().Event("put", $$"""{"data":{"flags":{"\\ud800":{},"bad":{"version":1,"on":true,"variations":["\\ud800"]},"f":{{LaunchDarkly(1, on: true)}} },"segments":{} } }""");
        _server.Then(feed.Reply());
        var client = await StartAsync(flags => flags.FromLaunchDarklyStream(options => (options.Address, options.SdkKey, options.ReportsUsage) = (Base, Key, false)));

        client.IsEnabled("f", Someone).Should().BeTrue();
        client.EvaluateBoolean("bad", Someone).Reason.Should().Be(EvaluationReason.Error);
    }

    [Fact]
    public async Task BrokenLaunchDarklyStreamIsReopenedAndSendsAllFlags()
    {
        var feed = new EventFeed().Event("put", $$"""{"path":"/","data":{"flags":{"f":{{LaunchDarkly(1, on: false)}} },"segments":{} } }""");
        _server.Then(feed.Reply()).Otherwise(new EventFeed().Event("put", $$"""{"data":{"flags":{"f":{{LaunchDarkly(2, on: true)}} } } }""").Reply());
        var client = await StartAsync(flags => flags.FromLaunchDarklyStream(options => (options.Address, options.SdkKey, options.ReportsUsage) = (Base, Key, false)));

        feed.Reset();

        await Until.HoldsAsync(() => client.IsEnabled("f", Someone));
    }

    [Fact]
    public async Task LaunchDarklysRefusalIsAFailureWithItsCode()
    {
        _server.Otherwise(Reply.Status("401 Unauthorized"));
        var client = Client(flags => flags.FromLaunchDarklyStream(options => (options.Address, options.SdkKey, options.ReportsUsage) = (Base, Key, false)));

        _ = client.WaitUntilReadyAsync(TimeSpan.Zero);
        await Until.HoldsAsync(() => client.Status.Cause is not null);

        client.Status.Cause!.Should().BeEquivalentTo(new { Kind = FeatureClientFaultKind.AccessDenied, HttpStatus = 401 });
    }

    [Fact]
    public async Task UnleashsEventsArriveAndTheStreamGoesOnWhereItBrokeOff()
    {
        var feed = new EventFeed().Event("unleash-connected", $$"""{"events":[{"type":"hydration","eventId":1,"features":[{{Unleash("f", on: false)}},{{Unleash("g", on: true)}}],"segments":[]}]}""", "1");
        _server.Then(feed.Reply())
            .Then(new EventFeed().Event("unleash-updated", """{"events":[{"type":"feature-removed","eventId":3,"featureName":"g","project":"default"}]}""", "3").Reply());
        var client = await StartAsync(flags => flags.FromUnleashStream(Set));
        client.IsEnabled("g", Someone).Should().BeTrue();

        feed.Event("unleash-updated", $$"""{"events":[{"type":"feature-updated","eventId":2,"feature":{{Unleash("f", on: true)}} }]}""", "2").End();
        await Until.HoldsAsync(() => client.EvaluateBoolean("g", Someone).Reason == EvaluationReason.FlagNotFound);

        client.IsEnabled("f", Someone).Should().BeTrue();
        var (first, second) = (await _server.RequestAsync(), await _server.RequestAsync());
        first.Target.Should().Be("/base/api/client/streaming");
        (first["Authorization"], first["Unleash-Client-Spec"], first["Last-Event-ID"]).Should().Be((Key, "5.2.0", null));
        second["Last-Event-ID"].Should().Be("2");
    }

    [Fact]
    public async Task UnleashsServerThatWantsToBePolledIsPolled()
    {
        _server.Then(new EventFeed().Event("fetch-mode", "polling").Reply())
            .Otherwise(Reply.Ok($$"""{"version":2,"features":[{{Unleash("f", on: true)}}],"segments":[]}"""));
        var client = await StartAsync(flags => flags
            .FromUnleashStream(Set)
            .FromUnleash(options => (options.Address, options.Token, options.ReportsUsage) = (Base, Key, false)));

        client.IsEnabled("f", Someone).Should().BeTrue();

        await _server.RequestAsync();
        (await _server.RequestAsync()).Target.Should().Be("/base/api/client/features");
    }

    [Fact]
    public async Task GrowthBooksStreamIsListenedToWhereItIsOffered()
    {
        using var streams = new ScriptedHttpServer();
        var feed = new EventFeed();
        streams.Then(feed.Reply());
        _server.Then(Reply.Ok("""{"status":200,"features":{"f":{"defaultValue":false} } }""", "x-sse-support: enabled"))
            .Otherwise(Reply.Ok("""{"status":200,"features":{"f":{"defaultValue":true} } }"""));
        var client = await StartAsync(flags => flags.FromGrowthBook(options =>
            (options.Address, options.StreamingAddress, options.ClientKey, options.PollingInterval) = (Base, new(streams.Address, "/streams"), Key, TimeSpan.FromHours(20))));

        (await streams.RequestAsync()).Target.Should().Be($"/streams/sub/{Key}");
        feed.Event("features", """{"features":{} }""");

        await Until.HoldsAsync(() => client.IsEnabled("f", Someone));
    }

    [Fact]
    public void MissingKeysAreTold()
    {
        using var services = Services(flags => flags.FromUnleashStream(options => options.Address = new("ftp://x")).FromLaunchDarklyStream(_ => { }));

        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>()
            .Which.Message.Should().Contain("UnleashSourceOptions").And.Contain("Token").And.Contain("Address").And.Contain("LaunchDarklySourceOptions").And.Contain("SdkKey");
    }

    [Fact]
    public void StreamOfLaunchDarklyHasAnAddressOfItsOwn()
    {
        using var services = Services(flags => flags.FromLaunchDarklyStream(Key).FromLaunchDarkly(Key));

        var client = services.GetRequiredService<IFeatureClient>();

        client.Status.Source.Should().Be("https://stream.launchdarkly.com/");
        services.GetRequiredService<IOptionsMonitor<LaunchDarklySourceOptions>>().Get("/source/2").Address.Should().Be(new Uri("https://sdk.launchdarkly.com"));
    }

    [Fact]
    public void StreamOfUnleashCannotSelectFeatures()
    {
        using var services = Services(flags => flags
            .FromUnleashStream(options => (options.Address, options.Token, options.Project) = (Base, Key, "web"))
            .FromUnleash(options => (options.Address, options.Token, options.Project) = (Base, Key, "web")));

        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().ContainSingle().Which.Should().Be(
                "Client 'default': UnleashSourceOptions: Project, NamePrefix: a stream sends all features that the token sees. Leave both out, or poll.");
    }

    private Uri Base => new(_server.Address, "/base/");

    private void Set(UnleashSourceOptions options) => (options.Address, options.Token, options.ReportsUsage) = (Base, Key, false);

    private async Task<IFeatureClient> StartAsync(Action<ProgressiveDeliveryBuilder> configure)
    {
        var client = Client(configure);
        (await client.WaitUntilReadyAsync(Patience)).HasRules.Should().BeTrue();
        return client;
    }

    private IFeatureClient Client(Action<ProgressiveDeliveryBuilder> configure) => (_services = Services(configure)).GetRequiredService<IFeatureClient>();

    private static ServiceProvider Services(Action<ProgressiveDeliveryBuilder> configure) =>
        new ServiceCollection().AddLogging().AddProgressiveDelivery(configure).BuildServiceProvider();

    private static string LaunchDarkly(int version, bool on) =>
        $$"""{"key":"f","version":{{version}},"on":{{(on ? "true" : "false")}},"salt":"s","variations":[true,false],"offVariation":1,"fallthrough":{"variation":0} }""";

    private static string Unleash(string name, bool on) =>
        $$"""{"name":"{{name}}","type":"release","enabled":{{(on ? "true" : "false")}},"strategies":[{"name":"default","parameters":{} }]}""";
}
