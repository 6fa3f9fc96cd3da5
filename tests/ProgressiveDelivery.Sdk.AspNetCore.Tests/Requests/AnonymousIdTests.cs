using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;

/// <summary>The cookie that gives a visitor a targeting key.</summary>
public sealed class AnonymousIdTests : IAsyncDisposable
{
    private TestApp? _app;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task VisitorKeepsTheIdThatTheFirstQuestionGave()
    {
        await StartAsync();

        var (first, cookie) = await VisitAsync(null);
        var (second, again) = await VisitAsync(cookie!.Value.ToString());

        first.Should().MatchRegex("^[0-9a-f]{32}$");
        (second, again).Should().Be((first, null));
        (cookie.Secure, cookie.HttpOnly, cookie.SameSite, cookie.Path.ToString(), cookie.MaxAge).Should().Be((true, true, Microsoft.Net.Http.Headers.SameSiteMode.Lax, "/", TimeSpan.FromDays(90)));
        cookie.Value.ToString().Should().NotContain(first);
        (await VisitAsync(null)).Key.Should().NotBe(first);
    }

    [Fact]
    public async Task CookieIsSetOnlyWhenAFlagIsAskedFor()
    {
        await StartAsync();

        (await VisitAsync(null, "/plain")).Cookie.Should().BeNull();
        (await VisitAsync(null, "/flag")).Cookie.Should().NotBeNull();
    }

    [Fact]
    public async Task SignedInUserGetsNoCookieAndIsNotTheVisitor()
    {
        await StartAsync();
        var (_, cookie) = await VisitAsync(null);

        (await VisitAsync(cookie!.Value.ToString(), claims: "sub=ada")).Should().Be(("ada", null));
        (await VisitAsync(null, claims: "sub=ada")).Should().Be(("ada", null));
        (await VisitAsync(cookie.Value.ToString(), claims: "name=Ada")).Should().Be(("", null), "a user without a key is anonymous, not the visitor before");
    }

    [Fact]
    public async Task ForgedOrEditedCookieIsReplaced()
    {
        await StartAsync();
        var (key, cookie) = await VisitAsync(null);
        var value = cookie!.Value.ToString();
        var other = _app!.App.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("something else").Protect(WebEncoders.Base64UrlDecode(value));
        string[] forged =
        [
            "x", "%%%", "00000000000000000000000000000001", value[..^1], value[1..], value + "A", (value[40] == 'A' ? value[..40] + "B" : value[..40] + "A") + value[41..],
            WebEncoders.Base64UrlEncode(other), new string('A', 5000), key,
        ];

        foreach (var text in forged)
        {
            var (replaced, set) = await VisitAsync(text);
            replaced.Should().MatchRegex("^[0-9a-f]{32}$").And.NotBe(key, text);
            set.Should().NotBeNull();
        }

        _app.Logs.GetSnapshot().Should().NotContain(line => line.Level >= LogLevel.Warning && line.Id.Id >= 2000 && line.Id.Id < 2020, "a stranger must not fill the log");
    }

    [Fact]
    public async Task ForeignApplicationsCookieIsReplaced()
    {
        await StartAsync();
        var foreign = new EphemeralDataProtectionProvider().CreateProtector("ProgressiveDelivery.Sdk.AspNetCore.AnonymousId", "v1").Protect(new byte[33]);

        (await VisitAsync(WebEncoders.Base64UrlEncode(foreign))).Cookie.Should().NotBeNull();
    }

    [Fact]
    public async Task CopiedCookieIsTakenForItsOwners()
    {
        await StartAsync();
        var (key, cookie) = await VisitAsync(null);

        (await VisitAsync(cookie!.Value.ToString())).Key.Should().Be(key, "it cannot be told from its owner's, as documented");
    }

    [Fact]
    public async Task CookieIsRenewedInTheSecondHalfOfItsLifeWithTheSameId()
    {
        await StartAsync();
        var (key, cookie) = await VisitAsync(null);
        var value = cookie!.Value.ToString();

        _app!.Clock.Advance(TimeSpan.FromDays(44));
        (await VisitAsync(value)).Cookie.Should().BeNull();
        _app.Clock.Advance(TimeSpan.FromDays(1));
        var (same, renewed) = await VisitAsync(value);
        same.Should().Be(key);
        renewed!.Value.ToString().Should().NotBe(value);

        _app.Clock.Advance(TimeSpan.FromDays(89));
        (await VisitAsync(renewed.Value.ToString())).Key.Should().Be(key);
        (await VisitAsync(value)).Key.Should().NotBe(key, "a browser would have dropped that one");
    }

    [Fact]
    public async Task IdEndsAtItsMaxAgeHoweverOftenItWasRenewed()
    {
        await StartAsync();
        var (key, cookie) = await VisitAsync(null);
        for (var day = 60; day < 365; day += 60)
        {
            _app!.Clock.Advance(TimeSpan.FromDays(60));
            var (same, renewed) = await VisitAsync(cookie!.Value.ToString());
            same.Should().Be(key);
            cookie = renewed;
        }

        cookie!.MaxAge.Should().Be(TimeSpan.FromDays(5), "the rest of the 365 days");
        _app!.Clock.Advance(TimeSpan.FromDays(5));
        (await VisitAsync(cookie.Value.ToString())).Key.Should().NotBe(key);
    }

    [Fact]
    public async Task ResponseThatHasStartedGetsNoCookieAndItsVisitorNoKey()
    {
        await StartAsync();
        var (key, cookie) = await VisitAsync(null);

        (await VisitAsync(null, "/late")).Should().Be(("", null));
        (await VisitAsync(cookie!.Value.ToString(), "/late")).Should().Be((key, null));
    }

