using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>Errors in options end the start, all together; plain data comes from configuration.</summary>
public sealed class RequestOptionsTests
{
    [Fact]
    public async Task AllErrorsAreReportedAtTheStart()
    {
        var start = () => StartAsync(static options =>
        {
            (options.MaxValueLength, options.MaxValues, options.TargetingKeyClaim) = (15, 0, " ");
            options.FromHeader("plan", "X-Plan").FromQuery("plan", "plan").FromHeader("", "X").FromHeader("targetingKey", "X-Key").FromCookie("theme", " ");
            options.AddKind("host", static _ => null).AddKind("org", static _ => null).AddKind("org", static _ => null).AddKind(" ", static _ => null);
            options.AnonymousId = new() { CookieName = "a b", Lifetime = TimeSpan.FromMinutes(1), MaxAge = TimeSpan.FromSeconds(1), Path = "x" };
        });

        var failures = (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures;

        failures.Should().SatisfyRespectively(
            length => length.Should().Contain("MaxValueLength").And.Contain("'15'"),
            values => values.Should().Contain("MaxValues").And.Contain("'0'"),
            claim => claim.Should().Contain("TargetingKeyClaim"),
            unnamed => unnamed.Should().Contain("header 'X' has no name"),
            key => key.Should().Contain("'targetingKey' is no attribute"),
            cookie => cookie.Should().Contain("'theme' is read from a cookie without a name"),
            twice => twice.Should().Contain("'plan' is declared 2 times: from header 'X-Plan', query parameter 'plan'"),
            host => host.Should().Contain("kind 'host'"),
            kinds => kinds.Should().Contain("kind 'org' is declared 2 times"),
            kind => kind.Should().Contain("a kind has no name"),
            name => name.Should().Contain("AnonymousId.CookieName"),
            lifetime => lifetime.Should().Contain("AnonymousId.Lifetime"),
            age => age.Should().Contain("AnonymousId.MaxAge"),
            path => path.Should().Contain("AnonymousId.Path"));
    }

    [Fact]
    public async Task CultureTwiceAndAHostCookieForADomainAreErrors()
    {
        var start = () => StartAsync(static options =>
        {
            options.Culture = true;
            options.Add("culture", static _ => "nl");
            options.AnonymousId = new() { CookieName = "__Host-id", Domain = "example.com" };
        });

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(2)
            .And.Contain(failure => failure.Contains("a delegate, the request's culture")).And.Contain(failure => failure.Contains("__Host-"));
    }

    [Fact]
    public async Task AnonymousIdWithoutDataProtectionIsAnError()
    {
        var start = () => StartAsync(static options => options.AnonymousId = new());

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("Client 'default': RequestOptions.AnonymousId is set*Call services.AddDataProtection()*");
    }

    [Fact]
    public async Task PlainDataComesFromConfiguration()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Request:Headers:plan"] = "X-Plan",
            ["Request:RouteValues:shop"] = "shop",
            ["Request:Query:ref"] = "r",
            ["Request:Cookies:theme"] = "t",
            ["Request:Culture"] = "true",
            ["Request:ClientAddress"] = "true",
            ["Request:Private:0"] = "theme",
            ["Request:MaxValueLength"] = "64",
            ["Request:ReportOutcomes"] = "false",
            ["Request:AnonymousId:CookieName"] = "visitor",
            ["Request:AnonymousId:Lifetime"] = "30.00:00:00",
        }).Build();
        var services = new ServiceCollection().AddProgressiveDelivery("shop", flags => flags.FromDocument(TestApp.Document(1, TestApp.Always("on", "on"))).AddAspNetCore(configuration.GetSection("Request")));
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<RequestOptions>>().Get("shop");

        options.AttributeDeclarations().Select(static declared => $"{declared.Attribute}: {declared}").Should().Equal(
            "plan: header 'X-Plan'", "shop: route value 'shop'", "ref: query parameter 'r'", "theme: cookie 't'", "culture: the request's culture", "clientAddress: the client's address");
        options.Private.Should().BeEquivalentTo("clientAddress", "theme");
        (options.MaxValueLength, options.ReportOutcomes).Should().Be((64, false));
        (options.AnonymousId!.CookieName, options.AnonymousId.Lifetime).Should().Be(("visitor", TimeSpan.FromDays(30)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void AnonymousIdWithoutMembersInConfigurationIsAnErrorAndNotSilentlyAbsent(string? nothing)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Request:AnonymousId"] = nothing, ["Request:Culture"] = "true" }).Build();
        using var provider = new ServiceCollection().AddProgressiveDelivery("shop", flags => flags.FromDocument(TestApp.Document(1, TestApp.Always("on", "on"))).AddAspNetCore(configuration.GetSection("Request"))).BuildServiceProvider();

        provider.Invoking(container => container.GetRequiredService<IOptionsMonitor<RequestOptions>>().Get("shop"))
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().StartWith("AnonymousId: it has no members, so there is no cookie. Give at least one, such as Path");
    }

    [Fact]
    public async Task MisspeltKeyOfConfigurationIsAnError()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Headerz:plan"] = "X-Plan" }).Build();
        var services = new ServiceCollection().AddProgressiveDelivery(flags => flags.FromDocument(TestApp.Document(1, TestApp.Always("on", "on"))).AddAspNetCore(configuration));
        await using var provider = services.BuildServiceProvider();

        var get = () => provider.GetRequiredService<IOptionsMonitor<RequestOptions>>().Get("");

        get.Should().Throw<OptionsValidationException>().WithMessage("*Headerz*");
    }

    private static async Task StartAsync(Action<RequestOptions> options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Services.AddProgressiveDelivery(flags => flags.FromDocument(TestApp.Document(1, TestApp.Always("on", "on"))).AddAspNetCore(options));
        await using var app = builder.Build();
        await app.StartAsync();
    }
}
