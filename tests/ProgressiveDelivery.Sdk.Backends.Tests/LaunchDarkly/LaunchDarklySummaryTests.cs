using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.Backends.LaunchDarkly;

namespace ProgressiveDelivery.Sdk.Backends.Tests.LaunchDarkly;

/// <summary>What LaunchDarkly is told of evaluations.</summary>
public sealed class LaunchDarklySummaryTests : IDisposable
{
    private const string Flags = """
        {"flags":{
          "text":{"key":"text","version":7,"on":true,"salt":"s","variations":["a \"b\"","c"],"offVariation":1,"targets":[{"values":["eve"],"variation":1}],"fallthrough":{"variation":0} },
          "split":{"key":"split","version":3,"on":true,"salt":"s","variations":[1,2],"offVariation":0,"fallthrough":{"rollout":{"kind":"experiment","variations":[{"variation":0,"weight":0},{"variation":1,"weight":100000}]} } },
          "none":{"key":"none","version":2,"on":false,"salt":"s","variations":[true,false],"fallthrough":{"variation":0} } },"segments":{} }
        """;

    private readonly ScriptedHttpServer _server = new();
    private readonly ScriptedHttpServer _events = new();

    public void Dispose()
    {
        _server.Dispose();
        _events.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EachVariationIsCountedWithTheFlagsVersion(bool isRelay)
    {
        _server.Then(Reply.Ok(Flags)).Otherwise(Reply.Status("202 Accepted"));
        _events.Otherwise(Reply.Status("202 Accepted"));
        var services = Services(options => options.EventsAddress = isRelay ? null : new(_events.Address, "/"));
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        foreach (var user in (string[])["ada", "bob", "eve"])
            client.GetString("text", new EvaluationContext(user), "");
        client.GetInteger("split", new EvaluationContext("ada"), 0).Should().Be(2);
        client.IsEnabled("none", new EvaluationContext("ada"));
        client.EvaluateBoolean("none", new EvaluationContext("ada"), fallback: true).Value.Should().BeTrue();
        client.GetInteger("text", new EvaluationContext("eve"), 5).Should().Be(5);
        client.GetString("text", new EvaluationContext("eve"), "mine").Should().Be("c");
        client.GetString("split", new EvaluationContext("eve"), "mine").Should().Be("mine");
        await services.DisposeAsync();

        var request = await (isRelay ? _server : _events).RequestAsync();
        if (isRelay)
            request = await _server.RequestAsync();
        request.Target.Should().Be("/bulk");
        (request["Authorization"], request["X-LaunchDarkly-Event-Schema"]).Should().Be(("sdk-secret", "4"));
        Guid.TryParse(request["X-LaunchDarkly-Payload-ID"], out _).Should().BeTrue();
        using var body = JsonDocument.Parse(request.Body);
        var summary = body.RootElement.EnumerateArray().Single();
        summary.GetProperty("kind").GetString().Should().Be("summary");
        summary.GetProperty("startDate").GetInt64().Should().BeLessThanOrEqualTo(summary.GetProperty("endDate").GetInt64());
        var features = summary.GetProperty("features");
        features.GetProperty("text").GetRawText().Should().Be("""{"default":null,"contextKinds":["user"],"counters":[{"variation":0,"version":7,"value":"a \"b\"","count":2},{"variation":1,"version":7,"value":"c","count":2},{"version":7,"value":5,"count":1}]}""");
        features.GetProperty("split").GetProperty("counters").GetRawText().Should().Be("""[{"variation":1,"version":3,"value":2,"count":1},{"version":3,"value":"mine","count":1}]""", "a fallback has a value and no variation");
        features.GetProperty("none").GetProperty("counters").GetRawText().Should().Be("""[{"version":2,"value":false,"count":1},{"version":2,"value":true,"count":1}]""");
        request.Body.Should().NotContain("ada", "nobody's context is sent");
    }

    [Fact]
    public async Task NothingIsSentWhereNothingIsToBe()
    {
        _server.Otherwise(Reply.Ok(Flags));
        var services = Services(options => options.ReportsUsage = false);
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        client.GetString("text", new EvaluationContext("ada"), "");
        await services.DisposeAsync();

        _server.Served.Should().Be(1);
    }

    [Fact]
    public void EventsOfLaunchDarklysOwnServiceGoToItsOwnAddress()
    {
        Address(new LaunchDarklySourceOptions()).Should().Be("https://events.launchdarkly.com/bulk");
        Address(new LaunchDarklySourceOptions { Address = new("https://stream.launchdarkly.com") }).Should().Be("https://events.launchdarkly.com/bulk");
        Address(new LaunchDarklySourceOptions { Address = new("https://relay.example.com/ld") }).Should().Be("https://relay.example.com/ld/bulk");
        using var services = Services(options => options.EventsAddress = new("/bulk", UriKind.Relative));
        services.Invoking(provider => provider.GetRequiredService<IFeatureClient>()).Should().Throw<OptionsValidationException>().WithMessage("*EventsAddress*");

        static string Address(LaunchDarklySourceOptions options) => LaunchDarklyBackend.EventsAddressOf(options).ToString();
    }

    private ServiceProvider Services(Action<LaunchDarklySourceOptions> configure) => new ServiceCollection()
        .AddProgressiveDelivery(flags => flags.FromLaunchDarkly(options =>
        {
            (options.Address, options.SdkKey) = (new(_server.Address, "/"), "sdk-secret");
            configure(options);
        }))
        .BuildServiceProvider();
}
