using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressiveDelivery.Sdk.AspNetCore.Overrides;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Overriding;

/// <summary>Who may override, and where that is decided.</summary>
public sealed class OverrideAuthorizationTests
{
    [Theory]
    [InlineData("customer")]
    [InlineData(null)]
    public async Task OtherUsersAreRefused(string? user)
    {
        await using var app = await OverrideApp.StartAsync();

        (await app.ReadAsync(user, "banner=b")).Should().Be("a Default");

        app.LogsOf(2020).Should().BeEmpty();
        app.LogsOf(2023).Should().ContainSingle();
    }

    [Fact]
    public async Task ConditionThatFailsAllowsNothingAndCostsTheRequestNothingElse()
    {
        await using var app = await OverrideApp.StartAsync(static options =>
        {
            options.FromHeader();
            options.Allow = static _ => throw new InvalidOperationException("The list of testers is away.");
        });

        (await app.ReadAsync("tester", "banner=b")).Should().Be("a Default");
        app.LogsOf(2026).Should().ContainSingle().Which.Exception.Should().BeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task PolicyOfTheApplicationDecides()
    {
        await using var app = await OverrideApp.StartAsync(static options =>
        {
            options.FromHeader();
            options.AllowPolicy("testers");
        });

        (await app.ReadAsync("ada!", "banner=b")).Should().Be("b Override");
        (await app.ReadAsync("ada", "banner=b")).Should().Be("a Default");
    }

    [Fact]
    public async Task PolicyWithASchemeOfItsOwnAuthenticatesByIt()
    {
        await using var app = await OverrideApp.StartAsync(
            static options =>
            {
                options.FromHeader();
                options.AllowPolicy("by-scheme");
            },
            services: static services =>
            {
                services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(static options => options.DefaultScheme = options.DefaultAuthenticateScheme = null);
                services.AddAuthentication().AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, OverrideApp.NamedUserHandler>("Other", null);
                services.AddAuthorizationBuilder().AddPolicy("by-scheme", static policy => policy.AddAuthenticationSchemes("Other").RequireRole("qa"));
            });

        (await app.ReadAsync("ada!", "banner=b")).Should().Be("b Override");
        (await app.ReadAsync("ada", "banner=b")).Should().Be("a Default");
    }

    [Fact]
    public async Task PolicyThatDoesNotExistAllowsNothing()
    {
        await using var app = await OverrideApp.StartAsync(static options =>
        {
            options.FromHeader();
            options.AllowPolicy("no-such");
        });

        (await app.ReadAsync("ada!", "banner=b")).Should().Be("a Default");
        app.LogsOf(2026).Should().ContainSingle().Which.Exception!.Message.Should().Contain("no-such");
    }

    [Fact]
    public async Task OfTwoConditionsBothMustAllow()
    {
        await using var app = await OverrideApp.StartAsync(static options =>
        {
            OverrideApp.Testers(options);
            options.AllowPolicy("testers");
        });

        (await app.ReadAsync("tester!", "banner=b")).Should().Be("b Override");
        (await app.ReadAsync("tester", "banner=b")).Should().Be("a Default");
        (await app.ReadAsync("ada!", "banner=b")).Should().Be("a Default");
    }

    [Fact]
    public async Task UserOfTheConditionDoesNotBecomeTheUserOfThePipeline()
    {
        var seen = new List<string?>();
        await using var app = await OverrideApp.StartAsync(pipeline: app =>
        {
            app.Use((HttpContext http, RequestDelegate next) =>
            {
                seen.Add(http.User.Identity?.Name);
                return next(http);
            });
            app.UseAuthentication();
        });

        (await app.ReadAsync("tester", "banner=b")).Should().Be("b Override");

        seen.Should().Equal([null]);
    }

    [Fact]
    public async Task FlagAskedBeforeAuthenticationIsOverriddenForTestersAlone()
    {
        await using var app = await OverrideApp.StartAsync(pipeline: static app =>
        {
            app.Use(static (HttpContext http, RequestDelegate _) => http.Response.WriteAsync(OverrideApp.Text(http.RequestServices.GetRequiredService<IFeatureClient>())));
            app.UseAuthentication();
        });

        (await app.ReadAsync("tester", "banner=b")).Should().Be("b Override");
        (await app.ReadAsync("customer", "banner=b")).Should().Be("a Default");
    }

    [Fact]
    public async Task PlaceOfTheApplicationSeesTheUserThatAMiddlewareOfItsOwnSets()
    {
        static void SignIn(WebApplication app) => app.Use(static (HttpContext http, RequestDelegate next) =>
        {
            http.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "tester-by-ticket")], "Ticket"));
            return next(http);
        });
        await using var placed = await OverrideApp.StartAsync(pipeline: static app =>
        {
            app.Use(static async (HttpContext http, RequestDelegate next) =>
            {
                http.Items["early"] = OverrideApp.Text(http.RequestServices.GetRequiredService<IFeatureClient>());
                await next(http);
            });
            SignIn(app);
            app.UseFeatureOverrides();
            app.MapGet("/both", static (HttpContext http, IFeatureClient features) => $"{http.Items["early"]}, {OverrideApp.Text(features)}");
        });
        await using var unplaced = await OverrideApp.StartAsync(pipeline: SignIn);

        (await placed.ReadAsync(null, "banner=b", "/both")).Should().Be("a Default, b Override");
        (await unplaced.ReadAsync(null, "banner=b")).Should().Be("a Default");
    }

    [Fact]
    public async Task RegistrationBeforeThatOfRequestsIsTheSame()
    {
        await using var app = await OverrideApp.StartAsync(client: static flags => flags.AddAspNetCore());

        (await app.ReadAsync("tester", "banner=b")).Should().Be("b Override");
    }

    [Fact]
    public async Task ConditionAndPlaceAreRequiredAtStart()
    {
        var start = () => OverrideApp.StartAsync(static _ => { });

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(2).And.ContainMatch("*FromHeader*").And.ContainMatch("*AllowPolicy*");
    }

    [Fact]
    public void MissingServicesAreNamed()
    {
        var options = new OverrideOptions { CookieLifetime = TimeSpan.Zero };
        options.FromCookie();
        options.AllowPolicy("testers");
        using var services = new ServiceCollection().BuildServiceProvider();

        var result = new OverrideOptionsValidator(services.GetRequiredService<IServiceProviderIsService>()).Validate(null, options);

        result.FailureMessage.Should().Contain("AddDataProtection").And.Contain("AddAuthorization").And.Contain("CookieLifetime");
    }

    [Fact]
    public async Task PlaceWithoutRegistrationIsAnError()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        app.Invoking(one => one.UseFeatureOverrides()).Should().Throw<InvalidOperationException>().WithMessage("*AddFeatureOverrides*");
    }

    [Theory]
    [InlineData("Production", false, null, "a Default")]
    [InlineData("Production", false, true, "a Default")]
    [InlineData("Production", true, null, "b Override")]
    [InlineData("Production", true, false, "a Default")]
    [InlineData("Staging", false, null, "b Override")]
    [InlineData("Staging", false, false, "a Default")]
    public async Task ProductionNeedsItsOwnConsent(string environment, bool allows, bool? clientAllows, string expected)
    {
        await using var app = await OverrideApp.StartAsync(
            options =>
            {
                OverrideApp.Testers(options);
                options.AllowInProduction = allows;
            },
            environment,
            client: flags => flags.Configure(options => options.AllowForcedVariants = clientAllows));

        (await app.ReadAsync("tester", "banner=b")).Should().Be(expected);

        app.LogsOf(2028).Should().HaveCount(expected == "a Default" ? 1 : 0);
        app.LogsOf(2020).Should().HaveCount(expected == "a Default" ? 0 : 1);
    }
}
