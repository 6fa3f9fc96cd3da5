using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

public class ProtectionTests
{
    private static readonly Action<WebApplication> WithoutPolicy = static app => app.MapFeatureDiagnostics("/_features");

    public static TheoryData<string> Paths { get; } = ["/_features/", "/_features/events", "/_features/audit", "/_features/audit.jsonl", "/_features/stream"];

    [Fact]
    public async Task S11_MappingWithoutPolicyEndsTheStartAndNamesTheLineToWrite()
    {
        var start = () => PageApp.StartAsync(map: WithoutPolicy);

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*'/_features' has no authorization policy*app.MapFeatureDiagnostics(\"/_features\", page => page.ViewPolicy = \"on-call\")*RequireAuthorization*");
    }

    [Fact]
    public async Task AllowAnonymousCountsAsNoPolicy()
    {
        var start = () => PageApp.StartAsync(map: static app => app.MapFeatureDiagnostics("/_features", static page => page.ViewPolicy = "view").AllowAnonymous());

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*AllowAnonymous counts as none*");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UnknownPolicyEndsTheStart(bool isView)
    {
        var start = () => PageApp.StartAsync(page: page => _ = isView ? page.ViewPolicy = "missing" : page.ActPolicy = "missing");

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage($"*requires the policy 'missing', which does not exist*FeatureDiagnosticsOptions.{(isView ? "ViewPolicy" : "ActPolicy")}*");
    }

    [Fact]
    public async Task UnknownClientEndsTheStart()
    {
        var start = () => PageApp.StartAsync(page: static page => page.ClientName = "missing");

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("*IFeatureClient of client 'missing'*");
    }

    [Fact]
    public async Task ApplicationWithoutAddAspNetCoreCannotMapIt()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddProgressiveDelivery(static _ => { });
        await using var app = builder.Build();

        var map = () => app.MapFeatureDiagnostics("/_features");

        map.Should().Throw<InvalidOperationException>().WithMessage("*'/_features'*AddAspNetCore()*");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task OnePolicyProtectsPageDataAndStream(string path)
    {
        await using var app = await PageApp.StartAsync();

        using var anonymous = await app.GetAsync(path, (PageApp.Remote, "127.0.0.1"));
        using var known = await app.GetAsync(path, (PageApp.User, "ada"), (PageApp.Remote, "203.0.113.7"));

        anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        known.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RequireAuthorizationOnWhatIsReturnedIsAPolicy()
    {
        await using var app = await PageApp.StartAsync(map: static app => app.MapFeatureDiagnostics("/_features").RequireAuthorization("view"));

        (await app.GetAsync("/_features/")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/_features/", (PageApp.User, "ada"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task FallbackPolicyIsAPolicyEvenIfTheMiddlewareDoesNotRun(string environment)
    {
        await using var app = await PageApp.StartAsync(
            environment: environment,
            map: static app =>
            {
                ((IApplicationBuilder)app).Properties["__AuthorizationMiddlewareSet"] = true;     // As in an application that forgot to call UseAuthorization.
                app.MapFeatureDiagnostics("/_features");
            },
            services: static services => services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));

        (await app.GetAsync("/_features/", (PageApp.Remote, "127.0.0.1"))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await app.GetAsync("/_features/", (PageApp.User, "ada"))).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("127.9.9.9", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    [InlineData("::ffff:127.0.0.1", "shop.localhost")]
    public async Task DevelopmentWithoutPolicyIsOpenToThisMachine(string remote, string host)
    {
        await using var app = await PageApp.StartAsync(environment: "Development", map: WithoutPolicy);

        using var response = await app.GetAsync($"http://{host}/_features/", (PageApp.Remote, remote));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Contain("Open to this machine only (Development).");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task S12_DevelopmentWithoutPolicyIsClosedToOtherMachines(string path)
    {
        await using var app = await PageApp.StartAsync(environment: "Development", map: WithoutPolicy);

        (await app.GetAsync(path, (PageApp.Remote, "203.0.113.7"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.GetAsync(path, (PageApp.Remote, "10.0.0.1"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.GetAsync(path, (PageApp.Remote, "2001:db8::1"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await app.GetAsync(path)).StatusCode.Should().Be(HttpStatusCode.Forbidden);
        app.Logs.GetSnapshot().Should().Contain(static log => log.Id.Id == 2100 && log.Message.Contains("203.0.113.7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Original-For", "203.0.113.7:4711")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Mine", "127.0.0.1")]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    public async Task S12_DevelopmentWithoutPolicyIsClosedToWhatPassedAProxyOrAsksForAnotherHost(string header, string value)
    {
        await using var app = await PageApp.StartAsync(
            environment: "Development", map: WithoutPolicy, services: static services => services.Configure<ForwardedHeadersOptions>(static options => options.ForwardedForHeaderName = "X-Mine"));

        using var response = await app.GetAsync("/_features/", (PageApp.Remote, "127.0.0.1"), (header, value));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task S12_AddressThatTheMiddlewareForForwardedHeadersWroteIsNotBelieved()
    {
        await using var app = await PageApp.StartAsync(environment: "Development", map: static app =>
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor };
            options.KnownProxies.Add(IPAddress.Parse("203.0.113.7"));
            app.UseForwardedHeaders(options);
            app.MapFeatureDiagnostics("/_features");
        });

        using var response = await app.GetAsync("/_features/", (PageApp.Remote, "203.0.113.7"), ("X-Forwarded-For", "127.0.0.1"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }
}
