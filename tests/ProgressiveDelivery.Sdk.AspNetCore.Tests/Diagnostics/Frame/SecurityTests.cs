using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProgressiveDelivery.Sdk.AspNetCore.Diagnostics.Access;
using ProgressiveDelivery.Sdk.Diagnostics;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Diagnostics.Frame;

public class SecurityTests
{
    [Fact]
    public async Task PolicyOfContentAllowsOnlyTheNonceOfThisAnswer()
    {
        await using var app = await PageApp.StartAsync();

        using var first = await app.GetAsync("/_features/", (PageApp.User, "ada"));
        using var second = await app.GetAsync("/_features/", (PageApp.User, "ada"));
        var html = await first.Content.ReadAsStringAsync();

        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Regex.Match(policy, "script-src 'nonce-([^']{24})'").Groups[1].Value;
        policy.Should().Be($"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        second.Headers.GetValues("Content-Security-Policy").Single().Should().NotBe(policy);
        Regex.Matches(html, "<(script|style)[^>]*>").Select(static tag => tag.Value).Should().Equal($"<style nonce=\"{nonce}\">", $"<script nonce=\"{nonce}\">");
        Regex.IsMatch(html, "<[^>]+\\s(style|on[a-z]+)=").Should().BeFalse();
        Regex.IsMatch(html, "(src|href|action)=\"(https?:|//|/)").Should().BeFalse();
    }

    [Theory]
    [InlineData("/_features/", "ada", 200)]
    [InlineData("/_features/audit.jsonl", "ada", 200)]
    [InlineData("/_features/stream", "ada", 200)]
    [InlineData("/_features", "ada", 302)]
    [InlineData("/_features/", "", 401)]
    public async Task EveryAnswerStaysOutOfCachesFramesAndOtherSites(string path, string user, int status)
    {
        await using var app = await PageApp.StartAsync();

        using var response = await app.GetAsync(path, (PageApp.User, user));

        ((int)response.StatusCode).Should().Be(status);
        if (status == 401)
            return;     // The middleware for authorization answers before the page.
        response.Headers.CacheControl!.NoStore.Should().BeTrue();
        response.Headers.GetValues("X-Frame-Options").Should().Equal("DENY");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        response.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        response.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'").And.Contain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task HeadHasNoBody()
    {
        await using var app = await PageApp.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Head, "/_features/", null, (PageApp.User, "ada"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        response.Content.Headers.ContentType!.ToString().Should().Be("text/html; charset=utf-8");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task ScreensOnlyRead(string method)
    {
        await using var app = await PageApp.StartAsync();

        (await app.SendAsync(new(method), "/_features/", null, (PageApp.User, "ada"))).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/_features", "./_features/")]
    [InlineData("/_features?who=a%2F%2Fb", "./_features/?who=a%2F%2Fb")]
    [InlineData("/_features/audit/?who=ada", "../audit?who=ada")]
    public async Task AddressIsCorrectedRelatively(string path, string location)
    {
        await using var app = await PageApp.StartAsync();

        using var response = await app.GetAsync(path, (PageApp.User, "ada"));

        response.StatusCode.Should().Be(HttpStatusCode.Found);
        response.Headers.GetValues("Location").Should().Equal(location);
    }

    [Fact]
    public async Task PageWorksUnderAPathBase()
    {
        await using var app = await PageApp.StartAsync(map: static app =>
        {
            app.UsePathBase("/shop");
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapFeatureDiagnostics("/_features", static page => page.ViewPolicy = "view");
        });

        using var redirect = await app.GetAsync("/shop/_features", (PageApp.User, "ada"));

        redirect.Headers.GetValues("Location").Should().Equal("./_features/");
        Links(await app.ReadAsync("/shop/_features/")).Should().OnlyContain(static link => !link.Contains("shop", StringComparison.Ordinal) && !link.StartsWith('/'));
    }

    [Fact]
    public async Task TwoMappingsShowTwoClientsAndHaveTheirOwnPolicies()
    {
        await using var app = await PageApp.StartAsync(
            map: static app =>
            {
                app.MapFeatureDiagnostics("/_features", static page => page.ViewPolicy = "view");
                app.MapFeatureDiagnostics("/ops/other", static page => (page.ClientName, page.ViewPolicy) = ("other", "act"));
            },
            services: static services =>
            {
                services.AddKeyedSingleton<IFeatureDiagnostics>("other", new FakeDiagnostics());
                services.AddProgressiveDelivery("other", static other => other.From(static _ => new Sources.InMemorySnapshotSource(Requests.TestApp.Document(77, ""))).AddAspNetCore());
            });
        await Requests.Wait.UntilAsync(() => app.App.Services.GetRequiredKeyedService<IFeatureClient>("other").Status.HasRules);

        (await app.ReadAsync()).Should().Contain("Snapshot <strong>1</strong>");
        (await app.ReadAsync("/ops/other/", "oncall")).Should().Contain("Snapshot <strong>77</strong>");
        (await app.GetAsync("/ops/other/", (PageApp.User, "ada"))).StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("oncall", "act", true)]
    [InlineData("ada", "act", false)]
    [InlineData("oncall", null, false)]
    public async Task OnlyUsersWhoMeetThePolicyForActingMayAct(string user, string? policy, bool mayAct)
    {
        await using var app = await PageApp.StartAsync(page: page => page.ActPolicy = policy, map: WithAct(policy));

        using var response = await PostWithTokenOfAsync(app, user, user);

        response.StatusCode.Should().Be(mayAct ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        if (!mayAct)
            app.Logs.GetSnapshot().Should().ContainSingle(static log => log.Id.Id == 2101).Which.Message.Should().Contain(user);
    }

    [Fact]
    public async Task S10_TokenOfAnotherUserIsRefused()
    {
        await using var app = await PageApp.StartAsync(map: WithAct("act"));

        (await PostWithTokenOfAsync(app, "oncall-1", "oncall-2")).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await PostWithTokenOfAsync(app, "oncall-1", "oncall-1")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public void TokenExpiresAfterTwelveHoursAndIsOfOneMappingOnly()
    {
        var clock = new FakeTimeProvider(PageApp.Start);
        var (tokens, others, user) = (new FormTokens(clock), new FormTokens(clock), Requests.TestApp.Principal("sub=ada"));
        var token = tokens.Create(user);

        others.IsValid(token, user).Should().BeFalse();
        clock.Advance(TimeSpan.FromHours(12));
        tokens.IsValid(token, user).Should().BeTrue();
        clock.Advance(TimeSpan.FromSeconds(1));
        tokens.IsValid(token, user).Should().BeFalse();
        tokens.Create(user).Should().NotBe(tokens.Create(user));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ForgedTokenIsRefused(string token)
    {
        await using var app = await PageApp.StartAsync(map: WithAct("act"));

        (await PostAsync(app, "oncall", token)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("none", HttpStatusCode.Forbidden)]
    public async Task S10_RequestOfAnotherSiteIsRefusedEvenWithAToken(string site, HttpStatusCode status)
    {
        await using var app = await PageApp.StartAsync(map: WithAct("act"));
        var token = await TokenAsync(app, "oncall");

        (await PostAsync(app, "oncall", token, ("Sec-Fetch-Site", site))).StatusCode.Should().Be(status);
    }

    [Fact]
    public async Task S16_HugeFormIsRefused()
    {
        await using var app = await PageApp.StartAsync(map: WithAct("act"));
        using var content = new FormUrlEncodedContent(Enumerable.Range(0, 5).Select(static i => KeyValuePair.Create("f" + i, new string('x', 250_000))));

        using var response = await app.SendAsync(HttpMethod.Post, "/act", content, (PageApp.User, "oncall"));

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    internal static IEnumerable<string> Links(string html) => Regex.Matches(html, " (?:href|action|data-stream|data-flags)=\"([^\"]*)\"").Select(static match => match.Groups[1].Value).Where(static link => link != "data:,");

    private static Action<WebApplication> WithAct(string? policy) => app =>
    {
        app.MapFeatureDiagnostics("/_features", page => (page.ViewPolicy, page.ActPolicy) = ("view", policy));
        var page = app.Services.GetRequiredService<DiagnosticsMappings>().Pages.Single();
        app.MapGet("/token", (HttpContext http) => page.Acts.TokenFor(http.User));
        app.MapPost("/act", (RequestDelegate)(async http => http.Response.StatusCode = await page.Acts.CheckAsync(http) is { } refusal ? refusal.Status : 200));
    };

    private static async Task<string> TokenAsync(PageApp app, string user) => await (await app.GetAsync("/token", (PageApp.User, user))).Content.ReadAsStringAsync();

    private static async Task<HttpResponseMessage> PostAsync(PageApp app, string user, string token, params (string Name, string Value)[] headers)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create(ActGate.FormField, token)]);
        return await app.SendAsync(HttpMethod.Post, "/act", content, [(PageApp.User, user), .. headers]);
    }

    private static async Task<HttpResponseMessage> PostWithTokenOfAsync(PageApp app, string user, string other) => await PostAsync(app, user, await TokenAsync(app, other));
}
