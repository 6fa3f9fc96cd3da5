using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Overriding;

/// <summary>The cookie of overrides, and forged ones.</summary>
public sealed class OverrideCookieTests
{
    [Fact]
    public async Task CookieOverridesLaterRequestsOfItsUser()
    {
        await using var app = await StartAsync();

        var cookie = await SetAsync(app, "tester", "b");

        cookie.HttpOnly.Should().BeTrue();
        cookie.SameSite.Should().Be(Microsoft.Net.Http.Headers.SameSiteMode.Lax);
        cookie.MaxAge.Should().Be(TimeSpan.FromHours(12));
        cookie.Value.Value.Should().NotContain("banner");
        (await ReadAsync(app, "tester", cookie)).Should().Be("b Override");
        (await app.ReadAsync("tester", "banner=c")).Should().Be("c Override", "the header comes after the cookie");
    }

    [Fact]
    public async Task CookieIsSecureWhereTheRequestIs()
    {
        await using var app = await StartAsync();

        (await SetAsync(app, "tester", "b", "https://localhost")).Secure.Should().BeTrue();
        (await SetAsync(app, "tester", "b", "http://localhost")).Secure.Should().BeFalse();
    }

    [Theory]
    [InlineData("tester-2")]
    [InlineData("customer")]
    [InlineData(null)]
    public async Task CookieOfAnotherUserIsRefused(string? user)
    {
        await using var app = await StartAsync();

        var cookie = await SetAsync(app, "tester", "b");

        (await ReadAsync(app, user, cookie)).Should().Be("a Default");
        (app.LogsOf(2023).Count + app.LogsOf(2025).Count).Should().Be(1);
    }

    [Fact]
    public async Task ForgedCookieIsIgnoredAndTheHeaderHolds()
    {
        await using var app = await StartAsync();
        var honest = (await SetAsync(app, "tester", "b")).Value.Value!;
        string[] forged = ["banner=b", "", honest[..^4] + "AAAA", new('x', 5_000), "%00%0A"];

        foreach (var value in forged)
        {
            using var response = await app.SendAsync("tester", headers: [("Cookie", $"feature-override={value}"), (OverrideApp.Header, "banner=c")]);
            (await response.Content.ReadAsStringAsync()).Should().Be("c Override");
            using var alone = await app.SendAsync("tester", headers: [("Cookie", $"feature-override={value}")]);
            (await alone.Content.ReadAsStringAsync()).Should().Be("a Default");
        }

        app.LogsOf(2025).Should().HaveCount(8, "an empty cookie is none");
    }

    [Fact]
    public async Task CookieThatIsTooOldIsRefused()
    {
        await using var app = await StartAsync();
        var protector = app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("ProgressiveDelivery.Sdk.AspNetCore.Overrides", "v1", "default").ToTimeLimitedDataProtector();
        var valid = protector.Protect("id-tester\nbanner=b", DateTimeOffset.MaxValue);
        var old = protector.Protect("id-tester\nbanner=b", DateTimeOffset.UnixEpoch);

        (await ReadAsync(app, "tester", new("feature-override", valid))).Should().Be("b Override");
        (await ReadAsync(app, "tester", new("feature-override", old))).Should().Be("a Default");
        app.LogsOf(2025).Should().ContainSingle();
    }

