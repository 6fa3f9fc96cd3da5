using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Client;
using ProgressiveDelivery.Sdk.Control;
using ProgressiveDelivery.Sdk.Tests.Refresh;
using ProgressiveDelivery.Sdk.Tests.Support;

namespace ProgressiveDelivery.Sdk.Tests.Sources.Streaming;

/// <summary>A client as applications make it, on a stream over a real socket, and on a clock that tests move.</summary>
public sealed class EventStreamClientTests : IDisposable
{
    private readonly ScriptedHttpServer _server = new();
    private readonly WatchedTime _time = new();
    private readonly ServiceProvider _services;
    private readonly FeatureClient _client;

    public EventStreamClientTests()
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddProgressiveDelivery(client => client.FromEventStream(_server.Address.ToString()))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _client = (FeatureClient)_services.GetRequiredService<IFeatureClient>();
    }

    public void Dispose()
    {
        _services.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task RulesFollowTheStreamThroughSnapshotPatchAndKill()
    {
        var feed = new EventFeed().Event("snapshot", Whole(1), "1");
        _server.Then(feed.Reply());
        await _client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        Reason().Should().Be((true, EvaluationReason.Default));

        feed.Event("patch", """{"baseVersion":1,"version":2,"set":{"flags":{"f":{"type":"boolean","variants":{"on":true,"off":false},"enabled":false,"offVariant":"off"}}}}""", "2");
        await Until.HoldsAsync(() => Reason() == (false, EvaluationReason.Off));

        feed.Event("kill", """{"version":3,"flag":"f","variant":"on"}""", "3");
        await Until.HoldsAsync(() => Reason() == (true, EvaluationReason.Killed));
        _client.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task BrokenStreamIsResumedWhereItWas()
    {
        _server.Then(new EventFeed().Event("snapshot", Whole(1), "1").Reset().Reply())
            .Then(new EventFeed().Heartbeat().Reply());

        await _time.WithoutPausesAsync(
            () => Until.HoldsAsync(() => { _ = _client.WaitUntilReadyAsync(TimeSpan.Zero); return _server.Served == 2 && _client.Status.State == FeatureClientState.Ready; }),
            TimeSpan.FromSeconds(5));

        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be("1");
        Reason().Should().Be((true, EvaluationReason.Default));
    }

    [Fact]
    public async Task OrderToAcceptWhatTheBackendHasNeverGoesOnWhereTheStreamWas()
    {
        var before = new EventFeed().Event("snapshot", Whole(long.MaxValue), "far").Heartbeat();
        var anew = new EventFeed().Event("snapshot", Whole(43), "43");
        _server.Then(before.Reply()).Then(anew.Reply()).Then(new EventFeed().Heartbeat().Reply());
        await _client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));
        await _server.RequestAsync();

        var outcome = await _client.Control.AcceptCurrentAsync(new("ada", "restored")).WaitAsync(Until.Patience);

        outcome.Result.Should().Be(ControlResult.Done);
        _client.Status.SnapshotVersion.Should().Be(43);
        await before.HungUp;
        (await _server.RequestAsync())["Last-Event-ID"].Should().BeNull("a backend that begins anew knows no such place");
        await _time.WithoutPausesAsync(
            () =>
            {
                anew.Reset();
                return Until.HoldsAsync(() => _server.Served == 3);
            },
            TimeSpan.FromSeconds(5));
        (await _server.RequestAsync())["Last-Event-ID"].Should().Be("43");
    }

    [Theory]
    [InlineData("patch", """{"baseVersion":7,"version":8}""")]
    [InlineData("patch", "{")]
    [InlineData("patch", """{"version":2}""")]
    [InlineData("kill", "[]")]
    [InlineData("snapshot", "{")]
    [InlineData("snapshot", """{"schema":"somebody-elses/9"}""")]
    public async Task EventThatCannotBeAppliedKeepsTheRulesAndFetchesTheWholeSnapshot(string type, string data)
    {
        var bad = new EventFeed().Event("snapshot", Whole(1), "1").Event(type, data, "2").Heartbeat();
        _server.Then(bad.Reply()).Then(new EventFeed().Event("snapshot", Whole(2), "2").Reply());

        await _time.WithoutPausesAsync(
            () => Until.HoldsAsync(() => { _ = _client.WaitUntilReadyAsync(TimeSpan.Zero); return _client.Status.SnapshotVersion == 2; }), TimeSpan.FromSeconds(5));

        await bad.HungUp;
        await _server.RequestAsync();
        (await _server.RequestAsync())["Last-Event-ID"].Should().BeNull();
        _client.Status.State.Should().Be(FeatureClientState.Ready);
    }

    [Fact]
    public async Task ClientThatIsDisposedHangsUp()
    {
        var feed = new EventFeed().Event("snapshot", Whole(1));
        _server.Then(feed.Reply());
        await _client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        await _client.DisposeAsync();

        await feed.HungUp;
    }

    [Fact]
    public void OptionsAreCheckedWithAllOthers()
    {
        using var services = new ServiceCollection()
            .AddProgressiveDelivery(client => client.FromEventStream(stream =>
            {
                stream.Address = new("ftp://flags.example.com");
                stream.HeartbeatTimeout = TimeSpan.Zero;
                stream.Headers["Last-Event-ID"] = "1";
            }))
            .BuildServiceProvider();

        var resolve = () => services.GetRequiredService<IFeatureClient>();

        resolve.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(3)
            .And.Contain(failure => failure.Contains("scheme 'ftp'", StringComparison.Ordinal))
            .And.Contain(failure => failure.Contains("HeartbeatTimeout", StringComparison.Ordinal))
            .And.Contain(failure => failure.Contains("Last-Event-ID", StringComparison.Ordinal));
    }

    private static string Whole(long version) =>
        $$"""{"schema":"progressive-delivery/1","version":{{version}},"flags":{"f":{"type":"boolean","variants":{"on":true,"off":false},"default":"on"} } }""";

    private (bool, EvaluationReason) Reason()
    {
        var answer = _client.EvaluateBoolean("f", EvaluationContext.Empty);
        return (answer.Value, answer.Reason);
    }
}