    [Fact]
    public async Task VisitorWithoutConsentHasNoKey()
    {
        await StartAsync(first: static app => app.UseCookiePolicy(new CookiePolicyOptions { CheckConsentNeeded = static _ => true }));

        (await VisitAsync(null)).Should().Be(("", null));
    }

    [Fact]
    public async Task EssentialCookieNeedsNoConsent()
    {
        await StartAsync(static cookie => cookie.IsEssential = true, static app => app.UseCookiePolicy(new CookiePolicyOptions { CheckConsentNeeded = static _ => true }));

        (await VisitAsync(null)).Cookie.Should().NotBeNull();
    }

    [Fact]
    public async Task UserWhoSignsOutIsOneVisitorForTheRestOfTheRequest()
    {
        await StartAsync();

        var (keys, cookie) = await VisitAsync(null, "/in-and-out");

        var parts = keys.Split(' ');
        parts[1].Should().Be("ada");
        parts[2].Should().Be(parts[0]);
        (await VisitAsync(cookie!.Value.ToString())).Key.Should().Be(parts[0]);
    }

    [Theory]
    [InlineData("public, max-age=60", "no-store")]
    [InlineData("", "no-store")]
    [InlineData("private, max-age=60", "private")]
    public async Task ResponseWithACookieIsKeptOutOfSharedCaches(string control, string expected)
    {
        await StartAsync();

        using var response = await _app!.SendAsync($"/cached?control={Uri.EscapeDataString(control)}");

        string.Join(", ", response.Headers.GetValues("Cache-Control")).Should().Contain(expected).And.NotContain("public");
    }

    [Fact]
    public async Task ClientsThatShareACookieShareTheId()
    {
        _app = await TestApp.StartAsync(
            TestApp.Always("on", "on"),
            static options => options.AnonymousId = new(),
            static app => app.MapGet("/", static ([FromKeyedServices("second")] FeatureScopeBinding second, FeatureScopeBinding first) => $"{first.Reader!.TargetingKey} {second.Reader!.TargetingKey}"),
            static services => services.AddProgressiveDelivery("second", static flags => flags
                .FromDocument(TestApp.Document(1, TestApp.Always("on", "on"))).AddAspNetCore(static options => options.AnonymousId = new())));

        var (keys, cookie) = await VisitAsync(null);

        keys.Split(' ').Distinct().Should().ContainSingle().Which.Should().HaveLength(32);
        cookie.Should().NotBeNull();
    }

    [Fact]
    public async Task BrokenDataProtectionCostsTheKeyAndNotTheRequest()
    {
        _app = await TestApp.StartAsync(
            TestApp.Always("on", "on"), static options => options.AnonymousId = new(), Map, static services => services.AddSingleton<IDataProtectionProvider>(new BrokenProtection()));

        for (var i = 0; i < 3; i++)
            (await VisitAsync(null)).Should().Be(("", null));

        _app.Logs.GetSnapshot().Should().ContainSingle(line => line.Id.Id == 2002);
    }

    private static void Map(WebApplication app)
    {
        TestApp.SignIn(app);
        app.MapGet("/", static (FeatureScopeBinding binding) => binding.Reader!.TargetingKey ?? "");
        app.MapGet("/plain", static () => "plain");
        app.MapGet("/flag", static (IFeatureClient features) => features.IsEnabled("on"));
        app.MapGet("/late", static async (HttpContext http, FeatureScopeBinding binding) =>
        {
            await http.Response.StartAsync();
            await http.Response.WriteAsync(binding.Reader!.TargetingKey ?? "");
        });
        app.MapGet("/cached", static (HttpContext http, IFeatureClient features, string? control) =>
        {
            features.IsEnabled("on");
            http.Response.Headers.CacheControl = control;
        });
        app.MapGet("/in-and-out", static (HttpContext http, IFeatureClient features, FeatureScopeBinding binding) =>
        {
            var before = Key();
            http.User = TestApp.Principal("sub=ada");
            var during = Key();
            http.User = new();
            return $"{before} {during} {Key()}";

            string? Key()
            {
                features.IsEnabled("on");
                return binding.Reader!.TargetingKey;
            }
        });
    }

    private async Task StartAsync(Action<AnonymousIdOptions>? configure = null, Action<WebApplication>? first = null) => _app = await TestApp.StartAsync(
        TestApp.Always("on", "on"),
        options =>
        {
            options.AnonymousId = new();
            configure?.Invoke(options.AnonymousId);
        },
        app =>
        {
            first?.Invoke(app);
            Map(app);
        });

    private async Task<(string Key, SetCookieHeaderValue? Cookie)> VisitAsync(string? cookie, string path = "/", string? claims = null)
    {
        using var response = await _app!.SendAsync(path, claims, cookie is null ? [] : [("Cookie", $"pd-anonymous-id={cookie}")]);
        response.EnsureSuccessStatusCode();
        var set = response.Headers.TryGetValues("Set-Cookie", out var values) ? SetCookieHeaderValue.ParseList([.. values]).Single(static value => value.Name == "pd-anonymous-id") : null;
        return (await response.Content.ReadAsStringAsync(), set);
    }

    private sealed class BrokenProtection : IDataProtectionProvider, IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new InvalidOperationException("The key ring is away.");

        public byte[] Unprotect(byte[] protectedData) => throw new InvalidOperationException("The key ring is away.");
    }
}