    [Fact]
    public async Task OverridesAreSetBesideEachOtherAndCleared()
    {
        await using var app = await StartAsync();
        var cookie = await SetAsync(app, "tester", "b");

        using var set = await app.SendAsync("tester", "/more", HttpMethod.Post, ("Cookie", $"feature-override={cookie.Value}"));
        var both = CookieOf(set);
        using var cleared = await app.SendAsync("tester", "/clear-one", HttpMethod.Post, ("Cookie", $"feature-override={both.Value}"));
        var one = CookieOf(cleared);
        using var all = await app.SendAsync("tester", "/clear", HttpMethod.Post, ("Cookie", $"feature-override={both.Value}"));

        (await ReadAsync(app, "tester", both, "/all")).Should().Be("c Override True");
        (await ReadAsync(app, "tester", one, "/all")).Should().Be("a Default True");
        CookieOf(all).Expires.Should().Be(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task CookieOfAnotherUserIsNotTakenOver()
    {
        await using var app = await StartAsync();
        var cookie = await SetAsync(app, "tester", "b");

        using var set = await app.SendAsync("tester-2", "/odd", HttpMethod.Post, ("Cookie", $"feature-override={cookie.Value}"));

        (await ReadAsync(app, "tester-2", CookieOf(set), "/all")).Should().Be("a Default True");
    }

    [Fact]
    public async Task CookieHasLimits()
    {
        await using var app = await StartAsync();

        using var many = await app.SendAsync("tester", "/many", HttpMethod.Post);

        (await many.Content.ReadAsStringAsync()).Should().Contain("at most 20");
        CookieOf(many).Value.Value!.Length.Should().BeLessThan(3_900);
    }

    [Fact]
    public async Task NothingIsSetWhereOverridesAreOff()
    {
        await using var app = await StartAsync(environment: "Production");

        using var response = await app.SendAsync("tester", "/set/b", HttpMethod.Post);

        (await response.Content.ReadAsStringAsync()).Should().Be("false");
        response.Headers.Contains("Set-Cookie").Should().BeFalse();
    }

    [Fact]
    public async Task CookieThatIsNotReadIsNotSet()
    {
        await using var app = await StartAsync(OverrideApp.Testers);

        await app.Awaiting(one => one.SendAsync("tester", "/set/b", HttpMethod.Post)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*FromCookie*");
    }

    private static Task<OverrideApp> StartAsync(Action<OverrideOptions>? options = null, string environment = "Staging") => OverrideApp.StartAsync(
        options ?? (static options =>
        {
            OverrideApp.Testers(options);
            options.FromCookie();
        }),
        environment,
        pipeline: static app =>
        {
            app.MapPost("/set/{variant}", static (HttpContext http, string variant) => http.SetFeatureOverride("banner", variant));
            app.MapPost("/more", static (HttpContext http) => http.SetFeatureOverride("banner", "c") && http.SetFeatureOverride("with,=", "on"));
            app.MapPost("/odd", static (HttpContext http) => http.SetFeatureOverride("with,=", "on"));
            app.MapPost("/clear-one", static (HttpContext http) => http.ClearFeatureOverride("banner"));
            app.MapPost("/clear", static (HttpContext http) => http.ClearFeatureOverrides());
            app.MapPost("/many", static (HttpContext http) =>
            {
                try
                {
                    for (var i = 0; i < 100; i++)
                        http.SetFeatureOverride($"flag-{i}-{new string('x', 80)}", "on");
                    return "all";
                }
                catch (ArgumentException fault)
                {
                    return fault.Message;
                }
            });
            app.MapGet("/all", static (IFeatureClient features) => $"{OverrideApp.Text(features)} {features.IsEnabled("with,=")}");
        },
        services: static services => services.AddDataProtection().UseEphemeralDataProtectionProvider());

    private static async Task<SetCookieHeaderValue> SetAsync(OverrideApp app, string user, string variant, string host = "http://localhost")
    {
        using var response = await app.SendAsync(user, $"{host}/set/{variant}", HttpMethod.Post);
        return CookieOf(response);
    }

    private static SetCookieHeaderValue CookieOf(HttpResponseMessage response) => SetCookieHeaderValue.Parse(response.Headers.GetValues("Set-Cookie").Last());

    private static async Task<string> ReadAsync(OverrideApp app, string? user, SetCookieHeaderValue cookie, string path = "/")
    {
        using var response = await app.SendAsync(user, path, headers: [("Cookie", $"other=1; feature-override={cookie.Value}")]);
        return await response.Content.ReadAsStringAsync();
    }
}
