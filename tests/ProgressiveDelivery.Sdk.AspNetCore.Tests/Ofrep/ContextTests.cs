using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>What a caller sends, and what the server knows of it.</summary>
public sealed class ContextTests
{
    private const string Flags = """
        "vip": {"type": "boolean", "clientVisible": true, "rules": [{"when": {"attribute": "plan", "equals": "enterprise"}, "serve": "on"}], "default": "off"},
        "dutch": {"type": "boolean", "clientVisible": true, "rules": [{"when": {"attribute": "country", "equals": "NL"}, "serve": "on"}], "default": "off"},
        "acme": {"type": "boolean", "clientVisible": true, "rules": [{"when": {"attribute": "organization:targetingKey", "equals": "acme"}, "serve": "on"}], "default": "off"},
        "ann": {"type": "boolean", "clientVisible": true, "rules": [{"when": {"attribute": "targetingKey", "equals": "ann"}, "serve": "on"}], "default": "off"},
        "machine": {"type": "boolean", "clientVisible": true, "rules": [{"when": {"attribute": "host:machine", "equals": "forged"}, "serve": "on"}], "default": "off"}
        """;

    private const string Sent = """{"context": {"targetingKey": "ann", "plan": "enterprise", "country": "NL", "organization:": {"targetingKey": "acme"}, "host:": {"machine": "forged"}}}""";

    private const string Claims = "sub=ben;plan=free";

    [Fact]
    public async Task WithoutOptionsTheCallersContextCountsAndTheUsersDoesNot()
    {
        await using var app = await StartAsync(null);

        (await OnAsync(app, Sent, Claims)).Should().Equal("vip", "dutch", "acme", "ann");
        (await OnAsync(app, "{}", "sub=ann;plan=enterprise")).Should().BeEmpty();
    }

    [Fact]
    public async Task WhatTheServerKnowsWins()
    {
        await using var app = await StartAsync(static options => options.UseRequestContext = true);

        (await OnAsync(app, Sent, Claims)).Should().Equal("dutch", "acme");
        (await OnAsync(app, Sent, "sub=ben;plan=enterprise;country=BE")).Should().Equal("vip", "acme");
        (await OnAsync(app, "{}", "sub=ann;plan=enterprise")).Should().Equal("vip", "ann");
    }

    [Fact]
    public async Task KindOfTheRequestWins()
    {
        await using var app = await StartAsync(
            static options => options.UseRequestContext = true,
            static request => request.AddKind("organization", static _ => new EvaluationContext("globex")));

        (await OnAsync(app, Sent, Claims)).Should().Equal("dutch");
    }

    [Fact]
    public async Task OnlyAllowedAttributesAreRead()
    {
        await using var strict = await StartAsync(static options => options.AllowedAttributes = ["country", "organization:"]);
        await using var keyed = await StartAsync(static options => (options.AllowedAttributes, options.UseRequestContext) = (["targetingKey"], true));

        (await OnAsync(strict, Sent, Claims)).Should().Equal("dutch", "acme");
        (await OnAsync(keyed, Sent, claims: null)).Should().Equal("ann");
        (await OnAsync(keyed, Sent, Claims)).Should().BeEmpty();
    }

    [Fact]
    public async Task VisitorsAnonymousIdIsTheKeyAndItsCookieIsSet()
    {
        await using var app = await StartAsync(static options => options.UseRequestContext = true, static request => request.AnonymousId = new());

        var answer = await app.AskAllAsync(Sent);

        answer.Headers.GetValues("Set-Cookie").Should().ContainSingle();
        ((bool?)answer.Flag("ann")!["value"]).Should().BeFalse();
        (await StartAndAskAsync()).Should().BeFalse("a context that is not used is not read");

        static async Task<bool> StartAndAskAsync()
        {
            await using var plain = await StartAsync(null, static request => request.AnonymousId = new());
            return (await plain.AskAllAsync(Sent)).Headers.Contains("Set-Cookie");
        }
    }

