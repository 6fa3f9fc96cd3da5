using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.Backends.Tests.Unleash;

/// <summary>What an Unleash server is told besides being asked.</summary>
public sealed class UnleashUsageTests : IDisposable
{
    private const string Token = "default:development.secret";
    private const string Features = """
        {"version":2,"features":[
          {"name":"plain","type":"release","enabled":true,"strategies":[{"name":"userWithId","parameters":{"userIds":"ada"}}]},
          {"name":"colored","type":"release","enabled":true,"strategies":[{"name":"default","parameters":{} }],
           "variants":[{"name":"on","weight":1000,"weightType":"variable","stickiness":"default","payload":{"type":"string","value":"blue"} }]},
          {"name":"off","type":"release","enabled":false,"strategies":[],"variants":[{"name":"red","weight":1000}]}],"segments":[]}
        """;

    private readonly ScriptedHttpServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task ServerHearsOfTheApplicationAndHowOftenEachFeatureWasOnAndServedWhat()
    {
        _server.Otherwise(Reply.Ok(Features));
        var services = Services(reports: true);
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        foreach (var user in (string[])["ada", "eve", "bob"])
            client.IsEnabled("plain", new EvaluationContext(user));
        client.GetString("colored", new EvaluationContext("ada"), "").Should().Be("blue");
        client.IsEnabled("colored", new EvaluationContext("ada")).Should().BeTrue();
        client.EvaluateBoolean("colored", new EvaluationContext("ada")).Variant.Should().Be("on");
        client.GetInteger("colored", new EvaluationContext("ada"), 5).Should().Be(5);
        client.IsEnabled("off", new EvaluationContext("ada"));
        client.GetString("off", new EvaluationContext("ada"), "mine").Should().Be("mine");
        client.GetString("plain", new EvaluationContext("ada"), "mine").Should().Be("mine");
        await services.DisposeAsync();
        var (registration, metrics) = (await PostAsync("register"), await PostAsync("metrics"));

        registration["Authorization"].Should().Be(Token);
        registration["Content-Type"].Should().Be("application/json");
        registration["Unleash-AppName"].Should().Be("shop");
        using var instance = JsonDocument.Parse(registration.Body);
        var about = instance.RootElement;
        about.GetProperty("appName").GetString().Should().Be("shop");
        about.GetProperty("interval").GetInt64().Should().Be(60_000);
        about.GetProperty("started").GetDateTimeOffset().Should().BeBefore(DateTimeOffset.MaxValue);
        about.GetProperty("strategies").EnumerateArray().Select(strategy => strategy.GetString()).Should().Contain(["default", "flexibleRollout"]);
        about.GetProperty("connectionId").GetString().Should().Be(registration["Unleash-Connection-Id"]);

        using var told = JsonDocument.Parse(metrics.Body);
        var bucket = told.RootElement.GetProperty("bucket");
        bucket.GetProperty("stop").GetDateTimeOffset().Should().BeOnOrAfter(bucket.GetProperty("start").GetDateTimeOffset());
        bucket.GetProperty("toggles").GetRawText().Should().Be("""{"plain":{"yes":1,"no":3,"variants":{}},"colored":{"yes":3,"no":1,"variants":{"disabled":1,"on":2}},"off":{"yes":0,"no":2,"variants":{"disabled":1}}}""");
    }

    [Fact]
    public async Task ServerHearsNothingWhereItIsNotToHear()
    {
        _server.Otherwise(Reply.Ok(Features));
        var services = Services(reports: false);
        var client = services.GetRequiredService<IFeatureClient>();
        await client.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        client.IsEnabled("plain", new EvaluationContext("ada"));
        await services.DisposeAsync();

        _server.Served.Should().Be(1);
        (await _server.RequestAsync()).Target.Should().Be("/api/client/features");
    }

    private async Task<ScriptedRequest> PostAsync(string name)
    {
        while (true)
        {
            var request = await _server.RequestAsync();
            if (request.Target == $"/api/client/{name}")
                return request;
        }
    }

    private ServiceProvider Services(bool reports) => new ServiceCollection()
        .AddProgressiveDelivery(flags => flags.FromUnleash(options =>
            (options.Address, options.Token, options.AppName, options.ReportsUsage) = (new(_server.Address, "/"), Token, "shop", reports)))
        .BuildServiceProvider();
}
