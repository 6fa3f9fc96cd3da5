using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Requests;
using ProgressiveDelivery.Sdk.AspNetCore.Tests.Selection;
using ProgressiveDelivery.Sdk.Sources;

namespace ProgressiveDelivery.Sdk.AspNetCore.Tests.Ofrep;

/// <summary>The application's own policies, and what lies between it and the caller.</summary>
public sealed class SurroundingsTests
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task AuthorizationIsTheApplications(bool allowsAnonymousEvents)
    {
        await using var app = await OfrepApp.StartAsync(
            pipeline: app => app.MapOfrep(configure: options => options.AllowAnonymousEvents = allowsAnonymousEvents).RequireAuthorization(),
            services: static services =>
            {
                services.AddSingleton<HeaderAuthentication.Counter>();
                services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("Test", null);
                services.AddAuthorization();
            });

        (await app.AskAllAsync()).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await app.AskAsync("checkout")).Status.Should().Be(HttpStatusCode.Unauthorized);
        (await app.AskAsync("no-such-flag")).Status.Should().Be(HttpStatusCode.Unauthorized);
        using var events = await app.App.Http.GetAsync(OfrepApp.Events, HttpCompletionOption.ResponseHeadersRead);
        events.StatusCode.Should().Be(allowsAnonymousEvents ? HttpStatusCode.OK : HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task RateLimitIsTheApplications()
    {
        await using var app = await OfrepApp.StartAsync(
            pipeline: static app => { app.UseRateLimiter(); app.MapOfrep().RequireRateLimiting("ofrep"); },
            services: static services => services.AddRateLimiter(static limits =>
            {
                limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limits.AddFixedWindowLimiter("ofrep", static window => (window.PermitLimit, window.Window, window.QueueLimit) = (1, TimeSpan.FromHours(1), 0));
            }));

        (await app.AskAllAsync()).Status.Should().Be(HttpStatusCode.OK);
        (await app.AskAllAsync()).Status.Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task CorsIsTheApplications()
    {
        await using var app = await OfrepApp.StartAsync(
            pipeline: static app => { app.UseCors(); app.MapOfrep().RequireCors("site"); },
            services: static services => services.AddCors(static cors => cors.AddPolicy("site", static site => site
                .WithOrigins("https://shop.example.com").WithMethods("GET", "POST").WithHeaders("Content-Type", "If-None-Match").WithExposedHeaders("ETag"))));

        using var ask = new HttpRequestMessage(HttpMethod.Options, OfrepApp.All);
        ask.Headers.Add("Origin", "https://shop.example.com");
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        ask.Headers.Add("Access-Control-Request-Headers", "content-type,if-none-match");
        using var preflight = await app.App.Http.SendAsync(ask);
        var own = await app.AskAllAsync(headers: ("Origin", "https://shop.example.com"));
        var foreign = await app.AskAllAsync(headers: ("Origin", "https://evil.example.com"));

        preflight.StatusCode.Should().Be(HttpStatusCode.NoContent);
        preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ToUpperInvariant().Should().Contain("IF-NONE-MATCH");
        own.Headers.GetValues("Access-Control-Expose-Headers").Should().Equal("ETag");
        foreign.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
    }

    [Fact]
    public async Task EventStreamsAddressIsThatWhichTheCallerCanReach()
    {
        await using var app = await OfrepApp.StartAsync(pipeline: static app =>
        {
            app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.All, KnownProxies = { IPAddress.Any } });
            app.UsePathBase("/base path");
            app.UseRouting();
            app.MapOfrep("/api/{tenant}");
        });

        (await AddressAsync("/api/t%201" + OfrepApp.All)).Should().Be("/api/t%201/ofrep/v1/events");
        (await AddressAsync("/base%20path/api/t" + OfrepApp.All)).Should().Be("/base%20path/api/t/ofrep/v1/events");

        async Task<string?> AddressAsync(string path) => (string?)(await app.PostAsync(path, "{}")).Json!["eventStreams"]![0]!["endpoint"]!["requestUri"];
    }

    [Fact]
    public async Task FailureInsideIsAnErrorWithoutAStackTrace()
    {
        await using var app = await OfrepApp.StartAsync(
            services: static services => services.AddSingleton(DispatchProxy.Create<IFeatureClient, FailingClient>()));

        var answer = await app.AskAsync("checkout");

        (answer.Status, (string?)answer.Json!["errorCode"]).Should().Be((HttpStatusCode.InternalServerError, "GENERAL"));
        answer.Text.Should().NotContain("inner secret");
        app.App.Logs.GetSnapshot().Should().ContainSingle(record => record.Id.Id == 2120);
    }

    // On a server with sockets: a request's target is there as it was sent.
    [Theory]
    [InlineData("a%252Fb", "a%2Fb"), InlineData("a%2Fb", "a/b"), InlineData("a/b%2fc", "a/b/c"), InlineData("%25%C3%A9?x=%2F", "%é")]
    public async Task EncodedPercentIsNotTakenForASlash(string path, string key)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddProgressiveDelivery(flags => flags.From(_ => new InMemorySnapshotSource(
            TestApp.Document(1, System.Text.Json.JsonSerializer.Serialize(key) + """: {"type": "boolean", "clientVisible": true, "default": "on"}"""))));
        await using var app = builder.Build();
        app.MapOfrep();
        await app.StartAsync();
        using var http = new HttpClient();

        using var response = await http.PostAsync(new Uri($"{app.Urls.Single()}{OfrepApp.All}/{path}"), content: null);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    // Public, for it is derived from.
    public class FailingClient : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IFeatureClient.BeginScope) ? throw new InvalidOperationException("inner secret") : null;
    }
}