    [Fact]
    public async Task TestersOverrideHoldsForTheirRequests()
    {
        await using var app = await OfrepApp.StartAsync(
            flags: Flags,
            pipeline: static app => { TestApp.SignIn(app); app.UseFeatureOverrides(); app.MapOfrep(); },
            client: static features => features.Configure(static options => options.AllowForcedVariants = true).AddFeatureOverrides(static overrides =>
            {
                overrides.FromHeader();
                (overrides.AllowInProduction, overrides.Allow) = (true, static _ => new(true));
            }));

        var forced = (await app.AskAllAsync("{}", ("Test-Claims", "sub=tester"), ("X-Feature-Override", "vip=on"))).Flag("vip")!;

        ((bool?)forced["value"], (string?)forced["reason"], (string?)forced["metadata"]!["evaluationReason"]).Should().Be((true, "TARGETING_MATCH", "Override"));
        ((bool?)(await app.AskAllAsync("{}")).Flag("vip")!["value"]).Should().BeFalse();
    }

    [Fact]
    public async Task EachMappingHasAClientOfItsOwn()
    {
        await using var app = await OfrepApp.StartAsync(
            flags: TestApp.Always("main", "on").Replace("\"type\"", "\"clientVisible\": true, \"type\"", StringComparison.Ordinal),
            pipeline: app => { app.MapOfrep(); app.MapOfrep("/shop", static options => options.ClientName = "shop"); },
            services: services => services.AddProgressiveDelivery("shop", flags => flags.From(_ => new InMemorySnapshotSource(
                TestApp.Document(1, """ "aisle": {"type": "boolean", "clientVisible": true, "default": "on"} """)))));
        await app.App.App.Services.GetRequiredKeyedService<IFeatureClient>("shop").WaitUntilReadyAsync();

        (await app.AskAllAsync()).Text.Should().Contain("main").And.NotContain("aisle");
        var shop = await app.PostAsync("/shop" + OfrepApp.All, "{}");
        shop.Text.Should().Contain("aisle").And.NotContain("main");
        ((string?)shop.Json!["eventStreams"]![0]!["endpoint"]!["requestUri"]).Should().Be("/shop/ofrep/v1/events");
    }

    [Fact]
    public void ErrorsInOptionsAreFoundTogether()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddProgressiveDelivery(flags => flags.From(_ => new InMemorySnapshotSource(TestApp.Document(1, ""))));
        using var app = (IDisposable)builder.Build();
        var endpoints = (WebApplication)app;

        var wrong = () => endpoints.MapOfrep(configure: static options => (options.ClientName, options.MaxContextBytes, options.MaxSubscribers, options.AllowedAttributes) = (" ", 10, -1, [""]));
        var unknown = () => endpoints.MapOfrep(configure: static options => options.ClientName = "typo");
        var without = () => endpoints.MapOfrep(configure: static options => options.UseRequestContext = true);

        wrong.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(4);
        unknown.Should().Throw<InvalidOperationException>().WithMessage("*'typo' is not registered*");
        without.Should().Throw<InvalidOperationException>().WithMessage("*AddAspNetCore()*");
    }

    private static Task<OfrepApp> StartAsync(Action<OfrepOptions>? options, Action<RequestOptions>? request = null) =>
        OfrepApp.StartAsync(flags: Flags, request: request, pipeline: app => { TestApp.SignIn(app); app.MapOfrep(configure: options); });

    private static async Task<IEnumerable<string?>> OnAsync(OfrepApp app, string body, string? claims)
    {
        var answer = await app.AskAllAsync(body, claims is null ? [] : [("Test-Claims", claims)]);
        answer.Status.Should().Be(HttpStatusCode.OK);
        return answer.Json!["flags"]!.AsArray().Where(flag => (bool)flag!["value"]!).Select(flag => (string?)flag!["key"]);
    }
}
