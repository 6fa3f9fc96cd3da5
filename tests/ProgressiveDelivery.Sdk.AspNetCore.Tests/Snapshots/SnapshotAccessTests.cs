using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Snapshots;

/// <summary>Rules name people and plans.</summary>
public sealed class SnapshotAccessTests
{
    [Fact]
    public async Task S11_ApplicationDoesNotStartWithoutADecisionOnAccess()
    {
        var start = () => StartAsync(static app => app.MapSnapshots("/snapshot"));

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*MapSnapshots(\"/snapshot\").RequireAuthorization*");
    }

    [Fact]
    public async Task PolicyOfAGroupDecides()
    {
        await using var relay = await StartAsync(static app => app.MapGroup("/internal").RequireAuthorization().MapSnapshots("/snapshot"), static builder =>
        {
            builder.Services.AddAuthentication().AddCookie();
            builder.Services.AddAuthorization(static options => options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAssertion(static context => IsSecret(context)).Build());
        });

        (await StatusAsync(relay, "/internal/snapshot")).Should().NotBe(HttpStatusCode.OK);
        (await StatusAsync(relay, "/internal/snapshot", ("Secret", "s"))).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task FallbackPolicyDecides()
    {
        await using var relay = await StartAsync(static app => app.MapSnapshots("/snapshot"), static builder =>
        {
            builder.Services.AddAuthentication().AddCookie();
            builder.Services.AddAuthorization(static options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(static context => IsSecret(context)).Build());
        });

        (await StatusAsync(relay, "/snapshot")).Should().NotBe(HttpStatusCode.OK);
        (await StatusAsync(relay, "/snapshot", ("Secret", "s"))).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task S12_InDevelopmentTheMachineItselfIsAnswered()
    {
        await using var relay = await RelayUnderTest.StartAsync(static flags => flags.FromDocument(Rules.Document(1)), static app => app.MapSnapshots("/snapshot"), environment: "Development");

        (await StatusAsync(relay, "/snapshot")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(relay, "/snapshot", ("X-Forwarded-For", "203.0.113.7"))).Should().Be(HttpStatusCode.Forbidden);
        (await StatusAsync(relay, "/snapshot", ("Host", "flags.example.com"))).Should().Be(HttpStatusCode.Forbidden, "a name of another site that resolves to this machine");
        relay.Logs.GetSnapshot().Should().ContainSingle(static line => line.Id.Id == 2142);
    }

    private static bool IsSecret(AuthorizationHandlerContext context) => ((HttpContext)context.Resource!).Request.Headers["Secret"] == "s";

    private static Task<RelayUnderTest> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null) =>
        RelayUnderTest.StartAsync(static flags => flags.FromDocument(Rules.Document(1)), map, configure: configure);

    private static async Task<HttpStatusCode> StatusAsync(RelayUnderTest relay, string path, params (string Name, string Value)[] headers)
    {
        using var response = await relay.GetAsync(path, headers);
        return response.StatusCode;
    }
}
